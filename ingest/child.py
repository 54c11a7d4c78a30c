"""What the reading children have in common: limits before the first PDF library, and a clean standard output."""

import argparse
import gc
import os
import resource
import sys
from typing import BinaryIO

COLLECT_AFTER = 20_000
"""New objects: Python's own 700 has a short-lived child look for rubbish hundreds of times, and find next to none."""


def limited(program: str) -> argparse.ArgumentParser:
    """A parser with the limits and wishes that whoever starts a child may have."""
    parser = argparse.ArgumentParser(prog=program)
    parser.add_argument("--memory-bytes", type=int, default=1 << 30)
    parser.add_argument("--max-pages", type=int, default=2000)
    parser.add_argument("--max-text-bytes", type=int, default=20 << 20)
    parser.add_argument("--thorough", action="store_true")
    return parser


def begin(memory_bytes: int) -> tuple[bytes, BinaryIO]:
    """Set the limits; give standard input whole, and where the answer goes.

    Libraries that print to stdout would spoil the answer: what they say goes to stderr from here on.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(COLLECT_AFTER, 20, 50)
    body = sys.stdin.buffer.read()
    answer = os.dup(1)
    os.dup2(2, 1)
    return body, os.fdopen(answer, "wb")


def end() -> None:
    """End at once: taking a whole reader down object by object costs as much as reading a page."""
    sys.stderr.flush()
    os._exit(0)
