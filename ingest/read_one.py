"""Reads one document in a child process with limits, and turns every way it can die into an Extraction.

Never raises for what a document does. The child is `python -m ingest.extract`: PDF in, one JSON out.
"""

import contextlib
import hashlib
import os
import resource
import selectors
import signal
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from crawler.codec import Codec
from crawler.records import Sha256
from ingest.children import Child, Warm, start_program
from ingest.records import Extraction, Finding, State, unread

Answer = TypeVar("Answer")

OUTPUT_BYTES = 256 << 20
"""More than this from one child is rubbish: the largest honest extraction seen is under 5 MB."""

NEARLY_ALL = 0.9
"""Share of the memory limit in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child may use. `silence_seconds` without a line on stderr, or `total_seconds` in all, end it."""

    memory_bytes: int = 1 << 30
    silence_seconds: float = 60.0
    total_seconds: float = 900.0
    max_pages: int = 2000
    max_text_bytes: int = 20 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Draw pages as WebP into a folder: those that carry a quote, or the given ones."""

    folder: Path
    pages: tuple[int, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStages:
    """Every stage of reading one page, as text for a person; how many pages there are (None: it would not open)."""

    sha256: Sha256
    state: State
    message: str
    """Why it was not read; empty where it was."""
    pages: int | None
    text: str


@dataclass(frozen=True, slots=True)
class _Ended:
    output: bytes
    complaint: str
    code: int | None
    """Exit code, negative for a signal; None where we killed it."""
    peak_bytes: int
    """The most memory it had in use (resident)."""


def _bounded(module: str, limits: Limits) -> list[str]:
    command = [sys.executable, "-m", module]
    command += ["--memory-bytes", str(limits.memory_bytes), "--max-pages", str(limits.max_pages)]
    return [*command, "--max-text-bytes", str(limits.max_text_bytes)]


def _command(limits: Limits, drawing: Drawing | None, *, thorough: bool) -> list[str]:
    command = _bounded("ingest.extract", limits)
    if drawing is not None:
        pages = "quoted" if drawing.pages is None else ",".join(str(page) for page in drawing.pages)
        command += ["--draw", str(drawing.folder), "--draw-pages", pages]
    if thorough:
        command.append("--thorough")
    return command


def _feed(child: Child, pdf: bytes) -> None:
    # A child that dies early closes the pipe; that is told by its exit code.
    with contextlib.suppress(BrokenPipeError, OSError), child.stdin:
        child.stdin.write(pdf)


def _kill(child: Child) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _mind(child: Child, limits: Limits) -> _Ended:
    """Collect output until the child ends, is silent for too long, or says too much."""
    output, complaint = bytearray(), bytearray()
    start = sign = time.monotonic()
    killed = False
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ, output)
        selector.register(child.stderr, selectors.EVENT_READ, complaint)
        while selector.get_map():
            for key, _ in selector.select(timeout=0.25):
                data = os.read(key.fd, 1 << 16)
                if not data:
                    selector.unregister(key.fileobj)
                key.data.extend(data)
                sign = time.monotonic()
                del complaint[:-20_000]
            now = time.monotonic()
            late = now - sign > limits.silence_seconds or now - start > limits.total_seconds
            if late or len(output) > OUTPUT_BYTES:
                _kill(child)
                killed = True
                break
    code, peak = child.ended()
    return _Ended(bytes(output), complaint.decode("utf-8", "replace"), None if killed else code, peak)


def _ran_out(ended: _Ended, limits: Limits) -> bool:
    """Whether the child ended because it came to its memory limit.

    PDFium does not say so: it aborts where an allocation fails. An abort with nearly all of the limit in use is
    taken for that (three of the synthetic bombs, each with 98 per cent); one huge allocation that fails is not seen.
    """
    said = ended.complaint.lower()
    if "memoryerror" in said or "bad_alloc" in said or "out of memory" in said:
        return True
    aborted = ended.code is not None and -ended.code in (signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV)
    # Linux counts what we had in use when we started it as the child's: only more than that tells anything.
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    return aborted and ended.peak_bytes > max(NEARLY_ALL * limits.memory_bytes, ours)


def _run(command: list[str], pdf: bytes, limits: Limits, warm: Warm | None) -> _Ended:
    child: Child
    try:
        child = warm.start(command[3:]) if warm is not None else start_program(command)
    except (OSError, ValueError):
        # No warm process could be had: the child is started cold.
        child = start_program(command)
    feeder = threading.Thread(target=_feed, args=(child, pdf), daemon=True)
    feeder.start()
    try:
        return _mind(child, limits)
    finally:
        _kill(child)
        feeder.join()
        for pipe in (child.stdout, child.stderr):
            pipe.close()


def _answer(
    command: list[str], pdf: bytes, limits: Limits, kind: type[Answer], warm: Warm | None = None
) -> Answer | tuple[State, str]:
    """What the child answers about this document, or how it died and what happened."""
    if not pdf:
        return "empty", "The file holds no bytes."
    ended = _run(command, pdf, limits, warm)
    if ended.code is None:
        return "timeout", "Reading gave no sign of progress in time and was stopped."
    if ended.code == 0:
        try:
            return Codec().loads(ended.output.decode("utf-8"), kind)
        except ValueError as error:
            return "crashed", f"The reader's answer could not be understood: {error}"[:300]
    if _ran_out(ended, limits):
        return "memory", f"Reading needs more than {limits.memory_bytes >> 20} MB."
    last = (ended.complaint.strip().splitlines() or [""])[-1][:200]
    return "crashed", f"The reading process ended with code {ended.code}: {last}"


def read_one(
    pdf: bytes,
    limits: Limits,
    *,
    drawing: Drawing | None = None,
    thorough: bool = False,
    warm: Warm | None = None,
) -> Extraction:
    """Read one document; how it ended is its `state`, with one finding that names what happened.

    Of many documents each starts sooner with a `warm` process to fork its child.
    """
    sha256 = Sha256(hashlib.sha256(pdf).hexdigest())
    found = _answer(_command(limits, drawing, thorough=thorough), pdf, limits, Extraction, warm)
    if isinstance(found, Extraction) and found.document.sha256 != sha256:
        found = "crashed", "The reader answered about another document."
    if isinstance(found, Extraction):
        return found
    state, message = found
    code = "reader_crashed" if state == "crashed" else state
    return unread(sha256, len(pdf), state, Finding(code=code, level="error", message=message, page=None))


def read_stages(
    pdf: bytes, page: int, limits: Limits, *, draw: Path | None = None, thorough: bool = False
) -> PageStages:
    """Read one document and tell every stage of one page, counted from 1; `draw` is a PNG to be made of it.

    The child is `python -m ingest.stages`. Never raises for what a document does.
    """
    command = [*_bounded("ingest.stages", limits), "--page", str(page)]
    command += ["--draw", str(draw.absolute())] if draw is not None else []
    command += ["--thorough"] if thorough else []
    found = _answer(command, pdf, limits, PageStages)
    if isinstance(found, PageStages):
        return found
    state, message = found
    sha256 = Sha256(hashlib.sha256(pdf).hexdigest())
    return PageStages(sha256=sha256, state=state, message=message, pages=None, text="")
