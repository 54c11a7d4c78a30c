"""Puts PDFs from disk into the archive, each with a note that says so."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from crawler.agencies import guess
from crawler.archive import Archive
from crawler.records import Fetch, Registry

SOURCE = "added"


def add_files(archive: Archive, paths: Sequence[Path], registry: Registry) -> tuple[Fetch, ...]:
    """Keep each file's bytes, whatever they are; the note names the file, not the folder it lay in."""
    now = datetime.now(UTC).replace(microsecond=0)
    notes = []
    for path in paths:
        body = path.read_bytes()
        notes.append(
            Fetch(
                source=SOURCE,
                url=f"file:{path.name}",
                found_on=None,
                link_text=None,
                heading=None,
                guess=guess(registry, [path.stem]),
                fetched_at=now,
                status=None,
                sha256=archive.put(body, "pdf"),
                kind="pdf",
                size_bytes=len(body),
                etag=None,
                last_modified=None,
                content_type=None,
                problem=None,
            )
        )
    archive.note(notes)
    return tuple(notes)
