"""Commands that read documents: ingest, extract, add's other half."""

import dataclasses
from pathlib import Path

import click

from crawler.codec import Codec
from crawler.errors import NotReadError, UsageError
from ingest.children import Warm
from ingest.images import PageImages
from ingest.read_one import Limits, read_one
from ingest.records import Extraction
from ingest.run import IngestReport, ingest, settled
from maalspor.commands.shown import print_json, progress
from maalspor.settings import Settings, archive_of, executor_of, images_of, sources_of, store_of


def ingest_all(settings: Settings, *, again: bool, thorough: bool = False) -> IngestReport:
    """Read what the archive holds into the store of the settings."""
    archive, store = archive_of(settings), store_of(settings)
    try:
        images: PageImages = images_of(settings, archive)
        return ingest(
            archive,
            store,
            images,
            executor_of(settings),
            registry=sources_of(settings).registry,
            again=again,
            thorough=thorough,
            progress=progress("reading"),
        )
    finally:
        store.close()


def say(report: IngestReport) -> None:
    """Tell on stderr what a run of ingest did, naming each document that could not be read."""
    states = ", ".join(f"{count} {state}" for state, count in report.states.items()) or "nothing new"
    click.echo(
        f"{report.documents} documents in the archive: {states}; {report.unchanged} unchanged.", err=True
    )
    for sha256, state, message in report.not_read:
        click.echo(f"  {sha256[:16]} {state}: {message}", err=True)


@click.command("ingest")
@click.option("--again", is_flag=True, help="Read every document again, not only the new ones.")
@click.option("--thorough", is_flag=True, help="Read every page with pdfplumber, however unlikely.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON on stdout.")
@click.pass_obj
def ingest_command(settings: Settings, *, again: bool, thorough: bool, as_json: bool) -> None:
    """Read what the archive holds into the store; ends with 5 when a document is not read."""
    report = ingest_all(settings, again=again, thorough=thorough)
    say(report)
    if as_json:
        print_json(report)
    if report.not_read:
        raise NotReadError(
            f"{len(report.not_read)} documents could not be read; they are kept, and listed under /findings."
        )


@click.command("extract")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--thorough", is_flag=True, help="Read every page with pdfplumber, however unlikely.")
@click.pass_obj
def extract_command(settings: Settings, files: tuple[Path, ...], *, thorough: bool) -> None:
    """Read PDFs and print one record a line; needs no store. Ends with 5 when one is not read."""
    for path in files:
        if not path.is_file():
            raise UsageError(f"{path} is not a file: give the path of a PDF.")
    registry = sources_of(settings).registry
    codec = Codec()
    not_read = []

    warm = Warm()
    order = list(dict.fromkeys(files))

    def read(path: Path) -> Extraction:
        # A process to fork from pays from the second document on.
        forks = warm if len(files) > 1 else None
        return settled(read_one(path.read_bytes(), Limits(), thorough=thorough, warm=forks), registry)

    waiting: dict[Path, Extraction] = {}
    with warm:
        for path, extraction in executor_of(settings).each(read, list(order)):
            waiting[path] = extraction
            while order and order[0] in waiting:
                first = waiting.pop(order.pop(0))
                data = codec.plain(dataclasses.replace(first, pages=()))
                del data["pages"]
                click.echo(codec.dumps(data))
            if extraction.document.state != "read":
                not_read.append(f"{path.name}: {extraction.document.state}")
    if not_read:
        raise NotReadError(f"Not read: {'; '.join(not_read)}.")


COMMANDS = (ingest_command, extract_command)
