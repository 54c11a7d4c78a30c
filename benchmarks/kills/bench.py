"""Kills `maalspor ingest` of the whole demo at random moments, lets it end, and compares every export byte for byte.

Usage: python benchmarks/kills/bench.py DIR [KILLS [SEED]]. DIR must be empty or hold an earlier run's archive.
"""

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

MAALSPOR = [sys.executable, "-m", "maalspor"]
EXPORTS = ("goals", "results", "plans")
FIRST_SECONDS = 0.3
"""The interpreter starts; a kill before that meets no ingest at all."""


def maalspor(folder: Path, *arguments: str) -> bytes:
    """Run a command to its end; its output. A document that could not be read (the truncated one) is code 5."""
    done = subprocess.run([*MAALSPOR, *arguments], cwd=folder, capture_output=True, check=False)
    if done.returncode not in (0, 5):
        sys.exit(done.stderr.decode())
    return done.stdout


def forget(folder: Path) -> None:
    """Delete everything but the archive."""
    for path in (folder / "data").iterdir():
        if path.name != "archive":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def exports(folder: Path) -> dict[str, bytes]:
    """Every export as bytes."""
    return {kind: maalspor(folder, "export", kind, "--format", "jsonl") for kind in EXPORTS}


def killed(folder: Path, after: float) -> bool:
    """Start ingest and kill it after so many seconds; whether it was still running."""
    child = subprocess.Popen([*MAALSPOR, "ingest"], cwd=folder, stderr=subprocess.DEVNULL)
    try:
        child.wait(after)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.wait()
        return True
    return False


def main() -> None:
    """Measure once; end with 1 if an export differs."""
    folder = Path(sys.argv[1]).resolve()
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 2026)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "data" / "archive").exists():
        maalspor(folder, "crawl", "demo")
    forget(folder)
    start = time.monotonic()
    maalspor(folder, "ingest")
    whole = time.monotonic() - start
    undisturbed = exports(folder)
    print(f"undisturbed: {whole:.1f} s, " + ", ".join(f"{k} {len(v)} bytes" for k, v in undisturbed.items()))
    forget(folder)
    for number in range(1, kills + 1):
        # On average all kills together take one whole run, so that they fall all over it.
        after = chance.uniform(FIRST_SECONDS, max(2 * whole / kills, 2 * FIRST_SECONDS))
        running = killed(folder, after)
        plans = len(maalspor(folder, "export", "plans").splitlines())
        print(
            f"kill {number}: after {after:.2f} s, {plans} plans read" + ("" if running else "; it was done")
        )
    maalspor(folder, "ingest")
    maalspor(folder, "index")
    maalspor(folder, "check")
    disturbed = exports(folder)
    differing = [kind for kind in EXPORTS if disturbed[kind] != undisturbed[kind]]
    print("archive, store and index agree; exports that differ: " + (", ".join(differing) or "none"))
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
