"""Commands that show what the reader does: read (single lines), stages (one page), compare-readings (two outputs)."""

import json
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click

from crawler.codec import Codec
from crawler.errors import NotReadError, ReadingsDiffer, UsageError
from ingest.danish.vocabulary import load_vocabulary
from ingest.printed_lines import PrintedLine, Reading, read_line
from ingest.read_one import Limits, read_stages
from ingest.reading_changes import ReadingChanges, compare_readings
from maalspor.commands.shown import print_json

LONGEST_VALUE = 160
"""Letters of a value that are shown; `--json` has the whole."""


def _lines(given: BinaryIO, name: str = "") -> Iterator[tuple[int, str, str]]:
    """Lines with their numbers and what to call them, blank ones passed by.

    Raises UsageError naming the first that is not UTF-8.
    """
    for number, raw in enumerate(given, start=1):
        place = f"{name}, line {number}" if name else f"Line {number}"
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError as error:
            raise UsageError(f"{place} is not UTF-8: save the lines in that encoding.") from error
        if text:
            yield number, place, text


def _object(place: str, text: str, expected: str) -> dict[str, Any]:
    """The JSON object of a line. Raises UsageError naming the line."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place} is no JSON: give {expected}.") from error
    if not isinstance(data, dict):
        raise UsageError(f"{place} is no JSON object: give {expected}.")
    return data


def _asked(given: BinaryIO, codec: Codec, *, as_json: bool) -> Iterator[PrintedLine]:
    """The lines to be read. Raises UsageError naming the first bad one."""
    for number, place, text in _lines(given):
        if not as_json:
            yield PrintedLine(id=number, text=text)
            continue
        data = _object(place, text, "an object a line with id, text and, where known, context_year")
        try:
            yield codec.build(data, PrintedLine)
        except ValueError as error:
            raise UsageError(f"{place} is not understood: {error}.") from error


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


def _reading(given: BinaryIO) -> dict[str, dict[str, Any]]:
    """An output of `extract` by SHA-256. Raises UsageError naming file and line."""
    found: dict[str, dict[str, Any]] = {}
    expected = "what `maalspor extract` prints, one object a line"
    for _, place, text in _lines(given, given.name):
        data = _object(place, text, expected)
        document = data.get("document")
        sha256 = document.get("sha256") if isinstance(document, dict) else None
        if not isinstance(sha256, str):
            raise UsageError(f"{place} has no document with a sha256: give {expected}.")
        if found.setdefault(sha256, data) != data:
            raise UsageError(
                f"{place} reads {sha256[:16]} otherwise than a line before it: give one run's output."
            )
    return found


def _short(value: Any) -> str:
    said = json.dumps(value, ensure_ascii=False)
    return said if len(said) <= LONGEST_VALUE else f"{said[:LONGEST_VALUE]}…"


def _say(found: ReadingChanges, titles: dict[str, Any]) -> None:
    """Tell what changed, document by document, and at the end how often each field did."""
    document = None
    for change in found.changes:
        if change.document != document:
            document = change.document
            click.echo(f"{document[:16]} {titles[document] or ''}".rstrip())
        place = f"{change.place}: " if change.place else ""
        click.echo(f"  {change.kind} {place}{change.field}: {_short(change.before)} → {_short(change.after)}")
    for sha256 in found.only_before:
        click.echo(f"{sha256[:16]} only in the first")
    for sha256 in found.only_after:
        click.echo(f"{sha256[:16]} only in the second")
    counted = found.fields()
    if counted:
        width = max(map(len, counted))
        click.echo(f"\n{'field':{width}}  added  removed  changed")
        for field, kinds in counted.items():
            click.echo(f"{field:{width}}  {kinds['added']:5}  {kinds['removed']:7}  {kinds['changed']:7}")


@click.command("compare-readings")
@click.argument("before", metavar="A", type=click.File("rb"))
@click.argument("after", metavar="B", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="The changes and counts as JSON.")
def compare_readings_command(*, before: BinaryIO, after: BinaryIO, as_json: bool) -> None:
    """Tell what changed between two outputs of `extract`, field by field; ends with 10 when they differ."""
    first, second = _reading(before), _reading(after)
    found = compare_readings(first, second)
    if as_json:
        print_json({**Codec().plain(found), "fields": found.fields()})
    else:
        _say(found, {sha256: data.get("title") for sha256, data in first.items()})
    if not found.equal:
        alone = len(found.only_before) + len(found.only_after)
        raise ReadingsDiffer(
            f"{found.differing} of {found.compared} documents are read otherwise, {alone} are in one output alone."
        )
    click.echo(f"{found.compared} documents are read alike.", err=True)


COMMANDS = (read_command, stages_command, compare_readings_command)
