"""How reading children are started: a program of its own, or a fork of a process that has imported the reader.

A quarter of a second of each child is Python's start and the imports. `Warm` pays it once a worker: its process reads
nothing itself, it forks a child for each document, and the child sets its limits before it sees the PDF.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import BinaryIO, Protocol, Self

KILLED = -9
"""The exit code of a child whose end nobody could tell: the process that forked it is gone."""


class Child(Protocol):
    """A started child: where it is given its PDF, where it answers and complains."""

    pid: int
    """Of its process group too."""
    stdin: BinaryIO
    stdout: BinaryIO
    stderr: BinaryIO

    def ended(self) -> tuple[int, int]:
        """Wait for its end: exit code, negative for a signal, and the most memory it had in use, in bytes."""


@dataclass(slots=True)
class Program:
    """A child that is a program of its own."""

    pid: int
    stdin: BinaryIO
    stdout: BinaryIO
    stderr: BinaryIO
    process: subprocess.Popen[bytes]

    def ended(self) -> tuple[int, int]:
        """Wait for its end."""
        _, status, usage = os.wait4(self.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        return self.process.returncode, usage.ru_maxrss << 10


def start_program(command: list[str]) -> Program:
    """Start a child in a process group of its own."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=environment(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    return Program(process.pid, process.stdin, process.stdout, process.stderr, process)  # type: ignore[arg-type]


def environment() -> dict[str, str]:
    """What a child knows of its surroundings."""
    known = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "HOME", "TMPDIR")}
    known["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    # Decoders that start threads of their own reserve address space for each.
    return known | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Warm:
    """Processes with the reader imported, as many as children are wanted at once. Use as a context manager."""

    def __init__(self) -> None:
        self._idle: list[_Forker] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        """Nothing is started before the first child is."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes that no child is of; the others end with their child."""
        while (forker := self._take()) is not None:
            forker.close()

    def _take(self) -> "_Forker | None":
        with self._lock:
            return self._idle.pop() if self._idle else None

    def give_back(self, forker: "_Forker") -> None:
        """Keep a process for the next child."""
        with self._lock:
            self._idle.append(forker)

    def start(self, arguments: list[str]) -> Child:
        """Fork a child of `ingest.extract` with these arguments. Raises OSError where none can be."""
        forker = self._take() or _Forker()
        try:
            return forker.fork(arguments, self)
        except (OSError, ValueError):
            forker.close()
            raise


class _Forker:
    """One process that forks one child at a time."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ingest.forked", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
                env=environment(),
            )
        self._told = self._ours.makefile("r", encoding="ascii")

    def fork(self, arguments: list[str], pool: Warm) -> "_Forked":
        pipes = [os.pipe() for _ in range(3)]
        ours, theirs = _sides(pipes)
        try:
            socket.send_fds(self._ours, [json.dumps(arguments).encode()], theirs)
            pid = int(self._told.readline())
        except (OSError, ValueError):
            for end in ours:
                os.close(end)
            raise
        finally:
            for end in theirs:
                os.close(end)
        stdin, stdout, stderr = os.fdopen(ours[0], "wb"), os.fdopen(ours[1], "rb"), os.fdopen(ours[2], "rb")
        return _Forked(pid, stdin, stdout, stderr, self, pool)

    def told(self) -> tuple[int, int] | None:
        """The end of the child; None where this process ended itself."""
        try:
            code, peak = map(int, self._told.readline().split())
        except (OSError, ValueError):
            return None
        return code, peak

    def close(self) -> None:
        self._told.close()
        self._ours.close()
        self._process.wait()


def _sides(pipes: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Our ends and the child's of its standard input, output and error."""
    (read_in, write_in), (read_out, write_out), (read_error, write_error) = pipes
    return [write_in, read_out, read_error], [read_in, write_out, write_error]


@dataclass(slots=True)
class _Forked:
    """A child of a warm process, which is given back when the child has ended."""

    pid: int
    stdin: BinaryIO
    stdout: BinaryIO
    stderr: BinaryIO
    forker: _Forker
    pool: Warm

    def ended(self) -> tuple[int, int]:
        """Wait for its end."""
        told = self.forker.told()
        if told is None:
            self.forker.close()
            return KILLED, 0
        self.pool.give_back(self.forker)
        return told
