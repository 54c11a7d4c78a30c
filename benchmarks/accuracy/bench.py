"""Accuracy of the reader on a corpus with truth: Markdown tables by field and by layout family, scans apart.

`PYTHONPATH=. python benchmarks/accuracy/bench.py TRUTH PDFS [--pred extract.jsonl] [--scorer ../shared/score.py]` reads the PDFs
(or takes what `maalspor extract` printed), has them scored by the record contract's scorer, and prints what it measured.
"""

import argparse
import importlib.util
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from crawler.codec import Codec
from ingest.executor import open_executor
from ingest.read_one import Limits, read_one

ROOT = Path(__file__).parents[2]
HEADLINE = {
    "goals_f1": "goals F1",
    "targets_f1": "targets F1",
    "results_f1": "results F1",
    "status_acc": "verdicts right",
    "proof_acc": "proof right",
    "doc_acc": "document facts",
}
FIELDS = {
    "Document": (
        "doc.kind doc.genre doc.period doc.agencies docx.title docx.ministry docx.frame signatures mission.present mission.text "
        "vision.present vision.text strategic_picture.present strategic_picture.text follow_up.present follow_up.text "
        "ministry_mission.present ministry_mission.text ministry_vision.present ministry_vision.text"
    ),
    "Goals": (
        "goals goal.title goal.key goal.parent goal.weight goal.weight_where_printed goal.shared goal.binding goal.agency goal.group "
        "text.recovered text.foreign"
    ),
    "Targets": "targets deadlines baselines target.period target.degree target.text",
    "Results": (
        "results result.key result.status result.score result.actual result.actual_printed result.target_printed result.section "
        "result.agency explanation.recovered explanation.foreign"
    ),
    "Proof": (
        "proof.goal.page proof.goal.box proof.target.page proof.target.box proof.result.page proof.result.box proof.explanation.page "
        "proof.explanation.box proof.narrative.page proof.narrative.box proof.all"
    ),
}
"""The scorer's measures; those with precision and recall are given as F1."""

Document = tuple[str, dict[str, Any], Path, dict[str, Any] | None]


def scorer(path: Path) -> Any:
    """The record contract's scorer as a module; ends the program with a sentence where it is not there."""
    if not path.is_file():
        sys.exit(f"{path} is not there: name the scorer with --scorer.")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(pdfs: list[Path], out: Path) -> None:
    """Read documents with two children at a time; one record object a line."""
    codec = Codec()
    with out.open("w", encoding="utf-8") as lines:
        found = open_executor("processes:2").each(lambda path: read_one(path.read_bytes(), Limits()), pdfs)
        for number, (_, extraction) in enumerate(found, 1):
            print(f"{number} of {len(pdfs)} read", file=sys.stderr, end="\r")
            lines.write(codec.dumps(extraction) + "\n")


def number(value: float | None, interval: tuple[float, float] | None = None) -> str:
    """Three decimals, and the interval in brackets; a dash where nothing was to be measured."""
    if value is None:
        return "–"
    return f"{value:.3f}" + (f" [{interval[0]:.3f}, {interval[1]:.3f}]" if interval else "")


def print_headline(report: dict[str, Any]) -> None:
    """The six headline measures with 95 % intervals."""
    print("| measure | value [95 % interval over documents] |\n| --- | --- |")
    for key, name in HEADLINE.items():
        print(f"| {name} | {number(report['headline'][key], report['interval95'].get(key))} |")


def field_row(name: str, one: dict[str, Any] | None) -> str | None:
    """A measure's row; None where there was nothing to measure."""
    if one is None:
        return None
    if "f1" not in one:
        return (
            f"| {name} | {number(one['value'])} | {one['denominator']:.0f} |" if one["denominator"] else None
        )
    if not one["tp"] + one["fp"] + one["fn"]:
        return None
    return f"| {name} F1 | {number(one['f1'])} | {one['tp']:.0f} found, {one['fp']:.0f} invented, {one['fn']:.0f} missed |"


def print_fields(measures: dict[str, Any]) -> None:
    """Every field that there was something to measure of, and how much."""
    print("\n| field | value | of |\n| --- | --- | --- |")
    for part, names in FIELDS.items():
        rows = [row for name in names.split() if (row := field_row(name, measures.get(name)))]
        if rows:
            print(f"| **{part}** | | |", *rows, sep="\n")


def print_families(score: Any, documents: list[Document], boot: int) -> None:
    """The headline measures of each layout family; families of one document have no interval."""
    families: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        families[score.bykey(document[1], "family")].append(document)
    names = list(HEADLINE.items())
    print("\n| family | documents | " + " | ".join(name for _, name in names) + " |")
    print("| --- |" + " --- |" * (len(names) + 1))
    for family, some in sorted(families.items()):
        report, _ = score.run(some, boot=boot, out=lambda _: None)
        intervals = report["interval95"] if len(some) > 1 else {}
        cells = [number(report["headline"][key], intervals.get(key)) for key, _ in names]
        print(f"| {family} | {len(some)} | " + " | ".join(cells) + " |")


def main() -> None:
    """Read or take the records, score them, print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("truth", type=Path)
    parser.add_argument("pdfs", type=Path)
    parser.add_argument("--pred", type=Path)
    parser.add_argument("--scorer", type=Path, default=ROOT.parent / "shared" / "score.py")
    parser.add_argument("--boot", type=int, default=1000)
    options = parser.parse_args()
    score = scorer(options.scorer)
    with tempfile.TemporaryDirectory() as folder:
        pred = options.pred
        if pred is None:
            pred = Path(folder) / "extract.jsonl"
            named = [options.pdfs / f"{path.stem}.pdf" for path in sorted(options.truth.glob("*.json"))]
            read([path for path in named if path.is_file()], pred)
        documents: list[Document] = score.load(options.truth, options.pdfs, pred)
    scans = [one for one in documents if one[1]["document"]["text_layer"] == "ocr"]
    for name, some in (("Born-digital", [one for one in documents if one not in scans]), ("Scanned", scans)):
        if not some:
            continue
        report, _ = score.run(some, boot=options.boot, out=lambda _: None)
        print(f"\n### {name}, {len(some)} documents\n")
        print_headline(report)
        print_fields(report["born_digital"] or report["scanned"]["measures"])
        print_families(score, some, options.boot)


if __name__ == "__main__":
    main()
