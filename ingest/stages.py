"""Another main of the child: PDF on standard input, every stage of reading one page on standard output.

The stages are those of ingest.reading itself; see ingest.overheard.
"""

import argparse
import hashlib
import tempfile
from pathlib import Path

from crawler.codec import Codec
from crawler.records import Sha256
from ingest.child import begin, limited
from ingest.overheard import Overheard
from ingest.read_one import PageStages


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The limits and wishes of whoever started this child."""
    parser = limited("ingest.stages")
    parser.add_argument("--page", type=int, required=True)
    parser.add_argument("--draw", type=Path)
    return parser.parse_args(given)


def main() -> None:
    """Read standard input, answer on standard output."""
    options = arguments()
    body, answer = begin(options.memory_bytes)
    told = _told(body, options)
    with answer:
        answer.write(Codec().dumps(told).encode())


def _told(body: bytes, options: argparse.Namespace) -> PageStages:
    from ingest import reading  # noqa: PLC0415 - after the limits, see ingest.extract
    from ingest.pages.boxed import draw_boxes  # noqa: PLC0415
    from ingest.stages_told import boxes_of, tell  # noqa: PLC0415

    overheard = Overheard()
    overheard.listen(reading)
    with tempfile.TemporaryDirectory() as folder:
        wishes = reading.Wishes(
            max_pages=options.max_pages,
            max_text_bytes=options.max_text_bytes,
            draw=Path(folder) if options.draw else None,
            draw_pages=(options.page,),
            thorough=options.thorough,
        )
        read = reading.read_document(body, wishes)
        drawn = Path(folder) / f"{options.page}.webp"
        # A page beyond the limits is drawn, but has not been read.
        if drawn.exists() and any(text.number == options.page for text in read.pages):
            draw_boxes(drawn, boxes_of(overheard, read, options.page), options.draw)
    state = read.document.state
    return PageStages(
        sha256=Sha256(hashlib.sha256(body).hexdigest()),
        state=state,
        message="" if state == "read" else read.findings[0].message,
        pages=read.document.pages,
        text=tell(overheard, read, options.page) if state == "read" else "",
    )


if __name__ == "__main__":
    main()
