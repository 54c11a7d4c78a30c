"""Page images are disposable, and a killed reading leaves nothing for ever."""

import os
import time

from ingest.images import PageImages


def test_half_drawn_pages_are_tidied_away(tmp_path):
    """A workspace older than any reading may last is removed; one in use and finished pages stay."""
    images = PageImages(tmp_path, lambda sha256: b"")
    left, used, pages = tmp_path / ".drawing-left", tmp_path / ".drawing-used", tmp_path / "ab"
    for folder in (left, used, pages):
        folder.mkdir()
        (folder / "1.webp").write_bytes(b"RIFF")
    yesterday = time.time() - 86_400
    for folder in (left, pages):
        os.utime(folder, (yesterday, yesterday))
    images.tidy()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".drawing-used", "ab"]
