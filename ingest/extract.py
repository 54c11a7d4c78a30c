"""The child's main: PDF on standard input, one JSON Extraction on standard output, a line a page on stderr.

Limits are set before the first PDF library is imported. The only module that imports the whole reader.
"""

import argparse
import hashlib
import os
import resource
import sys
from pathlib import Path

from crawler.codec import Codec
from crawler.records import Sha256
from ingest.records import Extraction


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The limits and wishes of whoever started this child."""
    parser = argparse.ArgumentParser(prog="ingest.extract")
    parser.add_argument("--memory-bytes", type=int, default=1 << 30)
    parser.add_argument("--max-pages", type=int, default=2000)
    parser.add_argument("--max-text-bytes", type=int, default=20 << 20)
    parser.add_argument("--draw", type=Path)
    parser.add_argument("--draw-pages", default="quoted")
    parser.add_argument("--thorough", action="store_true")
    return parser.parse_args(given)


def main() -> None:
    """Read standard input, answer on standard output."""
    options = arguments()
    resource.setrlimit(resource.RLIMIT_AS, (options.memory_bytes, options.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    body = sys.stdin.buffer.read()
    sha256 = Sha256(hashlib.sha256(body).hexdigest())
    # Libraries that print to stdout would spoil the answer.
    answer = os.dup(1)
    os.dup2(2, 1)
    from ingest.reading import Wishes, failed, read_document  # noqa: PLC0415 - after the limits, see above

    wishes = Wishes(
        max_pages=options.max_pages,
        max_text_bytes=options.max_text_bytes,
        draw=options.draw,
        draw_pages=None if options.draw_pages == "quoted" else tuple(map(int, options.draw_pages.split(","))),
        thorough=options.thorough,
    )
    extraction: Extraction
    try:
        extraction = read_document(body, wishes)
    except MemoryError:
        extraction = failed(sha256, len(body), "memory", "Reading needs more memory than a document may use.")
    except RecursionError:
        extraction = failed(sha256, len(body), "broken", "The file is nested too deeply to be read.")
    with os.fdopen(answer, "wb") as out:
        out.write(Codec().dumps(extraction).encode())


if __name__ == "__main__":
    main()
