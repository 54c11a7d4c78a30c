"""Bombs, loops, lies and locks: each ends in the state of the table, and costs only itself.

They exhaust time and memory by design, and are opened nowhere but in a child with limits.
"""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.read_one import Limits
from ingest.store import open_store

ROOT = Path(__file__).parents[1]
SYNTHETIC = ROOT.parent / "shared" / "real" / "robustness" / "synthetic"
LIMITS = Limits(silence_seconds=20, total_seconds=40)
PARENT_BYTES = 200 << 20

STATES = {
    "count_lies_2147483647.pdf": "read",
    "danish_encrypted_owner_only_aes256.pdf": "read",
    "danish_encrypted_rc4_40.pdf": "encrypted",
    "danish_encrypted_user_pw_aes256.pdf": "encrypted",
    "danish_junk_before_header.pdf": "read",
    "danish_truncated_half.pdf": "broken",
    "deep_array_200000.pdf": "read",
    "empty.pdf": "empty",
    "flate_bomb_256MiB_spaces.pdf": "read",
    "flate_double_bomb_1GiB.pdf": "memory",
    "form_xobject_exponential_2_29.pdf": "memory",
    "form_xobject_loop.pdf": "memory",
    "html_error_page_named.pdf": "not_pdf",
    "mediabox_1e9.pdf": "read",
    "only_header.pdf": "broken",
    "outline_loop.pdf": "read",
    "page_tree_loop.pdf": "broken",
    "pages_100000_shared.pdf": "read",
    "ruled_lines_120000.pdf": "read",
    "text_bomb_5M_glyphs_one_page.pdf": "read",
}

INGEST = """
import json, sys, time
from pathlib import Path
from crawler.added import add_files
from crawler.agencies import read_sources
from crawler.archive import open_archive
from ingest.executor import open_executor
from ingest.images import PageImages
from ingest.read_one import Limits
from ingest.run import ingest
from ingest.store import open_store
from maalspor.settings import packaged_sources

folder, limits, files = Path(sys.argv[1]), json.loads(sys.argv[2]), map(Path, sys.argv[3:])
registry = read_sources(packaged_sources()).registry
archive = open_archive(str(folder / "archive"))
add_files(archive, list(files), registry)
moments = [time.monotonic()]
ingest(
    archive,
    open_store(f"sqlite:///{folder}/maalspor.db"),
    PageImages(folder / "images", archive.read),
    open_executor("serial:"),
    registry=registry,
    limits=Limits(**limits),
    progress=lambda done, total: moments.append(time.monotonic()),
)
order = [stored.sha256 for stored in archive.documents()]
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({
    "seconds": dict(zip(order, (after - before for before, after in zip(moments, moments[1:])))),
    "peak_bytes": int(peak.split()[1]) << 10,
}))
"""
"""Ingest one after another, in a process whose own memory can be told from its children's."""


def sha(name):
    """The hash of a hostile file."""
    return hashlib.sha256((SYNTHETIC / name).read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    """All of them ingested: each document by its hash, its seconds, and the parent's peak."""
    if not SYNTHETIC.exists():
        pytest.skip("needs ../shared/real/robustness")
    folder = tmp_path_factory.mktemp("hostile")
    limits = {"silence_seconds": LIMITS.silence_seconds, "total_seconds": LIMITS.total_seconds}
    files = [str(path) for path in sorted(SYNTHETIC.iterdir())]
    done = subprocess.run(
        [sys.executable, "-c", INGEST, str(folder), json.dumps(limits), *files],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    store = open_store(f"sqlite:///{folder}/maalspor.db")
    found = {extraction.document.sha256: extraction for extraction in store.extractions()}
    store.close()
    return {**json.loads(done.stdout), "found": found}


@pytest.mark.parametrize("name", STATES)
def test_hostile_files_end_in_a_named_state(ingested, name):
    """Each file ends in the state of the table, without a goal, within its limit and two seconds."""
    extraction = ingested["found"][sha(name)]
    assert extraction.document.state == STATES[name]
    assert extraction.goals == ()
    assert ingested["seconds"][sha(name)] <= LIMITS.total_seconds + 2


def test_every_hostile_file_has_its_row(ingested):
    """No file of the folder is left out of the table."""
    assert len(ingested["found"]) == len(STATES) == len(list(SYNTHETIC.iterdir()))


def test_the_parent_stays_small(ingested):
    """Whatever the files do to their children, the process that ingests them needs at most 200 MB."""
    assert ingested["peak_bytes"] <= PARENT_BYTES
