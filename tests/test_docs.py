"""The manual cannot rot: what is documented exists, and what exists is documented."""

import dataclasses
import re
import typing
from pathlib import Path

import click
import pytest

from crawler import errors
from crawler.records import ProblemName
from ingest import records
from maalspor.__main__ import cli
from maalspor.settings import Settings

ROOT = Path(__file__).parents[1]
MANUAL = (ROOT / "docs" / "manual.md").read_text(encoding="utf-8")
RECORDS = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")


def commands(group=cli, before=""):
    """Every command with its words, groups opened."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield before + name, command


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_in_the_manual(name):
    """Every command has its line in the manual, with each of its options."""
    row = re.search(rf"^\| `{re.escape(name)}\b.*$", MANUAL, re.MULTILINE)
    assert row, f"docs/manual.md lacks `{name}`"
    for option in dict(commands())[name].params:
        if isinstance(option, click.Option):
            assert option.opts[0] in row.group(), f"{name} lacks {option.opts[0]}"


def test_the_manual_names_no_other_commands():
    """Every command that the manual lists exists."""
    listed = re.findall(
        r"^\| `([a-z-]+(?: [a-z]+)?)[^`|]*` \|",
        MANUAL.split("## Commands")[1].split("\n## ")[0],
        re.MULTILINE,
    )
    assert set(listed) == {name for name, _ in commands()}


def test_every_setting_is_in_the_manual():
    """Every setting and its default stand in the manual, and no other."""
    listed = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", MANUAL.split("## Settings")[1], re.MULTILINE))
    assert listed == {field.name: field.default or '""' for field in dataclasses.fields(Settings)}


def test_every_exit_code_is_in_the_manual():
    """Every exit code of the error family stands in the manual's table."""
    family = [errors.MaalsporError, *errors.MaalsporError.__subclasses__()]
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", MANUAL, re.MULTILINE)}
    assert {error.exit_code for error in family} | {0, 130} == listed


def test_every_problem_of_a_crawl_is_in_the_manual():
    """Every problem that a note may name stands in the manual's table, and no other."""
    listed = re.findall(r"^\| `(\w+)` \|", MANUAL.split("## Problems")[1].split("\n## ")[0], re.MULTILINE)
    assert sorted(listed) == sorted(typing.get_args(ProblemName))


def test_every_record_field_is_documented():
    """Every field of every record that `extract` prints is named in docs/records.md."""
    printed = [
        records.Extraction, records.DocumentFacts, records.AgencyPrinted, records.Signature, records.Passage,
        records.Goal, records.Weight, records.Target, records.Baseline, records.Result, records.Score,
        records.Fulfilment, records.Finding, records.Quote,
    ]  # fmt: skip
    missing = [
        f"{record.__name__}.{field.name}"
        for record in printed
        for field in dataclasses.fields(record)
        if f"`{field.name}`" not in RECORDS and f'"{field.name}"' not in RECORDS
    ]
    assert set(missing) <= {"Extraction.pages"}


def test_the_project_speaks_of_itself_alone():
    """No file names a folder outside the project or a host of packages."""
    words = re.compile(r"/w" r"ork/|py" r"pi\.org|registry\.np" r"mjs|files\.python" r"hosted")
    found = []
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if (
            path.is_file()
            and not parts[0].startswith(".")
            and path.suffix in {".py", ".md", ".toml", ".txt", ".in"}
            and parts[0] != "data"
            and words.search(path.read_text(encoding="utf-8"))
        ):
            found.append(path)
    assert found == []
