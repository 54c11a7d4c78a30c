"""Everything inferred from records in memory, without a store: what `ingest.update` does, for benchmarks and tests."""

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.records import Registry
from ingest.danish.vocabulary import load_vocabulary
from ingest.derived import Event, Link
from ingest.events.find import find_events
from ingest.links.families import Kinship, Paper, families
from ingest.links.find import find_links
from ingest.links.unlisted import infer
from ingest.links.weights import load_weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """Links and events in a fixed order: by family, then as their makers order them."""

    links: tuple[Link, ...]
    events: tuple[Event, ...]


def derive(papers: Sequence[Paper], registry: Registry) -> Derived:
    """Links and events of documents, settled with the same registry."""
    weights = load_weights()
    inferred = infer(papers, registry, weights["lineage"])
    papers = [inferred.apart(paper) for paper in papers]
    kinship = Kinship(registry, inferred.takeovers)
    family = families([paper.bodies for paper in papers], registry, inferred.takeovers)
    together: dict[str, list[Paper]] = {}
    for paper in papers:
        if paper.bodies:
            together.setdefault(family[paper.bodies[0]], []).append(paper)
    words = load_vocabulary()
    links: list[Link] = []
    events: list[Event] = []
    for name in sorted(together):
        linked = find_links(together[name], registry, kinship, weights)
        links += linked.links
        events += find_events(linked, words)
    return Derived(links=tuple(links), events=tuple(events))
