"""With CI=true a skip is a failure, unless it needs the shared folder beside the project."""

import os
import shutil
import subprocess

import hypothesis
import pytest

hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")
"""No test is timed: a busy machine is no fault of the code."""

ALLOWED = "needs ../shared"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure where nothing may be missing."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if ALLOWED not in reason:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped, which CI does not allow: {reason}"
    return report


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demo state in a folder of its own: read it, do not change it."""
    from demo_state import DemoState

    state = DemoState(tmp_path_factory.mktemp("demo"))
    yield state
    state.store.close()


@pytest.fixture(scope="session")
def tesseract():
    """Skips where Tesseract with Danish is not installed; .ci/run installs it."""
    program = shutil.which("tesseract")
    if program is None:
        pytest.skip("needs tesseract")
    said = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=True)
    if "dan" not in (said.stdout + said.stderr).split():
        pytest.skip("needs tesseract-ocr-dan")
