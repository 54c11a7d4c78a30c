"""Opens the engine that a URL names."""

from pathlib import Path

from crawler.errors import SettingsError
from search.engine import SearchEngine
from search.memory_engine import MemoryEngine
from search.whoosh_engine import WhooshEngine


def open_engine(url: str) -> SearchEngine:
    """`whoosh:DIR` or `memory:`. Raises SettingsError for anything else, naming what is there."""
    scheme, _, rest = url.partition(":")
    if scheme == "whoosh" and rest:
        return WhooshEngine(Path(rest))
    if url == "memory:":
        return MemoryEngine()
    raise SettingsError(f"index = {url!r} is not available; what is there: whoosh:DIR, memory:.")
