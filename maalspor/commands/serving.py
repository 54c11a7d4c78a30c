"""Commands that answer: serve, and run, the whole in one."""

import contextlib
import signal
import socket
import threading
from types import FrameType

import click
from waitress.server import create_server

from crawler.errors import SettingsError, StaleIndex
from maalspor.commands import crawling, reading
from maalspor.commands.searching import index_all
from maalspor.settings import Settings, archive_of, images_of, sources_of, store_of
from search.engine import SearchEngine
from search.opened import open_engine
from search.query import parse
from web.app import create_app

THREADS = 8


def serve(settings: Settings) -> None:
    """Answer on 127.0.0.1 until SIGTERM or SIGINT."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", int(settings.port)))
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"Port {settings.port} is taken: stop what answers there, or set MAALSPOR_PORT to another (0 takes a free one)."
        ) from error
    archive, store = archive_of(settings), store_of(settings)
    engine = open_engine(settings.index)
    app = create_app(archive, store, engine, images_of(settings, archive))
    threading.Thread(target=warm_up, args=(engine,), daemon=True).start()
    server = create_server(app, sockets=[listener], threads=THREADS, ident=None)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        # Waitress stops its loop on SystemExit; a second signal finds it stopped already.
        raise SystemExit(0)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)
    click.echo(
        f"Målspor answers at http://127.0.0.1:{listener.getsockname()[1]}/ (Ctrl-C stops it)", err=True
    )
    try:
        server.run()
    finally:
        server.close()
        store.close()


def warm_up(engine: SearchEngine) -> None:
    """Open the index and load the lexicon of lemmas, so that the first reader does not wait for them."""
    with contextlib.suppress(StaleIndex):  # the page that searches says it
        engine.search(parse("opvarmning"), limit=0)


@click.command("serve")
@click.pass_obj
def serve_command(settings: Settings) -> None:
    """Serve what was read and indexed on http://127.0.0.1:8000."""
    serve(settings)


@click.command("run")
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True)
@click.pass_obj
def run_command(settings: Settings, names: tuple[str, ...]) -> None:
    """Crawl what the archive has nothing of, read, index, and serve: the whole in one."""
    crawling.chosen(sources_of(settings), names)
    visited = {note.source for note in archive_of(settings).fetches()}
    wanted = tuple(name for name in names if name not in visited)
    if wanted:
        report = crawling.crawl_all(settings, wanted, later=False)
        crawling.say(report)
    reading.say(reading.ingest_all(settings, again=False))
    index_all(settings, rebuild=False)
    serve(settings)


COMMANDS = (serve_command, run_command)
