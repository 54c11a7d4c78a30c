"""All events of a family, from its links and records, in a fixed order."""

from collections.abc import Iterator, Mapping

from ingest.danish.vocabulary import Vocabulary
from ingest.derived import Event, Link, Spot
from ingest.events.goals import Pair, amended_events, goal_events
from ingest.events.plans import dropped_goals, linked_events, new_goals, wrong_sums
from ingest.events.reports import answered_events, report_events
from ingest.links.families import Part
from ingest.links.find import Linked
from ingest.links.wording import Rarity


def find_events(linked: Linked, words: Vocabulary) -> tuple[Event, ...]:
    """Every event of one family's documents, in order of places and type."""
    return tuple(sorted(_all(linked, words), key=_order))


def _all(linked: Linked, words: Vocabulary) -> Iterator[Event]:
    whose: dict[tuple[str, int], Part] = {
        (part.sha256, index): part for part in (*linked.plans, *linked.amendments) for index in part.goals
    }
    reports: dict[tuple[str, int], Part] = {
        (part.sha256, index): part for part in linked.reports for index in part.results
    }
    known = [link for link in linked.links if not _over_gap(link, linked, whose)]
    yield from linked_events(known)
    for link in known:
        yield from _of_link(link, whose, reports, linked.rarity, words)
    for plan in linked.plans:
        yield from new_goals(plan, linked)
        yield from dropped_goals(plan, linked)
        yield from wrong_sums(plan)
    for report in linked.reports:
        yield from report_events(report, linked.plans, linked.kinship, linked.links)


def _over_gap(link: Link, linked: Linked, whose: Mapping[tuple[str, int], Part]) -> bool:
    """Whether a plan between the two could not be read: then nothing is said of what moved."""
    if link.source.goal is None or link.target.goal is None:
        return False
    before = whose[link.source.sha256, link.source.goal]
    after = whose[link.target.sha256, link.target.goal]
    return link.type != "amends" and linked.gaps.between(before, after)


def _of_link(
    link: Link,
    whose: Mapping[tuple[str, int], Part],
    reports: Mapping[tuple[str, int], Part],
    rarity: Rarity,
    words: Vocabulary,
) -> Iterator[Event]:
    source, target = link.source, link.target
    assert source.goal is not None
    plan = whose[source.sha256, source.goal]
    if target.result is not None:
        report = reports[target.sha256, target.result]
        yield from answered_events(
            (plan, source.goal), (report, target.result), rarity, words, sure=link.sure
        )
        return
    assert target.goal is not None
    later = whose[target.sha256, target.goal]
    pair = Pair((plan, source.goal), (later, target.goal), rarity, sure=link.sure)
    if link.type == "amends":
        yield from amended_events(pair)
    elif link.type in ("continues", "returned"):
        yield from goal_events(pair)


def _order(event: Event) -> tuple[tuple[str, int, int], tuple[str, int, int], str, str, str]:
    return (
        _place(event.before),
        _place(event.after),
        event.type,
        event.field or "",
        f"{event.was} {event.now}",
    )


def _place(spot: Spot | None) -> tuple[str, int, int]:
    if spot is None:
        return ("", -1, -1)
    return (spot.sha256, -1 if spot.goal is None else spot.goal, -1 if spot.result is None else spot.result)
