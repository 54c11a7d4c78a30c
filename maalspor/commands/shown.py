"""Progress and data on the way out: bars on a terminal, plain lines otherwise; data to stdout, the rest to stderr."""

import json
import sys
from collections.abc import Callable
from typing import Any

import click

from crawler.codec import Codec

LINES_EVERY = 25


def progress(label: str) -> Callable[[int, int], None]:
    """A function of (done, of how many) that shows progress on stderr."""
    terminal = sys.stderr.isatty()

    def show(done: int, total: int) -> None:
        if terminal:
            click.echo(f"\r{label} {done}/{total} ", err=True, nl=done == total)
        elif done == total or done % LINES_EVERY == 0:
            click.echo(f"{label} {done}/{total}", err=True)

    return show


def print_json(value: Any) -> None:
    """One JSON value on stdout, Danish letters as themselves."""
    click.echo(json.dumps(Codec().plain(value), ensure_ascii=False, indent=2))
