"""Commands over what was read: index, search, show, export."""

import csv
import sys
from collections.abc import Iterator
from typing import Any

import click

from crawler.codec import Codec, spreadsheet_safe
from crawler.errors import MissingDocument, NothingFound, StaleIndex
from ingest.derived import EVENT_KEYS, LINK_KEYS
from ingest.places import goal_ids, result_ids
from ingest.records import Extraction
from ingest.store import Store
from maalspor.commands.shown import print_json
from maalspor.settings import Settings, store_of
from search.opened import open_engine
from search.query import parse
from search.run import find, found_json, index
from search.spelling import did_you_mean

MAX_LIMIT = 1000


def index_all(settings: Settings, *, rebuild: bool) -> int:
    """Bring the index up to the store, or build it anew; how many entries were written."""
    store = store_of(settings)
    try:
        return index(store, open_engine(settings.index), rebuild=rebuild)
    finally:
        store.close()


@click.command("index")
@click.option("--rebuild", is_flag=True, help="Build all of it anew, beside the old one.")
@click.pass_obj
def index_command(settings: Settings, *, rebuild: bool) -> None:
    """Bring the search index up to the store."""
    count = index_all(settings, rebuild=rebuild)
    click.echo(f"{count} entries written.", err=True)


@click.command("search")
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(1, MAX_LIMIT), default=20, show_default=True, help="Hits at most."
)
@click.option("--json", "as_json", is_flag=True, help="Hits and facets as JSON.")
@click.pass_obj
def search_command(settings: Settings, query: tuple[str, ...], limit: int, *, as_json: bool) -> None:
    """Search what was read: words, "phrases", -not, field:value."""
    text = " ".join(query)
    store = store_of(settings)
    try:
        engine = open_engine(settings.index)
        if not engine.is_current():
            raise StaleIndex("The index is missing or of another version: run `maalspor index --rebuild`.")
        asked = parse(text)
        found = find(asked, engine, store, limit=limit)
        meant = None if found.total else did_you_mean(asked, engine, store)
    finally:
        store.close()
    if as_json:
        print_json(found_json(found, Codec()))
    else:
        for hit in found.hits:
            click.echo(f"{hit.id}\t{hit.agency or '-'}\t{hit.year or '-'}\t{hit.kind}\t{hit.title}")
        click.echo(f"{found.total} in all", err=True)
    if meant:
        raise NothingFound(f"Nothing found for {text!r}: did you mean {meant!r}?")
    if not found.total:
        raise NothingFound(
            f"Nothing found for {text!r}: try fewer words, or see what is there with `maalspor export goals`."
        )


@click.command("show")
@click.argument("id")
@click.pass_obj
def show_command(settings: Settings, id: str) -> None:
    """Print one goal, result, document or agency by its id as JSON."""
    store = store_of(settings)
    try:
        record: Any = None
        if "/" in id:
            record = store.goal(id) or store.result(id)
        elif all(letter in "0123456789abcdef" for letter in id) and len(id) in (16, 64):
            record = store.extraction(id)
        else:
            record = next((agency for agency in store.registry().agencies if agency.id == id), None)
        if record is None:
            raise MissingDocument(f"Nothing here has the id {id!r}: find one with `maalspor search`.")
        print_json(record)
    finally:
        store.close()


def goal_lines(extraction: Extraction, codec: Codec) -> Iterator[dict[str, Any]]:
    """One line a goal: where it stands, then its fields."""
    for id, goal in zip(goal_ids(extraction), extraction.goals, strict=True):
        yield {"id": id, **_where(extraction, codec), **codec.plain(goal)}


def result_lines(extraction: Extraction, codec: Codec) -> Iterator[dict[str, Any]]:
    """One line a result: where it stands, then its fields."""
    for id, result in zip(result_ids(extraction), extraction.results, strict=True):
        yield {"id": id, **_where(extraction, codec), **codec.plain(result)}


def plan_lines(extraction: Extraction, codec: Codec) -> Iterator[dict[str, Any]]:
    """One line a plan or amendment: the whole object of the record contract."""
    if extraction.kind in ("plan", "amendment"):
        data = codec.plain(extraction)
        del data["pages"]
        yield data


def _where(extraction: Extraction, codec: Codec) -> dict[str, Any]:
    return {
        "sha256": extraction.document.sha256,
        "document_title": extraction.title,
        "agencies": [party.agency or party.name_printed for party in extraction.agencies],
        "period": codec.plain(extraction.period),
    }


LINES = {"goals": goal_lines, "results": result_lines, "plans": plan_lines}
INFERRED = ("links", "events", "silence")
"""What is inferred from many records, one line each as docs/records.md has it."""


def export_lines(store: Store, what: str) -> Iterator[dict[str, Any]]:
    """Every line of an export, by document (SHA-256) and reading order: the same store, the same bytes."""
    codec = Codec()
    if what in INFERRED:
        yield from inferred_lines(store, what, codec)
        return
    for extraction in store.extractions():
        yield from LINES[what](extraction, codec)


def inferred_lines(store: Store, what: str, codec: Codec) -> Iterator[dict[str, Any]]:
    """Links and events by family and place, the ledger by agency, year and kind; every key in every line."""
    if what == "silence":
        yield from (codec.plain(row) for row in store.derived.silence())
        return
    lines, keys = (
        (store.derived.links(), LINK_KEYS) if what == "links" else (store.derived.events(), EVENT_KEYS)
    )
    yield from ({key: line.get(key) for key in keys} for line in lines)


@click.command("export")
@click.argument("what", type=click.Choice((*LINES, *INFERRED)))
@click.option("--format", "form", type=click.Choice(("jsonl", "csv")), default="jsonl", show_default=True)
@click.pass_obj
def export_command(settings: Settings, what: str, form: str) -> None:
    """Print every goal, result or plan, or what is inferred from them: links, events, the silence ledger."""
    store = store_of(settings)
    codec = Codec()
    writer: Any = None
    try:
        for line in export_lines(store, what):
            if form == "jsonl":
                click.echo(codec.dumps(line))
                continue
            if writer is None:
                writer = csv.DictWriter(sys.stdout, fieldnames=list(line), lineterminator="\n")
                writer.writeheader()
            writer.writerow({key: cell(value, codec) for key, value in line.items()})
    finally:
        store.close()


def cell(value: Any, codec: Codec) -> str:
    """A CSV cell: text as it is, anything deeper as JSON, absent as nothing."""
    if value is None or value == []:
        return ""
    return spreadsheet_safe(value if isinstance(value, str) else codec.dumps(value))


COMMANDS = (index_command, search_command, show_command, export_command)
