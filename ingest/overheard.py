"""What the stages of reading make, overheard where ingest.reading calls them: nothing told can differ from what was read."""

import copy
from collections.abc import Callable
from typing import Any

STAGES = (
    "with_unruled",
    "learn",
    "outline",
    "choose_goals",
    "find_headed",
    "find_goal_tables",
    "find_result_tables",
    "find_answers",
)
"""The functions of ingest.reading that are overheard, in the order in which it calls them."""


class Overheard:
    """What each stage was given first, and what it made of it, call by call."""

    def __init__(self) -> None:
        self.calls: dict[str, list[tuple[Any, Any]]] = {}

    def listen(self, module: Any) -> None:
        """Put a listener around each stage of a module. Raises AttributeError where it has no such stage."""
        for name in STAGES:
            setattr(module, name, self._around(name, getattr(module, name)))

    def _around(self, name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def heard(*given: Any, **named: Any) -> Any:
            made = stage(*given, **named)
            # Joining changes candidates in place; as they were found is what is told.
            kept = copy.deepcopy(made) if name.startswith("find_") else made
            self.calls.setdefault(name, []).append((given[0], kept))
            return made

        return heard

    def made(self, name: str) -> Any:
        """What a stage made when it was called last; None where it was not."""
        return self.calls[name][-1][1] if name in self.calls else None
