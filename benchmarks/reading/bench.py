"""Measures reading: processor time of one child a file, ours beside plain pdfplumber and pdftotext, and memory.

Usage: PYTHONPATH=. python benchmarks/reading/bench.py CORPUS_PDFS REPORTS_PDFS

CORPUS_PDFS is a folder of plans and reports, REPORTS_PDFS one of long reports (looked for in folders below as well).
Born-digital files alone are measured. Ours forks its children from a warm process, whose start and imports count, as
`maalspor extract` and `ingest` do; `cold` starts each child anew. Each way reads a whole set in turn, twice, and the
least of its times counts: other work on the machine meets all of them. How much faster two workers are is by the clock;
where other work takes the processors, two loops that count tell what there was to be had. It ends with 1 if a target is
missed, or if a record differs from that of a thorough reading.
"""

import dataclasses
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.children import Warm
from ingest.executor import open_executor
from ingest.read_one import Limits, read_one
from ingest.records import Extraction

LONG, SHORT = 30, 12
"""Pages of a long report at least, and of a short plan at most."""

ROUNDS = 2
MEMORY_MB = 400
SPEEDUP = 1.7
COUNT = [sys.executable, "-c", "for number in range(30_000_000): pass"]
COLD = [sys.executable, "-m", "ingest.extract"]
PLAIN = [sys.executable, str(Path(__file__).with_name("plain.py"))]
PDFTOTEXT = ["pdftotext", "-bbox-layout", "-", "-"]


def run(command: list[str], pdf: bytes) -> float:
    """Give a child a PDF and wait for its end; its peak memory in megabytes."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": "."}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        # Each way reads its whole input before it writes.
        child.stdin.write(pdf)
        child.stdin.close()
        child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / 1024


def seconds_of(work: Callable[[], object]) -> float:
    """Processor time of the children that some work starts, and of theirs."""

    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = spent()
    work()
    return spent() - before


def read_warm(pdfs: Sequence[bytes], *, thorough: bool) -> list[Extraction]:
    """Read files one after the other, children forked from one process."""
    with Warm() as warm:
        found = [read_one(pdf, Limits(), thorough=thorough, warm=warm) for pdf in pdfs]
    return [dataclasses.replace(one, pages=()) for one in found]


@dataclass(frozen=True, slots=True)
class Sums:
    """Least seconds of each way over a set of files."""

    pages: int
    same: int
    """Files whose record is that of a thorough reading."""
    ours: float
    cold: float
    thorough: float
    plain: float
    pdftotext: float

    def row(self, name: str, files: int, target: float) -> str:
        """A line of the table."""
        seconds = (self.ours, self.cold, self.thorough, self.plain, self.pdftotext)
        ratios = (self.plain / self.ours, self.plain / self.cold, self.ours / self.pdftotext)
        cells = [f"{value:.2f}" for value in seconds] + [f"{value:.1f}" for value in ratios]
        return f"| {name} | {files} | {self.pages} | {' | '.join(cells)} | {target:g} | {self.same} |"


def measure(pdfs: Sequence[bytes], peaks: list[float]) -> Sums:
    """Read the files in every way."""
    ours, thorough = read_warm(pdfs, thorough=False), read_warm(pdfs, thorough=True)
    same = sum(one == other for one, other in zip(ours, thorough, strict=True))

    def each(command: list[str]) -> list[float]:
        return [run(command, pdf) for pdf in pdfs]

    ways: tuple[Callable[[], object], ...] = (
        lambda: read_warm(pdfs, thorough=False),
        lambda: peaks.extend(each(COLD)),
        lambda: read_warm(pdfs, thorough=True),
        lambda: each(PLAIN),
        lambda: each(PDFTOTEXT),
    )
    rounds = [[seconds_of(way) for way in ways] for _ in range(ROUNDS)]
    least = [min(times) for times in zip(*rounds, strict=True)]
    return Sums(sum(one.document.pages or 0 for one in ours), same, *least)


def workers(pdfs: Sequence[bytes]) -> tuple[float, float]:
    """How many times faster two workers are than one by the clock, and two loops that do nothing but count."""

    def read(number: int) -> None:
        with Warm() as warm:
            pool = open_executor(f"processes:{number}")
            list(pool.each(lambda pdf: read_one(pdf, Limits(), warm=warm), pdfs))

    def count(at_once: int) -> None:
        for _ in range(2 // at_once):
            loops = [subprocess.Popen(COUNT) for _ in range(at_once)]
            for loop in loops:
                loop.wait()

    walls: dict[tuple[Callable[[int], None], int], float] = {}
    for _ in range(ROUNDS):
        for way in ((read, 1), (read, 2), (count, 1), (count, 2)):
            started = time.perf_counter()
            way[0](way[1])
            walls[way] = min(walls.get(way, float("inf")), time.perf_counter() - started)
    return walls[read, 1] / walls[read, 2], walls[count, 1] / walls[count, 2]


def sets(corpus: Path, reports: Path) -> tuple[list[bytes], list[bytes], list[bytes]]:
    """The born-digital files of each set: long reports, real reports, short plans."""
    long, short, real = [], [], []
    with Warm() as warm:
        for folder, target in ((corpus, None), (reports, real)):
            for path in sorted(folder.rglob("*.pdf")):
                pdf = path.read_bytes()
                found = read_one(pdf, Limits(), warm=warm)
                pages = found.document.pages or 0
                if found.document.text_layer != "native":
                    continue
                if target is not None:
                    target.append(pdf)
                elif found.kind == "report" and pages >= LONG:
                    long.append(pdf)
                elif found.kind in ("plan", "amendment") and pages <= SHORT:
                    short.append(pdf)
    return long, real, short


def main() -> None:
    """Measure once and print the table."""
    load = os.getloadavg()
    long, real, short = sets(Path(sys.argv[1]), Path(sys.argv[2]))
    peaks: list[float] = []
    print(
        "| files | number | pages | ours, s | cold, s | thorough, s | plain, s | pdftotext, s | plain/ours | plain/cold "
        "| ours/pdftotext | target | same records |"
    )
    print(f"|{' --- |' * 13}")
    missed = False
    for name, pdfs, target in (
        ("long reports", long, 5.0),
        ("real reports", real, 10.0),
        ("short plans", short, 1.0),
    ):
        sums = measure(pdfs, peaks)
        print(sums.row(name, len(pdfs), target), flush=True)
        missed |= sums.plain < target * sums.ours or sums.same < len(pdfs)
    speedup, had = workers([*long, *short])
    print(f"\nPeak memory of a child: {max(peaks):.0f} MB.")
    print(
        f"Two workers to one: {speedup:.2f}, where two loops that count were {had:.2f} times as fast as one."
    )
    print(f"Load before: {load[0]:.1f}, after: {os.getloadavg()[0]:.1f}.")
    sys.exit(missed or max(peaks) > MEMORY_MB or speedup < SPEEDUP * had / 2)


if __name__ == "__main__":
    main()
