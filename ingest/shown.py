"""Boxes of pages that were turned to be read, back on the pages as displayed."""

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeVar

from ingest.pages.layout import Page
from ingest.records import Box, Quote

Record = TypeVar("Record")


def as_shown(record: Record, turned: Mapping[int, Page]) -> Record:
    """A record with every quote on one of these pages (by number) where the page as displayed has its words."""
    return _shown(record, turned)  # type: ignore[no-any-return]


def _shown(value: Any, turned: Mapping[int, Page]) -> Any:
    if isinstance(value, Quote):
        page = turned.get(value.page)
        return dataclasses.replace(value, box=page.shown(value.box)) if page else value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _shown(getattr(value, field.name), turned) for field in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **changed)
    if isinstance(value, tuple) and not isinstance(value, Box):
        return tuple(_shown(item, turned) for item in value)
    if isinstance(value, Mapping):
        return {key: _shown(item, turned) for key, item in value.items()}
    return value
