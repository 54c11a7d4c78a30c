"""Words, their order, cells of tables and scanned words on real pages: ours beside plain pdfplumber, PDFium and pdftotext.

Usage: PYTHONPATH=. python benchmarks/words/bench.py ../shared/real

Words are folded to lower case; recall and precision count each as often as it stands there, order is the share of the
truth's words that the longest common run of both, in sequence, has. Tables are the neighbour relations of ICDAR 2013:
two cells beside or below each other with nothing between, by their words alone.
"""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pdfplumber  # noqa: TID251 - the yardstick
import pypdfium2  # noqa: TID251 - the yardstick
from rapidfuzz.distance import LCSseq

from ingest.danish.vocabulary import load_vocabulary
from ingest.pages.layout import Page, cleaned
from ingest.pages.opened import NotOpened, Opened
from ingest.structure import learn
from ingest.unruled import with_unruled

Relation = tuple[str, str, str]
LEAST = 0.5
"""Of a page covered by one image, from which its words are read from the image."""


def words(text: str) -> list[str]:
    """Words and figures in order, lower case."""
    return re.findall(r"\w+", cleaned(text).casefold())


def pages(path: Path, *, scan: bool = False) -> list[Page]:
    """A file's pages as the reader has them; `scan` for those of images."""
    vocabulary = load_vocabulary()
    with Opened(path.read_bytes()) as opened:
        read = opened.scan if scan else opened.read
        return [with_unruled(read(number), vocabulary) for number in range(1, len(opened) + 1)]


def ours(path: Path) -> str:
    """Our text in our reading order, running lines and contents lists left out."""
    said = []
    for block in learn(pages(path), load_vocabulary()).blocks:
        rows = block.table.rows if block.table else ()
        said += [block.text, *(cell.text for row in rows for cell in row if cell)]
    return "\n".join(said)


def by_pdfplumber(path: Path) -> str:
    """The text that pdfplumber gives with its defaults."""
    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def by_pdfium(path: Path) -> str:
    """PDFium's text, page by page."""
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def by_pdftotext(path: Path) -> str:
    """What pdftotext prints."""
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()


WAYS: dict[str, Callable[[Path], str]] = {
    "ours": ours,
    "pdfplumber": by_pdfplumber,
    "PDFium": by_pdfium,
    "pdftotext": by_pdftotext,
}


def shares(truth: list[str], found: list[str]) -> tuple[int, int, int, int]:
    """Words in common, in the truth, found, and in common in sequence."""
    common = sum((Counter(truth) & Counter(found)).values())
    return common, len(truth), len(found), int(LCSseq.similarity(truth, found))


def plain(markdown: str) -> str:
    """Markdown without its marks, links and pictures."""
    said = re.sub(r"!\[[^]]*\]\([^)]*\)|<[^>]+>|https?://\S+", " ", markdown)
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", said)


def text_rows(real: Path) -> Iterator[str]:
    """A line a way: recall, precision and order over all papers with a truth."""
    papers = [
        (found[0], path.read_text(encoding="utf-8"))
        for path in sorted((real / "danish" / "truth-markdown").glob("*.md"))
        if (found := list((real / "danish").rglob(f"{path.stem}.pdf")))
    ]
    for name, way in WAYS.items():
        sums = [0, 0, 0, 0]
        for path, truth in papers:
            counts = shares(words(plain(truth)), words(way(path)))
            sums = [total + count for total, count in zip(sums, counts, strict=True)]
        common, of, seen, ordered = sums
        yield f"| {name} | {common / of:.3f} | {common / max(seen, 1):.3f} | {ordered / of:.3f} |"


def related(cells: Iterable[tuple[int, int, int, int, str]]) -> Counter[Relation]:
    """Neighbours to the right and below, of cells given as first and last row, first and last column, and words."""
    placed: dict[tuple[int, int], str] = {}
    spans = []
    for top, bottom, left, right, text in cells:
        said = " ".join(words(text))
        spans.append((top, bottom, left, right, said))
        placed |= {(row, column): said for row in range(top, bottom + 1) for column in range(left, right + 1)}
    last_row = max((row for row, _ in placed), default=0)
    last_column = max((column for _, column in placed), default=0)
    found: set[Relation] = set()
    for top, bottom, left, right, said in spans:
        if not said:
            continue
        for row in range(top, bottom + 1):
            beside = (placed.get((row, column), "") for column in range(right + 1, last_column + 1))
            found |= {(said, other, "right") for other in [next(filter(None, beside), "")] if other}
        for column in range(left, right + 1):
            below = (placed.get((row, column), "") for row in range(bottom + 1, last_row + 1))
            found |= {(said, other, "below") for other in [next(filter(None, below), "")] if other}
    return Counter(found)


