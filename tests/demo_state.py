"""The demo state, crawled and read once for all tests that need it."""

import contextlib
import threading
from pathlib import Path

from waitress.server import create_server

from crawler.archive import open_archive
from crawler.run import crawl
from ingest.executor import open_executor
from ingest.images import PageImages
from ingest.run import ingest
from ingest.store import open_store
from maalspor.commands.crawling import DEMO_HOST
from maalspor.demo.server import serve_demo
from maalspor.settings import Settings, packaged_sources
from search.run import index
from search.whoosh_engine import WhooshEngine
from web.app import create_app


class DemoState:
    """A data folder with the first visit crawled, read and indexed."""

    def __init__(self, folder: Path) -> None:
        from crawler.agencies import read_sources

        self.folder = folder
        self.log = folder / "access.tsv"
        self.sources = read_sources(packaged_sources())
        self.archive = open_archive(str(folder / "archive"))
        self.source = next(source for source in self.sources.sources if source.id == "demo")
        self.first = self.visit()
        self.store = open_store(f"sqlite:///{folder}/maalspor.db")
        self.images = PageImages(folder / "images", self.archive.read)
        self.report = ingest(
            self.archive,
            self.store,
            self.images,
            open_executor("processes:2"),
            registry=self.sources.registry,
        )
        self.engine = WhooshEngine(folder / "index")
        self.entries = index(self.store, self.engine, rebuild=False)
        self.app = create_app(self.archive, self.store, self.engine, self.images)

    def visit(self, *, later=False):
        """Crawl the demo once; its report."""
        with serve_demo(later=later, log=self.log) as port:
            report = crawl(
                self.archive,
                [self.source],
                resolve={DEMO_HOST: f"127.0.0.1:{port}"},
                registry=self.sources.registry,
            )
        return report.sources[0]

    def settings(self) -> Settings:
        """Settings that lead to this folder."""
        return Settings(
            archive=str(self.folder / "archive"),
            store=f"sqlite:///{self.folder}/maalspor.db",
            index=f"whoosh:{self.folder}/index",
            images=str(self.folder / "images"),
        )

    @contextlib.contextmanager
    def served(self):
        """The site on a free loopback port; gives its address."""
        server = create_server(self.app, host="127.0.0.1", port=0, threads=4)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.effective_port}"
        finally:
            server.close()
            thread.join(5)
