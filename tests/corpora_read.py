"""The project's own corpora: their documents, their truth, and how the reader reads them."""

import json
from functools import cache
from pathlib import Path

from ingest.children import Warm
from ingest.executor import open_executor
from ingest.read_one import Limits, read_one

FOLDER = Path(__file__).parent / "corpora"
CORPORA = ("third", "fourth", "ninth", "tenth")


def truths(corpus):
    """The truth of a corpus by name of document, in order."""
    files = sorted((FOLDER / corpus / "truth").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}


@cache
def readings(corpus):
    """What the reader makes of a corpus's documents, by name."""
    files = [FOLDER / corpus / "pdfs" / f"{name}.pdf" for name in truths(corpus)]
    with Warm() as warm:
        pool = open_executor("processes:2")
        read = pool.each(lambda path: read_one(path.read_bytes(), Limits(), warm=warm), files)
        return {path.stem: extraction for path, extraction in read}