def true_relations(path: Path) -> Counter[Relation]:
    """The relations of an ICDAR structure file."""
    found: Counter[Relation] = Counter()
    for table in ET.parse(path).getroot().iter("table"):
        cells = []
        for cell in table.iter("cell"):
            top, left = int(cell.get("start-row", "0")), int(cell.get("start-col", "0"))
            bottom, right = int(cell.get("end-row", top)), int(cell.get("end-col", left))
            cells.append((top, bottom, left, right, cell.findtext("content") or ""))
        found += related(cells)
    return found


def grid(rows: Iterable[Iterable[str | None]]) -> Counter[Relation]:
    """The relations of a table of plain rows."""
    return related(
        (row, row, column, column, text)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    )


def our_relations(path: Path) -> Counter[Relation]:
    """The relations of the tables that we find."""
    found: Counter[Relation] = Counter()
    for page in pages(path):
        for table in page.tables:
            found += grid([cell.text if cell else None for cell in row] for row in table.rows)
    return found


def pdfplumber_relations(path: Path) -> Counter[Relation]:
    """The relations of the tables that plain pdfplumber finds."""
    found: Counter[Relation] = Counter()
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                found += grid(table)
    return found


def table_rows(real: Path) -> Iterator[str]:
    """A line a way that has tables: recall, precision and F1 of neighbours over all files."""
    files = sorted((real / "tables" / "icdar2013").rglob("*-str.xml"))
    for name, way in (("ours", our_relations), ("pdfplumber", pdfplumber_relations)):
        common = of = seen = 0
        for path in files:
            truth, found = true_relations(path), way(path.with_name(path.name.replace("-str.xml", ".pdf")))
            common, of, seen = common + (truth & found).total(), of + truth.total(), seen + found.total()
        recall, precision = common / of, common / max(seen, 1)
        yield f"| {name} | {recall:.3f} | {precision:.3f} | {2 * recall * precision / (recall + precision):.3f} |"


def scan_rows(real: Path) -> Iterator[str]:
    """A line a way: recall and precision of words on scanned pages; order is not known there."""
    files = [
        (found[0], path.read_text(encoding="utf-8"))
        for path in sorted((real / "scans" / "truth").glob("*.txt"))
        if (found := list((real / "scans").rglob(f"{path.stem}.pdf")))
    ]

    def read(path: Path) -> str:
        try:
            return "\n".join(line.text for page in pages(path, scan=True) for line in all_lines(page))
        except NotOpened:
            return ""

    for name, way in {**WAYS, "ours": read}.items():
        common = of = seen = 0
        for path, truth in files:
            counts = shares(words(re.sub(r"^### page .*$", "", truth, flags=re.MULTILINE)), words(way(path)))
            common, of, seen = common + counts[0], of + counts[1], seen + counts[2]
        yield f"| {name} | {common / of:.3f} | {common / max(seen, 1):.3f} |"


def all_lines(page: Page) -> list:  # type: ignore[type-arg]
    """The lines of a page, those in cells too."""
    cells = [cell for table in page.tables for row in table.rows for cell in row if cell]
    return [*page.lines, *(line for cell in cells for line in cell.lines)]


def main() -> None:
    """Print the three tables."""
    real = Path(sys.argv[1])
    print("| text of papers | words found | of those found, right | in order |\n| --- | --- | --- | --- |")
    print(*text_rows(real), sep="\n", flush=True)
    print("\n| tables | neighbours found | right | F1 |\n| --- | --- | --- | --- |")
    print(*table_rows(real), sep="\n", flush=True)
    print("\n| scans | words found | right |\n| --- | --- | --- |")
    print(*scan_rows(real), sep="\n", flush=True)


if __name__ == "__main__":
    main()
