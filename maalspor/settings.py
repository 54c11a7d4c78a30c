"""Settings from option, environment and `maalspor.toml` into one frozen record; opens the seams.

The only module that reads the environment. An unknown key stops the program.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path

from crawler.agencies import Sources, read_sources
from crawler.archive import Archive, open_archive
from crawler.errors import SettingsError
from ingest.executor import Executor, open_executor
from ingest.images import PageImages
from ingest.store import Store, open_store

FILE = "maalspor.toml"
PREFIX = "MAALSPOR_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every key has a default. Precedence: option, environment (`MAALSPOR_ARCHIVE` …), file, default."""

    archive: str = "data/archive"
    """Folder of the kept PDFs and notes: the only precious one."""
    store: str = "sqlite:///data/maalspor.db"
    """Where records are kept."""
    index: str = "whoosh:data/index"
    """Where the search index lies."""
    executor: str = "processes:2"
    """How many documents are read at once: `serial:` or `processes:N`."""
    images: str = "data/images"
    """Folder of page images; may be deleted at any time."""
    sources: str = ""
    """Folder of sources and registry instead of the packaged one."""
    port: str = "8000"
    """Port that `serve` and `run` answer on, 127.0.0.1 only; 0 takes a free one."""


def read_settings(
    folder: Path, environment: Mapping[str, str], options: Mapping[str, str | None]
) -> Settings:
    """Put the settings together. Raises SettingsError naming the key and where it stands."""
    known = {field.name for field in fields(Settings)}
    values: dict[str, str] = {}
    path = folder / FILE
    if path.exists():
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{path} is not TOML: {error}.") from error
        for key, value in data.items():
            if key not in known:
                raise SettingsError(f"{path} has an unknown key {key!r}; known: {', '.join(sorted(known))}.")
            if not isinstance(value, str | int) or isinstance(value, bool):
                raise SettingsError(f"{path}: {key} must be text, not {value!r}.")
            values[key] = str(value)
    for name, value in environment.items():
        key = name.removeprefix(PREFIX).lower()
        if name.startswith(PREFIX):
            if key not in known:
                raise SettingsError(
                    f"{name} is not a setting; known: {', '.join(PREFIX + k.upper() for k in sorted(known))}."
                )
            values[key] = value
    values |= {key: value for key, value in options.items() if value is not None}
    settings = Settings(**values)
    if not settings.port.isdigit() or int(settings.port) > 65535:
        raise SettingsError(f"port = {settings.port!r} is no port: give a number from 0 to 65535.")
    return settings


def settings_here(options: Mapping[str, str | None]) -> Settings:
    """The settings of the working folder and this process."""
    return read_settings(Path.cwd(), os.environ, options)


def packaged_sources() -> Path:
    """The folder of sources that ships with Målspor."""
    return Path(str(resources.files("crawler"))) / "ministries"


def sources_of(settings: Settings) -> Sources:
    """Registry and sources of the folder in the settings. Raises SourcesError."""
    return read_sources(Path(settings.sources) if settings.sources else packaged_sources())


def archive_of(settings: Settings) -> Archive:
    """The archive of the settings."""
    return open_archive(settings.archive)


def store_of(settings: Settings) -> Store:
    """The store of the settings; its folder is made."""
    path = settings.store.removeprefix("sqlite:///")
    if path != settings.store and path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    return open_store(settings.store)


def executor_of(settings: Settings) -> Executor:
    """The executor of the settings."""
    return open_executor(settings.executor)


def images_of(settings: Settings, archive: Archive) -> PageImages:
    """The page images of the settings."""
    return PageImages(Path(settings.images), archive.read)
