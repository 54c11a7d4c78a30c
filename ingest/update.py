"""Brings links and events up to the store: only families with a changed document are linked anew."""

import hashlib
from datetime import datetime

from crawler.codec import Codec
from crawler.records import Guess, Registry, Sha256
from ingest.danish.vocabulary import load_vocabulary
from ingest.derived_store import Member, noted
from ingest.events.find import find_events
from ingest.links.families import Kinship, Naming, Paper, families, paper
from ingest.links.find import find_links
from ingest.links.weights import load_weights
from ingest.store import Store

NOBODY = ""
"""The family of documents without any body: nothing is linked there."""
NOTHING: tuple[Guess, str | None] = (Guess(agency=None, year=None), None)


def update_links(store: Store, registry: Registry, *, version: str) -> int:
    """Link anew every family with a document that is new, gone, read again or noted otherwise.

    Returns how many families that were. `version` is of the code; a changed registry counts as another version.
    """
    derived, naming = store.derived, Naming(registry)
    version = f"{version}/{hashlib.sha256(Codec().dumps(registry).encode()).hexdigest()[:16]}"
    notes, known, here = derived.notes(), derived.members(), sorted(store.readers())
    said = {sha256: noted(*notes.get(sha256, NOTHING)) for sha256 in here}
    fresh = {sha256 for sha256 in here if sha256 not in known or known[sha256].noted != said[sha256]}

    def load(sha256: Sha256) -> Paper:
        extraction = store.extraction(sha256)
        assert extraction is not None
        guessed, seen = notes.get(sha256, NOTHING)
        return paper(extraction, guessed, datetime.fromisoformat(seen) if seen else None, naming)

    def bodies_of(sha256: Sha256) -> tuple[str, ...]:
        return naming.bodies(derived.parties(sha256), notes.get(sha256, NOTHING)[0])

    bodies = {sha256: bodies_of(sha256) if sha256 in fresh else known[sha256].bodies for sha256 in here}
    family = families(bodies.values(), registry)
    together: dict[str, list[Sha256]] = {}
    for sha256, names in bodies.items():
        together.setdefault(family[names[0]] if names else NOBODY, []).append(sha256)
    before = derived.versions()
    anew = [
        name
        for name, hashes in sorted(together.items())
        if before.get(name) != (version, tuple(hashes)) or not fresh.isdisjoint(hashes)
    ]
    weights, words, kinship = load_weights(), load_vocabulary(), Kinship(registry)
    for name in anew:
        papers = [load(sha256) for sha256 in together[name]]
        linked = find_links(papers if name != NOBODY else (), registry, kinship, weights)
        members = [
            Member(sha256=one.sha256, family=name, bodies=one.bodies, noted=said[one.sha256])
            for one in papers
        ]
        derived.replace(name, version, members, linked.links, find_events(linked, words))
    derived.remove(set(before) - set(together), set(known) - set(here))
    return len(anew)
