"""SEAM blobs: PDFs and notes, over fsspec. Nothing is ever appended to or overwritten.

`documents/ab/ab12….pdf` (or `.html`) and `fetches/<source>/<year>/<time>-<run>-<n>.jsonl`. Every file is written
aside, fsynced and moved, so that a stop leaves the whole file or none.
"""

import hashlib
import io
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Literal

import fsspec  # noqa: TID251 - this is its home

from crawler.codec import Codec
from crawler.errors import MissingDocument, SettingsError
from crawler.records import Fetch, Sha256, StoredDocument

NOTES_A_FILE = 200
HASH_LETTERS = 64


def open_archive(url: str) -> "Archive":
    """Open or make the archive: a folder's path, or `memory:NAME` for tests.

    Raises SettingsError for any other scheme, naming what is there.
    """
    if url.startswith("memory:"):
        return Archive(fsspec.filesystem("memory"), "/" + url.removeprefix("memory:").strip("/"), url)
    if "://" in url and not url.startswith("file://"):
        raise SettingsError(f"archive = {url!r} is not available; what is there: the path of a folder.")
    folder = os.path.abspath(url.removeprefix("file://"))  # noqa: PTH100
    return Archive(fsspec.filesystem("file"), folder, folder)


class Archive:
    """The only precious thing: kept documents by SHA-256, and a note of every answer."""

    def __init__(self, files: Any, root: str, url: str) -> None:
        self.url = url
        self._files = files
        self._root = root.rstrip("/")
        self._codec = Codec()

    def _path(self, sha256: str, kind: str) -> str:
        return f"{self._root}/documents/{sha256[:2]}/{sha256}.{kind}"

    def _write(self, path: str, body: bytes) -> None:
        folder = str(PurePosixPath(path).parent)
        self._files.makedirs(folder, exist_ok=True)
        aside = f"{folder}/.{secrets.token_hex(8)}.part"
        with self._files.open(aside, "wb") as file:
            file.write(body)
            file.flush()
            if isinstance(self._files, fsspec.get_filesystem_class("file")):
                os.fsync(file.fileno())
        self._files.mv(aside, path)
        if isinstance(self._files, fsspec.get_filesystem_class("file")):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def put(self, body: bytes, kind: Literal["pdf", "html"]) -> Sha256:
        """Keep a document and give its SHA-256; keeping it twice changes nothing."""
        sha256 = Sha256(hashlib.sha256(body).hexdigest())
        path = self._path(sha256, kind)
        if not self._files.exists(path):
            self._write(path, body)
        return sha256

    def note(self, fetches: Iterable[Fetch]) -> None:
        """Write notes, up to 200 a file, each file once; notes of several sources go to a folder each."""
        by_source: dict[str, list[Fetch]] = {}
        for fetch in fetches:
            by_source.setdefault(fetch.source, []).append(fetch)
        run = secrets.token_hex(4)
        for source, notes in by_source.items():
            for number, start in enumerate(range(0, len(notes), NOTES_A_FILE)):
                some = notes[start : start + NOTES_A_FILE]
                moment = some[0].fetched_at
                name = f"{moment:%Y%m%dT%H%M%SZ}-{run}-{number}.jsonl"
                lines = "".join(self._codec.dumps(fetch) + "\n" for fetch in some)
                self._write(f"{self._root}/fetches/{source}/{moment:%Y}/{name}", lines.encode())

    def read(self, sha256: Sha256) -> bytes:
        """The bytes of a document. Raises MissingDocument."""
        for kind in ("pdf", "html"):
            path = self._path(sha256, kind)
            if self._files.exists(path):
                body: bytes = self._files.cat_file(path)
                return body
        raise MissingDocument(
            f"The archive holds no document {sha256}: see what it holds with `maalspor check`."
        )

    def open(self, sha256: Sha256) -> BinaryIO:
        """A document as a file, from its beginning. Raises MissingDocument."""
        return io.BytesIO(self.read(sha256))

    def fetches(self, source: str | None = None) -> Iterator[Fetch]:
        """Every note, of one source or all, in the order they were written."""
        folder = f"{self._root}/fetches" + (f"/{source}" if source else "")
        paths: Sequence[str] = sorted(self._files.find(folder)) if self._files.exists(folder) else []
        for path in sorted(paths, key=lambda path: (PurePosixPath(path).name, path)):
            if path.endswith(".jsonl"):
                for line in self._files.cat_file(path).decode().splitlines():
                    yield self._codec.loads(line, Fetch)

    def documents(self) -> Iterator[StoredDocument]:
        """Every kept document with its notes in order of time, by SHA-256."""
        notes: dict[str, list[Fetch]] = {}
        for fetch in self.fetches():
            if fetch.sha256 is not None:
                notes.setdefault(fetch.sha256, []).append(fetch)
        for path in self._blobs():
            name = PurePosixPath(path)
            yield StoredDocument(
                sha256=Sha256(name.stem),
                kind="pdf" if name.suffix == ".pdf" else "html",
                size_bytes=int(self._files.size(path)),
                fetches=tuple(sorted(notes.get(name.stem, ()), key=lambda fetch: fetch.fetched_at)),
            )

    def _blobs(self) -> list[str]:
        folder = f"{self._root}/documents"
        found = self._files.find(folder) if self._files.exists(folder) else []
        return sorted(path for path in found if len(PurePosixPath(path).stem) == HASH_LETTERS)

    def check(self) -> list[str]:
        """Hash every document again; one sentence for each that is not what its name says, or has no note."""
        problems = []
        noted = {fetch.sha256 for fetch in self.fetches() if fetch.sha256}
        here = set()
        for path in self._blobs():
            sha256 = PurePosixPath(path).stem
            here.add(sha256)
            if hashlib.sha256(self._files.cat_file(path)).hexdigest() != sha256:
                problems.append(
                    f"{path} is damaged: its bytes are not those of its name; put the file back from a copy."
                )
            if sha256 not in noted:
                problems.append(f"{path} has no note: a crawl was stopped; crawl again.")
        problems += [
            f"{sha256} has a note but no file: put it back from a copy, or crawl again."
            for sha256 in sorted(noted - here)
        ]
        return problems
