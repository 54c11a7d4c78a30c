"""Commands that fill the archive: crawl, add, sources check."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import click

from crawler.added import add_files
from crawler.agencies import Sources, read_sources
from crawler.errors import CrawlError, UsageError
from crawler.records import Source
from crawler.run import CrawlReport, crawl
from maalspor.commands.shown import print_json, progress
from maalspor.demo.server import serve_demo
from maalspor.settings import Settings, archive_of, packaged_sources, sources_of

DEMO = "demo"
DEMO_HOST = "demo.example"


def chosen(sources: Sources, names: tuple[str, ...]) -> list[Source]:
    """The sources of these names, in their order. Raises UsageError naming what is there."""
    known = {source.id: source for source in sources.sources}
    missing = [name for name in names if name not in known]
    if missing:
        raise UsageError(
            f"No source is called {', '.join(missing)}; there are: {', '.join(sorted(known)) or 'none'}."
        )
    return [known[name] for name in dict.fromkeys(names)]


@contextlib.contextmanager
def answering(names: tuple[str, ...], *, later: bool) -> Iterator[dict[str, str]]:
    """The names that are answered from a loopback port: the demo's, while its site is served."""
    if DEMO not in names:
        yield {}
        return
    with serve_demo(later=later) as port:
        yield {DEMO_HOST: f"127.0.0.1:{port}"}


def crawl_all(settings: Settings, names: tuple[str, ...], *, later: bool) -> CrawlReport:
    """Crawl the named sources into the archive of the settings."""
    if later and names != (DEMO,):
        raise UsageError(
            "--later lays the demo's second visit over its site: it goes with the source demo alone."
        )
    sources = sources_of(settings)
    wanted = chosen(sources, names)
    with answering(names, later=later) as resolve:
        return crawl(
            archive_of(settings),
            wanted,
            resolve=resolve,
            registry=sources.registry,
            progress=progress("asked"),
        )


def say(report: CrawlReport) -> None:
    """Tell on stderr what was found, and name every problem with the page it stood on."""
    for source in report.sources:
        click.echo(
            f"{source.source}: {source.requests} requests, {source.documents} documents, {source.new} new, "
            f"{source.unchanged} unchanged, {source.removed} removed, {source.new_versions} new versions.",
            err=True,
        )
        for problem in source.problems:
            click.echo(
                f"  {problem.problem}: {problem.url} (linked from {problem.found_on or '-'})", err=True
            )
        if source.warning:
            click.echo(source.warning, err=True)


@click.command("crawl")
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--later", is_flag=True, help="The demo's second visit: its site some years later.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON on stdout.")
@click.pass_obj
def crawl_command(settings: Settings, names: tuple[str, ...], *, later: bool, as_json: bool) -> None:
    """Visit the named sources; keep every PDF and a note of every answer."""
    report = crawl_all(settings, names, later=later)
    say(report)
    if as_json:
        print_json(report)
    failed = [source.failed for source in report.sources if source.failed]
    if failed:
        raise CrawlError(" ".join(failed))


@click.command("add")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def add_command(settings: Settings, files: tuple[Path, ...]) -> None:
    """Put PDFs from disk into the archive, with a note that says so."""
    for path in files:
        if not path.is_file():
            raise UsageError(f"{path} is not a file: give the path of a PDF.")
    notes = add_files(archive_of(settings), files, sources_of(settings).registry)
    click.echo(
        f"{len({note.sha256 for note in notes})} documents kept; read them with `maalspor ingest`.", err=True
    )


@click.group("sources")
def sources_group() -> None:
    """The files that say where to look, and which institutions there are."""


@sources_group.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def check_sources_command(settings: Settings, folder: Path | None) -> None:
    """Read a folder of sources and say what is wrong with it."""
    place = folder or (Path(settings.sources) if settings.sources else packaged_sources())
    sources = read_sources(place)
    click.echo(
        f"{place}: {len(sources.registry.ministries)} ministries, {len(sources.registry.agencies)} agencies, "
        f"{len(sources.sources)} sources; all is well."
    )


COMMANDS = (crawl_command, add_command, sources_group)
