"""Measures reading: processor time of one child a file, ours beside plain pdfplumber and pdftotext, and memory.

Usage: PYTHONPATH=. python benchmarks/reading/bench.py CORPUS_PDFS REPORTS_PDFS

CORPUS_PDFS is a folder of plans and reports, REPORTS_PDFS one of long reports (looked for in folders below as well).
Files are read in turn by each way, so that other work on the machine meets all of them. It ends with 1 if a limit is missed.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crawler.codec import Codec
from ingest.executor import open_executor
from ingest.read_one import Limits, read_one
from ingest.records import Extraction

LONG, SHORT = 30, 12
"""Pages of a long report at least, and of a short plan at most."""

MEMORY_MB = 400
OURS = [sys.executable, "-m", "ingest.extract"]
THOROUGH = [*OURS, "--thorough"]
PLAIN = [sys.executable, str(Path(__file__).with_name("plain.py"))]
PDFTOTEXT = ["pdftotext", "-bbox-layout", "-", "-"]


@dataclass(frozen=True, slots=True)
class Run:
    """One child: its output, seconds of processor time (its own children's too) and peak memory in megabytes."""

    output: bytes
    seconds: float
    megabytes: float


def run(command: list[str], pdf: bytes) -> Run:
    """Give a child a PDF and wait for its end."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        # Each way reads its whole input before it writes.
        child.stdin.write(pdf)
        child.stdin.close()
        output = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return Run(output, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def environment() -> dict[str, str]:
    """As the reader starts its children: one thread each."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": "."}


def extraction(ran: Run) -> Extraction:
    """What our child answered."""
    return Codec().loads(ran.output.decode(), Extraction)


@dataclass(frozen=True, slots=True)
class Sums:
    """Seconds and counts over a set of files; `start` is what a child of each way costs without a page."""

    files: int
    pages: int
    ours: float
    thorough: float
    plain: float
    pdftotext: float

    def row(self, name: str, start: tuple[float, float], target: float) -> str:
        """A line of the table: seconds, ratios with and without the start of the interpreter and its imports."""
        ratio = self.plain / self.ours
        net = (self.plain - start[1] * self.files) / max(self.ours - start[0] * self.files, 1e-9)
        return (
            f"| {name} | {self.files} | {self.pages} | {self.ours:.2f} | {self.thorough:.2f} | {self.plain:.2f} | "
            f"{self.pdftotext:.2f} | {ratio:.1f} | {net:.1f} | {target:g} |"
        )


def measure(files: Iterable[Path], peaks: list[float], *, thorough: bool) -> Sums:
    """Read each file in every way."""
    totals = [0.0] * 4
    count = pages = 0
    for path in files:
        pdf = path.read_bytes()
        ours = run(OURS, pdf)
        ways = [
            ours,
            run(THOROUGH, pdf) if thorough else Run(b"", 0.0, 0.0),
            run(PLAIN, pdf),
            run(PDFTOTEXT, pdf),
        ]
        totals = [total + way.seconds for total, way in zip(totals, ways, strict=True)]
        peaks.append(ours.megabytes)
        count, pages = count + 1, pages + extraction(ours).document.pages
    return Sums(count, pages, *totals)


def workers(files: list[Path]) -> float:
    """How many times faster two workers are than one, by the clock."""
    bodies = [path.read_bytes() for path in files]
    walls = []
    for number in (1, 2):
        started = time.perf_counter()
        list(open_executor(f"processes:{number}").each(lambda body: read_one(body, Limits()), bodies))
        walls.append(time.perf_counter() - started)
    return walls[0] / walls[1]


def main() -> None:
    """Measure once and print the table."""
    corpus = sorted(Path(sys.argv[1]).rglob("*.pdf"))
    reports = sorted(Path(sys.argv[2]).rglob("*.pdf"))
    long, short = [], []
    for path in corpus:
        found = extraction(run(OURS, path.read_bytes()))
        if found.document.text_layer != "native":
            continue
        if found.kind == "report" and found.document.pages >= LONG:
            long.append(path)
        elif found.kind in ("plan", "amendment") and found.document.pages <= SHORT:
            short.append(path)
    start = min(run(OURS, b"%PDF-").seconds for _ in range(5)), min(run(PLAIN, b"").seconds for _ in range(5))
    peaks: list[float] = []
    load = os.getloadavg()
    print(
        "| files | number | pages | ours, s | thorough, s | plain, s | pdftotext, s | plain/ours | without start | target |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    rows = (("long reports", long, 5.0), ("real reports", reports, 10.0), ("short plans", short, 1.0))
    missed = False
    for name, files, target in rows:
        sums = measure(files, peaks, thorough=files is long)
        print(sums.row(name, start, target), flush=True)
        missed |= sums.plain < target * sums.ours
    print(
        f"\nA child's start: ours {start[0]:.2f} s, plain {start[1]:.2f} s. Load before: {load[0]:.1f}, after: {os.getloadavg()[0]:.1f}."
    )
    speedup = workers([*long, *short])
    print(f"Peak memory of a child: {max(peaks):.0f} MB. Two workers to one: {speedup:.2f}.")
    sys.exit(missed or max(peaks) > MEMORY_MB or speedup < 1.7)


if __name__ == "__main__":
    main()
