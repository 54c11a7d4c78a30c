"""Commands that look at what is there: check, doctor."""

import platform
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from crawler.errors import MaalsporError, StoreError
from maalspor.commands.shown import print_json
from maalspor.settings import Settings, archive_of, sources_of, store_of
from search.opened import open_engine
from search.run import engine_has

LIBRARIES = (
    "maalspor",
    "Scrapy",
    "pdfplumber",
    "pypdfium2",
    "pikepdf",
    "SQLAlchemy",
    "Whoosh-Reloaded",
    "numpy",
    "Flask",
    "waitress",
)


def problems(settings: Settings) -> list[str]:
    """What is wrong between archive, store and index; empty when all is well."""
    archive, store = archive_of(settings), store_of(settings)
    try:
        found = [str(problem) for problem in archive.check()]
        kept = {stored.sha256 for stored in archive.documents() if stored.kind == "pdf"}
        read = set(store.readers())
        found += [
            f"{sha256[:16]} is kept but not in the store: run `maalspor ingest`."
            for sha256 in sorted(kept - read)
        ]
        found += [
            f"{sha256[:16]} is in the store but not kept: run `maalspor ingest`."
            for sha256 in sorted(read - kept)
        ]
        try:
            engine = open_engine(settings.index)
            current, whole = engine.is_current(), engine.is_current() and engine_has(store, engine)
        except MaalsporError as error:
            found.append(str(error))
        else:
            if not current:
                found.append("The index is missing or of another version: run `maalspor index --rebuild`.")
            elif not whole:
                found.append("The index is older than the store: run `maalspor index`.")
        return found
    finally:
        store.close()


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="The problems as JSON.")
@click.pass_obj
def check_command(settings: Settings, *, as_json: bool) -> None:
    """Hash the archive again, and compare store and index with it."""
    found = problems(settings)
    if as_json:
        print_json(found)
    else:
        for problem in found:
            click.echo(problem)
    if found:
        raise StoreError(f"{len(found)} problems found: each line above says what to do.")
    click.echo("Archive, store and index agree.", err=True)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@click.pass_obj
def doctor_command(settings: Settings, *, as_json: bool) -> None:
    """Print versions, settings and how much is there: a block to paste into an issue."""
    lines: dict[str, Any] = {"python": platform.python_version(), "system": platform.platform()}
    lines |= {library: version(library) for library in LIBRARIES}
    lines |= {
        "archive": settings.archive,
        "store": settings.store,
        "index": settings.index,
        "executor": settings.executor,
        "images": settings.images,
        "sources": settings.sources or "packaged",
    }
    sources = sources_of(settings)
    lines["agencies"] = len(sources.registry.agencies)
    archive = archive_of(settings)
    lines["documents"] = sum(1 for _ in archive.documents())
    lines["disk_free_bytes"] = shutil.disk_usage(Path.cwd()).free
    lines["chromium"] = shutil.which("chromium") or "not found (only the browser tests need it)"
    if as_json:
        print_json(lines)
    else:
        for name, value in lines.items():
            click.echo(f"{name:16} {value}")


COMMANDS = (check_command, doctor_command)
