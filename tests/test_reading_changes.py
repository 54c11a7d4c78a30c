"""What differs between two outputs of `extract`: `maalspor compare-readings`."""

import copy
import json
import subprocess
import sys

import pytest

from ingest.reading_changes import compare_readings


def target(text, value):
    """A target of a reading."""
    return {
        "text": text,
        "comparator": "at_least",
        "value": value,
        "unit": "percent",
        "deadline": None,
        "quotes": [],
    }


def goal(key, title, *, parent=None, targets=()):
    """A goal of a reading."""
    quotes = [{"page": 1, "box": [70, 80, 200, 92]}]
    weight = {"value": 15, "unit": "percent", "quotes": quotes}
    return {
        "key": key, "title": title, "text": "", "agency": None, "parent": parent, "weight": weight,
        "targets": list(targets), "quotes": quotes, "field_quotes": {"title": quotes},
    }  # fmt: skip


def reading(*goals, **fields):
    """A reading of one document."""
    return {
        "document": {"sha256": "a" * 64, "pages": 4},
        "title": "Mål- og resultatplan 2019",
        "mission": None,
        "goals": list(goals),
        "results": [],
        "findings": [],
        **fields,
    }


def changes(before, after):
    """The changes between two readings of a document, as (kind, place, field, before, after)."""
    found = compare_readings({"a" * 64: before}, {"a" * 64: after})
    return [(one.kind, one.place, one.field, one.before, one.after) for one in found.changes]


BEFORE = reading(
    goal("1", "Tilsyn", targets=[target("mindst 95 pct.", 95)]),
    goal("1.1", "Syn af diger", parent=0),
    goal("2", "Drift"),
)


def test_equal_readings_have_no_changes():
    """A reading differs from itself in nothing."""
    assert changes(BEFORE, copy.deepcopy(BEFORE)) == []


def test_a_field_is_named_with_both_values():
    """A changed weight, a mission that was found and a target read otherwise are named where they stand."""
    after = copy.deepcopy(BEFORE) | {"mission": {"text": "Digerne holder.", "quotes": []}}
    after["goals"][2]["weight"]["value"] = 20
    after["goals"][0]["targets"][0]["value"] = 96
    assert changes(BEFORE, after) == [
        ("added", "", "mission", None, {"text": "Digerne holder.", "quotes": []}),
        ("changed", "goal 1 Tilsyn, target mindst 95 pct.", "goals.targets.value", 95, 96),
        ("changed", "goal 2 Drift", "goals.weight.value", 15, 20),
    ]


def test_goals_are_matched_by_title_then_key():
    """A goal with another number is the same by its title, one with another title by its number; order is nothing."""
    after = reading(goal("2", "Driften"), goal("1", "Tilsyn", targets=[target("mindst 95 pct.", 95)]))
    after["goals"].append(goal("3", "Syn af diger", parent=1))
    assert changes(BEFORE, after) == [
        ("changed", "goal 1.1 Syn af diger", "goals.key", "1.1", "3"),
        ("changed", "goal 2 Drift", "goals.title", "Drift", "Driften"),
    ]


def test_a_goal_more_is_one_change():
    """A goal that is there in one reading alone is one change, and moves no parent of the others."""
    new = goal(None, "Ny")
    after = copy.deepcopy(BEFORE)
    after["goals"].insert(0, new)
    after["goals"][2]["parent"] = 1
    assert changes(BEFORE, after) == [("added", "goal Ny", "goals", None, {**new, "parent": None})]
    assert [(kind, field) for kind, _, field, _, _ in changes(after, BEFORE)] == [("removed", "goals")]


def test_results_are_matched_and_findings_too():
    """Results are the same by key and title, findings by code and page."""
    result = {"goal_key": "1", "goal_title": "Tilsyn", "agency": None, "status": "met", "quotes": []}
    before = reading(
        results=[result], findings=[{"code": "not_signed", "level": "info", "message": "a", "page": 2}]
    )
    after = reading(results=[result | {"status": "partly_met"}])
    assert [change[:3] for change in changes(before, after)] == [
        ("changed", "result 1 Tilsyn", "results.status"),
        ("removed", "finding not_signed", "findings"),
    ]


def run(folder, before, after, *options, code):
    """Write two outputs, compare them with the command; its standard output and error."""
    for name, lines in (("before.jsonl", before), ("after.jsonl", after)):
        text = lines if isinstance(lines, str) else "".join(json.dumps(one) + "\n" for one in lines)
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "maalspor", "compare-readings", "before.jsonl", "after.jsonl", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout, done.stderr


def test_the_command_tells_and_counts(tmp_path):
    """Equal outputs end with 0; others are told a line a change, counted by field, and end with 10."""
    assert run(tmp_path, [BEFORE], [BEFORE], code=0)[0] == ""
    after = copy.deepcopy(BEFORE)
    after["goals"][2]["weight"]["value"] = 20
    other = reading(document={"sha256": "b" * 64})
    said, _ = run(tmp_path, [BEFORE], [after, other], code=10)
    lines = [" ".join(line.split()) for line in said.splitlines() if line]
    assert lines == [
        f"{'a' * 16} Mål- og resultatplan 2019",
        "changed goal 2 Drift: goals.weight.value: 15 → 20",
        f"{'b' * 16} only in the second",
        "field added removed changed",
        "goals.weight.value 0 0 1",
    ]
    found = json.loads(run(tmp_path, [BEFORE], [after, other], "--json", code=10)[0])
    assert (found["compared"], found["differing"], found["only_after"]) == (1, 1, ["b" * 64])
    assert found["changes"][0]["after"] == 20
    assert found["fields"] == {"goals.weight.value": {"changed": 1}}


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"document": {"sha256": 1}}'])
def test_what_is_no_output_is_named(tmp_path, line):
    """A file that `extract` did not print ends the command with 2, naming file and line."""
    _, said = run(tmp_path, [BEFORE], json.dumps(BEFORE) + "\n" + line, code=2)
    assert said.startswith("maalspor: after.jsonl, line 2 ")
    assert said.count("\n") == 1
