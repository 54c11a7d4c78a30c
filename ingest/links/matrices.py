"""All pairs at once, as matrices: likenesses, and the one assignment that is best in all. The home of SciPy."""

from collections.abc import Mapping, Sequence

import numpy as np


def cosines(vectors: Sequence[Mapping[str, float]]) -> list[list[float]]:
    """The cosine of each vector of length one with each, a row a vector.

    An empty vector is like none. Rounded, so that the order in which a machine adds up does not show.
    """
    # SciPy takes longer to load than all the rest of the front door; most commands link nothing.
    from scipy.sparse import csr_array  # noqa: PLC0415, TID251 - this is its home

    names = {name: column for column, name in enumerate(sorted({name for one in vectors for name in one}))}
    rows = [row for row, one in enumerate(vectors) for _ in one]
    columns = [names[name] for one in vectors for name in one]
    values = [value for one in vectors for value in one.values()]
    matrix = csr_array((values, (rows, columns)), shape=(len(vectors), max(1, len(names))))
    found: list[list[float]] = np.clip(np.round((matrix @ matrix.T).toarray(), 9), 0.0, 1.0).tolist()
    return found


def assign(gains: Mapping[tuple[int, int], float], rows: int, columns: int) -> list[tuple[int, int]]:
    """The pairs, each row and column at most once, whose gains together are largest; only gains over 0 count.

    In order of rows. Source: the Hungarian method as in scipy.optimize.linear_sum_assignment.
    """
    if not gains or not rows or not columns:
        return []
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415, TID251 - see above

    matrix = np.zeros((rows, columns))
    for (row, column), gain in gains.items():
        matrix[row, column] = max(0.0, gain)
    found = zip(*linear_sum_assignment(matrix, maximize=True), strict=True)
    return [(int(row), int(column)) for row, column in found if matrix[row, column] > 0]
