"""PageImages: a disposable folder of WebP pages at scale 2, drawn by the reading child."""

from pathlib import Path

from crawler.records import Sha256


class PageImages:
    """Pages by document and number, in `<folder>/<first two digits>/<sha256>/<page>.webp`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: Sha256, page: int) -> Path:
        """Where that page lies, or would lie."""
        return self._folder / sha256[:2] / sha256 / f"{page}.webp"
