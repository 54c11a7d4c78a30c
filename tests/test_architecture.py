"""The design holds: imports run one way, libraries have one home, nothing grows without bound."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("crawler", "ingest", "search", "web", "maalspor")
LONGEST_FUNCTION = 60
LONGEST_MODULE = 400
ALLOWED: dict[str, str] = {}
"""Places over a bound, each with its reason."""

FAULTS = {
    "direction": ("crawler/codec.py", "import ingest.records", "Imports run one way"),
    "circle": ("ingest/records.py", "import ingest.store", "No circles inside a package"),
    "pdf in the web": ("web/app.py", "import pypdfium2", "No PDF library in parent or web"),
    "reader in the parent": ("ingest/run.py", "import ingest.extract", "No PDF library in parent or web"),
    "pdf outside pages": ("ingest/join.py", "import pdfplumber", "PDF libraries live in ingest.pages"),
    "pdf where lines are read": (
        "ingest/printed_lines.py",
        "import ingest.pages.opened",
        "No PDF library where lines are read",
    ),
    "scrapy": ("crawler/archive.py", "import scrapy", "Scrapy lives in the crawling process"),
    "pillow": ("web/files.py", "import PIL", "Pillow lives in the page images"),
    "sqlalchemy": ("search/run.py", "import sqlalchemy", "SQLAlchemy lives in the store"),
    "fsspec": ("ingest/images.py", "import fsspec", "fsspec lives in the archive"),
    "whoosh": ("search/words.py", "import whoosh", "Whoosh and NumPy live in their engine"),
    "scipy": ("ingest/links/find.py", "import scipy", "SciPy lives in the linker's matrices"),
    "flask": ("maalspor/settings.py", "import flask", "Flask lives in web"),
    "cattrs": ("ingest/store.py", "import cattrs", "cattrs lives in the codec"),
    "click": ("search/query.py", "import click", "click lives in the front door"),
}


def modules():
    """Every module of the project."""
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The project's code in another folder, where faults may be planted."""
    folder = tmp_path_factory.mktemp("copy")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            folder / package,
            ignore=shutil.ignore_patterns("__pycache__", "*.pdf", "site*", "static", "*.webp"),
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder):
    """Run the import contracts on the code in a folder; the exit code and what was said."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(copy, fault):
    """Each import contract catches the fault that it is there for, by its name."""
    name, line, contract = FAULTS[fault]
    path = copy / name
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(before + f"\n{line}\n", encoding="utf-8")
        code, said = lint(copy)
    finally:
        path.write_text(before, encoding="utf-8")
    assert code == 1, said
    assert f"{contract} BROKEN" in said


def test_functions_and_modules_stay_small():
    """No function is over 60 lines and no module over 400, unless listed with a reason."""
    found = []
    for path in modules():
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > LONGEST_MODULE:
            found.append(name)
        found += [
            f"{name}:{node.name}"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
        ]
    assert sorted(set(found) - set(ALLOWED)) == []


def test_every_module_says_what_it_makes():
    """Every module opens with a docstring."""
    assert [
        str(path) for path in modules() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ] == []


def test_the_packages_are_ours():
    """The five top-level names are this project's and nobody else's."""
    for package in PACKAGES:
        found = __import__(package).__file__
        assert found is not None
        assert Path(found).parents[1] == ROOT
