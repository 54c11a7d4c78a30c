"""PageImages: a disposable folder of WebP pages at scale 2, drawn by the reading child."""

import io
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from crawler.records import Sha256
from ingest.read_one import Drawing, Limits, read_one
from ingest.records import Box

AT_ONCE = 2
WORKSPACE = ".drawing-"
DRAW_LIMITS = Limits(silence_seconds=20.0, total_seconds=60.0)


class Busy(Exception):  # noqa: N818 - a state of the moment: try again in `retry_seconds`
    """All children that draw pages are at work."""

    retry_seconds = 10


class NoImage(Exception):  # noqa: N818 - a fact about the page
    """This page cannot be drawn."""


class PageImages:
    """Pages by document and number, in `<folder>/<first two digits>/<sha256>/<page>.webp`.

    `read` gives a document's bytes by its SHA-256 (Archive.read).
    """

    def __init__(self, folder: Path, read: Callable[[Sha256], bytes]) -> None:
        self._folder = folder
        self._read = read
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def folder_of(self, sha256: Sha256) -> Path:
        """Where a document's pages lie."""
        return self._folder / sha256[:2] / sha256

    def path(self, sha256: Sha256, page: int) -> Path:
        """Where that page lies, or would lie."""
        return self.folder_of(sha256) / f"{page}.webp"

    def keep(self, sha256: Sha256, drawn: Path) -> None:
        """Move the pages that a child drew into a folder of its own."""
        target = self.folder_of(sha256)
        target.mkdir(parents=True, exist_ok=True)
        for image in sorted(drawn.glob("*.webp")):
            image.replace(target / image.name)

    def workspace(self) -> tempfile.TemporaryDirectory[str]:
        """A folder on the same disk for a child to draw into; gone when its `with` ends."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(prefix=WORKSPACE, dir=self._folder)

    def tidy(self) -> None:
        """Remove what killed readings left half drawn: workspaces older than any reading may last."""
        oldest = time.time() - 2 * Limits().total_seconds
        for left in self._folder.glob(f"{WORKSPACE}*"):
            if left.stat().st_mtime < oldest:
                shutil.rmtree(left, ignore_errors=True)

    def get(self, document: Sha256, page: int) -> bytes:
        """The WebP bytes of a page; drawn now where it is not there yet.

        Raises:
            Busy: two pages are being drawn already.
            NoImage: the page does not exist or cannot be drawn.
            MissingDocument: from the archive.

        """
        path = self.path(document, page)
        if path.exists():
            return path.read_bytes()
        if not self._free.acquire(blocking=False):
            raise Busy
        try:
            with self.workspace() as folder:
                read_one(
                    self._read(document), DRAW_LIMITS, drawing=Drawing(folder=Path(folder), pages=(page,))
                )
                self.keep(document, Path(folder))
        finally:
            self._free.release()
        if not path.exists():
            raise NoImage(f"page {page} of {document} cannot be drawn")
        return path.read_bytes()

    def crop(self, document: Sha256, page: int, part: Box) -> bytes:
        """A part of a page as WebP; `part` in shares of the page's width and height, 0 to 1. Raises as `get`."""
        with Image.open(io.BytesIO(self.get(document, page)), formats=["WEBP"]) as image:
            width, height = image.size
            left, right = round(part.x0 * width), round(part.x1 * width)
            top, bottom = round(part.top * height), round(part.bottom * height)
            out = io.BytesIO()
            image.crop((left, top, right, bottom)).save(out, "WEBP", quality=70)
            return out.getvalue()
