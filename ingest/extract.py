"""The child's main: PDF on standard input, one JSON Extraction on standard output, a line a page on stderr.

Limits are set before the first PDF library is imported. This and ingest.stages alone import the whole reader.
"""

import argparse
import hashlib
from pathlib import Path

from crawler.codec import Codec
from crawler.records import Sha256
from ingest.child import begin, end, limited
from ingest.records import Extraction


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The limits and wishes of whoever started this child."""
    parser = limited("ingest.extract")
    parser.add_argument("--draw", type=Path)
    parser.add_argument("--draw-pages", default="quoted")
    return parser.parse_args(given)


def main(given: list[str] | None = None, codec: Codec | None = None) -> None:
    """Read standard input, answer on standard output. `given` are arguments instead of the command line's."""
    options = arguments(given)
    body, answer = begin(options.memory_bytes)
    sha256 = Sha256(hashlib.sha256(body).hexdigest())
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
    with answer:
        answer.write((codec or Codec()).dumps(extraction).encode())


if __name__ == "__main__":
    main()
    end()
