"""Small papers of our own, for a reader to warm up with: what is made at first use is made before a child is forked.

Their lines lie in vocabulary/sample_*.txt, a `#` before headings. Nothing that is read of them is kept.
"""

from importlib import resources

NAMES = ("plan", "report")
LEFT, TOP, STEP = 70, 780, 16
"""Points: where lines begin, and from one baseline to the next."""


def sample_pdfs() -> list[bytes]:
    """A plan and a report, each on one page."""
    folder = resources.files("ingest") / "vocabulary"
    texts = [(folder / f"sample_{name}.txt").read_text(encoding="utf-8") for name in NAMES]
    return [_pdf(text.splitlines()) for text in texts]


def _pdf(lines: list[str]) -> bytes:
    shown = []
    for number, line in enumerate(lines):
        font, size = ("B", 14) if line.startswith("# ") else ("R", 10)
        letters = line.removeprefix("# ").translate({ord(sign): f"\\{sign}" for sign in "()\\"})
        shown.append(f"BT /{font} {size} Tf {LEFT} {TOP - STEP * number} Td ({letters}) Tj ET")
    content = "\n".join(shown).encode("cp1252")
    font = "<</Type/Font/Subtype/Type1/BaseFont/{}/Encoding/WinAnsiEncoding>>"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</R 5 0 R/B 6 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            count,
            table,
            count,
            len(body),
        )
    )
