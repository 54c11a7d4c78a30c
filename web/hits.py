"""Search hits as cards: the record behind each, what its report says of it, and a crop of the place."""

from dataclasses import dataclass

from ingest.records import Goal, Result
from ingest.store_tables import DocumentRow
from search.query import Hit
from web.answers import Answer, answer_to
from web.sheets import Crop, crop, goal_place, result_place
from web.site import site


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A hit and what is shown beside its words; what there is no data for is None."""

    hit: Hit
    path: str
    row: DocumentRow
    goal: Goal | None
    result: Result | None
    said: Answer | None
    crop: Crop | None


def card(hit: Hit) -> Card | None:
    """The card of a hit; None for one whose document the store no longer has."""
    store = site().store
    row = store.document(hit.document)
    if row is None:
        return None
    goal = result = said = place = None
    path = f"document/{hit.document}" + (f"/page/{hit.page}" if hit.page else "")
    if hit.kind == "goal" and (found := store.goal(hit.id)):
        goal, path = found.goal, f"goal/{hit.id}"
        said = answer_to(found)
        place = crop(row, goal_place(goal))
    elif hit.kind == "result" and (row_of := store.result(hit.id)):
        result, path = row_of.result, f"result/{hit.id}"
        place = crop(row, result_place(result))
    elif hit.kind == "picture":
        extraction = store.extraction(row.id)
        passage = getattr(extraction, hit.id.partition("/")[2], None)
        place = crop(row, passage.quotes) if passage else None
    return Card(
        hit=hit,
        path=path,
        row=row,
        goal=goal,
        result=result,
        said=said,
        crop=place,
    )
