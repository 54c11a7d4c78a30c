"""SEAM executor: how many documents are read at once. The work itself always runs in a child of its own.

So every executor fails alike: a hostile document costs only itself, and a pool cannot break.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Protocol, TypeVar

from crawler.errors import SettingsError

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Executor(Protocol):
    """Reads documents; only the order in which answers come differs."""

    def each(
        self, read: Callable[[Item], Answer], documents: Iterable[Item]
    ) -> Iterator[tuple[Item, Answer]]:
        """Yield every item exactly once with its result, as results come."""


class SerialExecutor:
    """One after another, in order."""

    def each(
        self, read: Callable[[Item], Answer], documents: Iterable[Item]
    ) -> Iterator[tuple[Item, Answer]]:
        """Yield every item with its result, in the order given."""
        for item in documents:
            yield item, read(item)


class ProcessesExecutor:
    """`workers` threads, each minding one child process at a time."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def each(
        self, read: Callable[[Item], Answer], documents: Iterable[Item]
    ) -> Iterator[tuple[Item, Answer]]:
        """Yield every item with its result, as they are done; at most twice `workers` are taken ahead."""
        items = iter(documents)
        waiting: dict[Future[Answer], Item] = {}
        with ThreadPoolExecutor(self._workers) as pool:
            while True:
                while len(waiting) < 2 * self._workers:
                    item = next(items, None)
                    if item is None:
                        break
                    waiting[pool.submit(read, item)] = item
                if not waiting:
                    return
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield waiting.pop(future), future.result()


def open_executor(url: str) -> Executor:
    """`serial:` or `processes:N`. Raises SettingsError for anything else, naming what is there."""
    scheme, _, rest = url.partition(":")
    if scheme == "serial" and not rest:
        return SerialExecutor()
    if scheme == "processes" and rest.isdigit() and 1 <= int(rest) <= 64:
        return ProcessesExecutor(int(rest))
    raise SettingsError(
        f"executor = {url!r} is not available; what is there: serial:, processes:N (1 to 64)."
    )
