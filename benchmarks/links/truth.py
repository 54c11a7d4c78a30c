"""Truth files as records: links can be measured against perfect reading, and the reader's share of a loss told.

`pages` become one whole-page quote each; what only the corpus knows (`meta`, `accept`) and what may be recorded or
left out (`optional`) is left out.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.codec import Codec
from ingest.records import Extraction

PAGE = [0.0, 0.0, 595.0, 842.0]
EXTRA = ("meta", "accept", "optional")


def record(node: Any) -> Any:
    """The node with `pages` turned into quotes and the corpus's own keys left out, down to its leaves."""
    if isinstance(node, list):
        return [record(item) for item in node if not (isinstance(item, dict) and item.get("optional"))]
    if not isinstance(node, dict):
        return node
    found = {key: record(value) for key, value in node.items() if key not in EXTRA}
    if isinstance(node.get("pages"), list):
        del found["pages"]
        found["quotes"] = [{"page": page, "box": PAGE} for page in node["pages"]]
    return found


def as_extraction(truth: dict[str, Any], codec: Codec) -> Extraction:
    """One truth file as the record that a perfect reader would give."""
    data = record(truth)
    data["document"].setdefault("state", "read")
    for absent in ("fulfilment", "ministry_mission", "ministry_vision", "follow_up"):
        data.setdefault(absent, None)
    for goal in data["goals"]:
        goal.setdefault("agency", None)
        for target in goal["targets"]:
            target["field_quotes"] = {}
    for entry in (*data["goals"], *data["results"], data):
        entry["field_quotes"] = {}
    data["pages"] = []
    data["findings"] = []
    return codec.build(data, Extraction)


def records(truth: Path, pdfs: Path) -> Iterator[tuple[str, Extraction]]:
    """Name and record of every truth file whose PDF is there, by name; the hash is that of the PDF."""
    codec = Codec()
    for path in sorted(truth.glob("*.json")):
        pdf = pdfs / f"{path.stem}.pdf"
        if pdf.exists():
            data = json.loads(path.read_text(encoding="utf-8"))
            data["document"]["sha256"] = hashlib.sha256(pdf.read_bytes()).hexdigest()
            yield path.stem, as_extraction(data, codec)
