"""One assignment for all pairs at once: the home of SciPy's solver."""

from collections.abc import Mapping

import numpy as np
from scipy.optimize import linear_sum_assignment  # noqa: TID251 - this is its home


def assign(gains: Mapping[tuple[int, int], float], rows: int, columns: int) -> list[tuple[int, int]]:
    """The pairs, each row and column at most once, whose gains together are largest; only gains over 0 count.

    In order of rows. Source: the Hungarian method as in scipy.optimize.linear_sum_assignment.
    """
    if not gains or not rows or not columns:
        return []
    matrix = np.zeros((rows, columns))
    for (row, column), gain in gains.items():
        matrix[row, column] = max(0.0, gain)
    found = zip(*linear_sum_assignment(matrix, maximize=True), strict=True)
    return [(int(row), int(column)) for row, column in found if matrix[row, column] > 0]
