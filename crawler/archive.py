"""SEAM blobs: PDFs and notes, over fsspec. Nothing is ever appended to or overwritten.

`documents/ab/ab12….pdf` (or `.html`) and `fetches/<source>/<year>/<time>-<run>-<n>.jsonl`. Every file is written
aside, fsynced and moved, so that a stop leaves the whole file or none. A note under way has a file of its own,
`<time>-<run>-<n>.one.jsonl`, until 200 of them, or the end of the visit, are gathered in one.
"""

import contextlib
import hashlib
import io
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Literal

import fsspec  # noqa: TID251 - this is its home

from crawler.codec import Codec
from crawler.errors import MissingDocument, SettingsError
from crawler.records import Fetch, Sha256, StoredDocument

NOTES_A_FILE = 200
ONE = ".one.jsonl"
HASH_LETTERS = 64


def _run() -> str:
    """A name for one writing of notes: of two within a second the later sorts behind."""
    return f"{time.time_ns():016x}{secrets.token_hex(2)}"


def _parts(name: str) -> tuple[str, int, bool]:
    """Run, number of the first note, and whether it is a note under way; a file put there by hand has none."""
    found = re.fullmatch(r"[^-]+-([0-9a-f]+)-(\d+)(\.one)?\.jsonl", name)
    return (found[1], int(found[2]), bool(found[3])) if found else (name, 0, False)


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
        run = _run()
        for notes in by_source.values():
            for start in range(0, len(notes), NOTES_A_FILE):
                self._note(notes[start : start + NOTES_A_FILE], f"{run}-{start:06}.jsonl")

    def _note(self, notes: Sequence[Fetch], name: str) -> str:
        moment = notes[0].fetched_at
        folder = f"{self._root}/fetches/{notes[0].source}/{moment:%Y}"
        path = f"{folder}/{moment:%Y%m%dT%H%M%SZ}-{name}"
        self._write(path, "".join(self._codec.dumps(fetch) + "\n" for fetch in notes).encode())
        return path

    @contextlib.contextmanager
    def notebook(self) -> Iterator[Callable[[Fetch], None]]:
        """One visit's notes of one source: each given is on disk when the call returns.

        Gathered in files of up to 200 as they come; a stop leaves at most 199 in files of their own.
        """
        run = _run()
        notes: list[Fetch] = []
        paths: list[str] = []
        gathered = 0

        def gather() -> None:
            nonlocal gathered
            # The whole file is there before the first of its notes goes: `fetches` tells copies by their number.
            self._note(notes, f"{run}-{gathered:06}.jsonl")
            for path in paths:
                self._files.rm(path)
            gathered += len(notes)
            notes.clear()
            paths.clear()

        def add(fetch: Fetch) -> None:
            paths.append(self._note([fetch], f"{run}-{gathered + len(notes):06}{ONE}"))
            notes.append(fetch)
            if len(notes) == NOTES_A_FILE:
                gather()

        try:
            yield add
        finally:
            if notes:
                gather()

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
        paths: Sequence[str] = self._files.find(folder) if self._files.exists(folder) else []
        gathered: dict[str, int] = {}
        for path in sorted(paths, key=lambda path: (PurePosixPath(path).name, path)):
            name = PurePosixPath(path).name
            if not name.endswith(".jsonl") or name.startswith("."):
                continue
            run, number, one = _parts(name)
            if one and number < gathered.get(run, 0):
                continue
            # Not splitlines: JSON leaves U+2028 and its like as they are, and a link's text may hold one.
            lines = [line for line in self._files.cat_file(path).decode().split("\n") if line]
            if not one:
                gathered[run] = number + len(lines)
            for line in lines:
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
