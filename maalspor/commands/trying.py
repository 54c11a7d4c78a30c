"""Commands that show what the reader does: read (single lines), stages (one page), compare-readings (two outputs)."""

import json
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from crawler.codec import Codec
from crawler.errors import NotReadError, UsageError
from ingest.danish.vocabulary import load_vocabulary
from ingest.printed_lines import PrintedLine, Reading, read_line
from ingest.read_one import Limits, read_stages


def _asked(given: BinaryIO, codec: Codec, *, as_json: bool) -> Iterator[PrintedLine]:
    """The lines to be read, blank ones passed by. Raises UsageError naming the first bad line."""
    for number, raw in enumerate(given, start=1):
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError as error:
            raise UsageError(f"Line {number} is not UTF-8: save the lines in that encoding.") from error
        if not text:
            continue
        if not as_json:
            yield PrintedLine(id=number, text=text)
            continue
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"Line {number} is no JSON: give one object a line.") from error
        if not isinstance(data, dict):
            raise UsageError(
                f"Line {number} is no JSON object: give id, text and, where known, context_year."
            )
        try:
            yield codec.build(data, PrintedLine)
        except ValueError as error:
            raise UsageError(f"Line {number} is not understood: {error}.") from error


@click.command("read")
@click.option(
    "--as", "reading", required=True, type=click.Choice(typing.get_args(Reading)), help="What the lines hold."
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="The lines are objects of id, text and context_year, not plain text.",
)
@click.argument("file", type=click.File("rb"), default="-")
def read_command(*, reading: Reading, as_json: bool, file: BinaryIO) -> None:
    """Read single lines as in documents, and answer one JSON object a line; FILE is `-` for standard input.

    \b
    Try:
      echo 'Mindst 95 pct. af sagerne afgøres inden 30 dage.' | maalspor read --as targets -
    """  # noqa: D301 - \b is click's mark for lines kept as they are
    codec, vocabulary = Codec(), load_vocabulary()
    for line in _asked(file, codec, as_json=as_json):
        click.echo(codec.dumps(read_line(line, reading, vocabulary)))


@click.command("stages")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--page", type=click.IntRange(min=1), required=True, help="Which page, counted from 1.")
@click.option(
    "--draw", type=click.Path(path_type=Path, dir_okay=False), help="A PNG to make of the page, with boxes."
)
@click.option("--thorough", is_flag=True, help="Read every page with pdfplumber, however unlikely.")
def stages_command(*, file: Path, page: int, draw: Path | None, thorough: bool) -> None:
    """Print every stage of reading one page of a PDF, to see why it was read as it was."""
    if draw is not None and not draw.absolute().parent.is_dir():
        raise UsageError(f"{draw.absolute().parent} is no folder: make it first.")
    told = read_stages(file.read_bytes(), page, Limits(), draw=draw, thorough=thorough)
    if told.state != "read":
        raise NotReadError(f"{file.name} is not read: {told.state}: {told.message}")
    if told.pages is not None and page > told.pages:
        raise UsageError(f"{file.name} has {told.pages} pages: there is no page {page}.")
    click.echo(told.text, nl=False)


COMMANDS = (read_command, stages_command)
