"""What differs between two readings of the same documents, field by field: two outputs of `extract`, as plain data.

Plain data, not records: the two may come from readers whose records have other fields.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

LONGEST_NAME = 80
"""Letters of what an item is called."""

Data = Mapping[str, Any]
Identity = Callable[[Data], object]
"""What two items must have alike to be the same thing; None where an item has nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. A whole goal, result or target that is there in one reading alone is one change."""

    document: str
    """SHA-256."""
    place: str
    """What it belongs to, such as "goal 1.1 Title, target 2"; empty for the document itself."""
    field: str
    """Names from the outside in, without positions: `goals.weight.value`; `goals` for a whole goal."""
    kind: Literal["added", "removed", "changed"]
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChanges:
    """Two readings compared: documents of both, SHA-256s of those in one alone, changes in the order of `before`."""

    compared: int
    differing: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def equal(self) -> bool:
        """Whether nothing differs, documents included."""
        return not (self.changes or self.only_before or self.only_after)

    def fields(self) -> dict[str, Counter[str]]:
        """How many were added, removed and changed of each field, by name."""
        counted: dict[str, Counter[str]] = {}
        for change in self.changes:
            counted.setdefault(change.field, Counter())[change.kind] += 1
        return dict(sorted(counted.items()))


def compare_readings(before: Mapping[str, Data], after: Mapping[str, Data]) -> ReadingChanges:
    """Compare two outputs of `extract`, each by SHA-256."""
    both = [sha256 for sha256 in before if sha256 in after]
    changes: list[Change] = []
    for sha256 in both:
        walk = _Walk(sha256)
        walk.compare(_settled(before[sha256]), _settled(after[sha256]), "", "")
        changes += walk.changes
    return ReadingChanges(
        compared=len(both),
        differing=len({change.document for change in changes}),
        only_before=tuple(sha256 for sha256 in before if sha256 not in after),
        only_after=tuple(sha256 for sha256 in after if sha256 not in before),
        changes=tuple(changes),
    )


def _settled(reading: Data) -> Data:
    """A reading whose goals name their parents: as positions they all move when one goal is added."""
    goals: Any = reading.get("goals")
    if not _is_items(goals):
        return reading
    named = [{**goal, "parent": _parent(goal, goals)} for goal in goals]
    return {**reading, "goals": named}


def _is_items(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _parent(goal: Data, goals: Sequence[Data]) -> str | None:
    at = goal.get("parent")
    return _name(goals[at]) if isinstance(at, int) and 0 <= at < len(goals) else None


def _name(item: Data) -> str:
    """What a person calls an item: its number and title, else its code, its name or its words."""
    titled = [item.get(field) for field in ("key", "goal_key", "title", "goal_title")]
    others = [item.get(field) for field in ("code", "name_printed", "name", "text")]
    words = [str(word) for word in titled if word] or [str(word) for word in others if word][:1]
    return " ".join(words)[:LONGEST_NAME]


def _by(*fields: str) -> Identity:
    def identity(item: Data) -> object:
        values = tuple(str(item.get(field)).casefold() for field in fields)
        return values if any(item.get(field) is not None for field in fields) else None

    return identity


ITEMS: Mapping[str, tuple[str, tuple[Identity, ...]]] = {
    "goals": ("goal", (_by("key", "title", "agency"), _by("title"), _by("key", "agency"))),
    "results": (
        "result",
        (_by("goal_key", "goal_title", "agency"), _by("goal_title", "agency"), _by("goal_key", "agency")),
    ),
    "targets": ("target", (_by("text"), _by("comparator", "value", "unit", "deadline"))),
    "findings": ("finding", (_by("code", "page", "message"), _by("code", "page"), _by("code"))),
    "agencies": ("agency", (_by("name_printed"),)),
    "signatures": ("signature", (_by("name"), _by("role"), _by("date"))),
}
"""Lists of things: what one of them is called, and by what two are the same, the surest first."""


def paired(before: Sequence[Data], after: Sequence[Data], by: Iterable[Identity]) -> dict[int, int]:
    """Positions in `before` with the same thing's in `after`; each stands once, the first of equals with the first."""
    found: dict[int, int] = {}
    for identity in by:
        left: dict[object, list[int]] = {}
        for at, item in enumerate(after):
            if at not in found.values() and (said := identity(item)) is not None:
                left.setdefault(said, []).append(at)
        for at, item in enumerate(before):
            said = identity(item)
            if at not in found and said is not None and left.get(said):
                found[at] = left[said].pop(0)
    return found


class _Walk:
    """Goes through two readings of a document side by side, and notes each difference."""

    def __init__(self, document: str) -> None:
        self.changes: list[Change] = []
        self._document = document

    def compare(self, before: Any, after: Any, place: str, field: str) -> None:
        """Note what differs between two values of a field."""
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            for key in dict.fromkeys((*before, *after)):
                self.compare(before.get(key), after.get(key), place, f"{field}.{key}" if field else key)
        elif field.rpartition(".")[2] in ITEMS and _is_items(before) and _is_items(after):
            self._items(before, after, place, field)
        elif before != after:
            self._note(before, after, place, field)

    def _items(self, before: list[Data], after: list[Data], place: str, field: str) -> None:
        called, by = ITEMS[field.rpartition(".")[2]]
        pairs = paired(before, after, by)

        def named(item: Data) -> str:
            return f"{place}, {called} {_name(item)}".removeprefix(", ")

        for at, item in enumerate(before):
            if at in pairs:
                self.compare(item, after[pairs[at]], named(item), field)
            else:
                self._note(item, None, named(item), field)
        for at, item in enumerate(after):
            if at not in pairs.values():
                self._note(None, item, named(item), field)

    def _note(self, before: Any, after: Any, place: str, field: str) -> None:
        kind: Literal["added", "removed", "changed"] = (
            "added" if before in (None, [], {}) else "removed" if after in (None, [], {}) else "changed"
        )
        self.changes.append(
            Change(document=self._document, place=place, field=field, kind=kind, before=before, after=after)
        )
