"""Links, events and scores against a corpus's truth: what the linker loses, and with `--pred` what the reader does.

`PYTHONPATH=. python benchmarks/links/bench.py ../shared/corpus PDFS [--pred extract.jsonl] [--out DIR]` prints what
score_links.py says, and the expected calibration error of the scores.
"""

import argparse
import hashlib
import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from derived import derive
from truth import records

from crawler.agencies import guess, read_sources
from crawler.codec import Codec
from ingest.links.families import Naming, paper
from ingest.records import Extraction
from ingest.run import settled
from maalspor.settings import packaged_sources

BINS = 10


def read(corpus: Path, pdfs: Path, pred: Path | None, codec: Codec) -> list[Extraction]:
    """The records: the truth's, or those that `maalspor extract` printed."""
    if pred is None:
        return [extraction for _, extraction in records(corpus / "truth", pdfs)]
    lines = pred.read_text(encoding="utf-8").splitlines()
    return [codec.build({**json.loads(line), "pages": []}, Extraction) for line in lines]


def calibration(links: list[dict[str, Any]], corpus: Path, pdfs: Path, pred: Path) -> float:
    """The expected calibration error: ten equal bins of score, share found in links.json."""
    sys.path.insert(0, str(corpus.parent))
    score_links = importlib.import_module("score_links")
    docs = score_links.load(corpus / "truth", pdfs, pred)
    places = score_links.Places(docs)
    known = json.loads((corpus / "links.json").read_text(encoding="utf-8"))["links"]
    good = {(link["type"], places.of_truth(link["from"]), places.of_truth(link["to"])) for link in known}
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for link in links:
        ends = places.of_pred(link["from"]), places.of_pred(link["to"])
        if all(end and -1 not in end for end in ends):
            bins[min(BINS - 1, int(link["score"] * BINS))].append(
                (link["score"], (link["type"], *ends) in good)
            )
    total = sum(map(len, bins))
    error = 0.0
    for number, some in enumerate(bins):
        if some:
            said = sum(score for score, _ in some) / len(some)
            true = sum(right for _, right in some) / len(some)
            error += len(some) / total * abs(said - true)
            print(f"  score {number / BINS:.1f}: {len(some):4d} links, said {said:.3f}, right {true:.3f}")
    return error


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("pdfs", type=Path)
    ask.add_argument("--pred", type=Path)
    ask.add_argument("--out", type=Path, default=Path("build/links"))
    given = ask.parse_args()
    codec = Codec()
    registry = read_sources(packaged_sources()).registry
    read_now = [settled(one, registry) for one in read(given.corpus, given.pdfs, given.pred, codec)]
    names = {hashlib.sha256(pdf.read_bytes()).hexdigest(): pdf.stem for pdf in given.pdfs.glob("*.pdf")}
    naming = Naming(registry)
    papers = [
        paper(one, guess(registry, [names.get(one.document.sha256)]), seen=None, naming=naming)
        for one in read_now
    ]
    derived = derive(papers, registry)
    given.out.mkdir(parents=True, exist_ok=True)
    pred = given.pred or given.out / "extract.jsonl"
    if given.pred is None:
        pred.write_text("".join(codec.dumps(one) + "\n" for one in read_now), encoding="utf-8")
    paths = {}
    for what, lines in (("links", derived.links), ("events", derived.events)):
        paths[what] = given.out / f"{what}.jsonl"
        paths[what].write_text("".join(codec.dumps(line.plain()) + "\n" for line in lines), encoding="utf-8")
    subprocess.run(
        [
            sys.executable, str(given.corpus.parent / "score_links.py"), "--truth", str(given.corpus / "truth"),
            "--pdfs", str(given.pdfs), "--links", str(given.corpus / "links.json"), "--pred", str(pred),
            "--pred-links", str(paths["links"]), "--pred-events", str(paths["events"]),
        ],
        check=True,
    )  # fmt: skip
    error = calibration([codec.plain(link.plain()) for link in derived.links], given.corpus, given.pdfs, pred)
    print(f"expected calibration error {error:.3f}")


if __name__ == "__main__":
    main()
