"""Brings links and events up to the store: only families with a changed document are linked anew."""

import hashlib
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime

from crawler.codec import Codec
from crawler.records import Guess, Registry, Sha256
from ingest.danish.vocabulary import load_vocabulary
from ingest.derived_store import Member, noted
from ingest.events.find import find_events
from ingest.links.families import Kinship, Naming, Paper, families, paper
from ingest.links.find import find_links
from ingest.links.unlisted import MOST_DOCUMENTS, Inferred, infer
from ingest.links.weights import load_weights
from ingest.store import Store

log = logging.getLogger(__name__)

NOBODY = ""
"""The family of documents without any body: nothing is linked there."""
NOTHING: tuple[Guess, str | None] = (Guess(agency=None, year=None), None)


def update_links(store: Store, registry: Registry, *, version: str) -> int:
    """Link anew every family with a document that is new, gone, read again or noted otherwise.

    Returns how many families that were. `version` is of the code; a changed registry counts as another version.
    """
    derived, naming = store.derived, Naming(registry)
    version = f"{version}/{_digest(Codec().dumps(registry))}"
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

    before = derived.versions()
    if not fresh and _all_there(before, version, here):
        return 0
    bodies = {sha256: bodies_of(sha256) if sha256 in fresh else known[sha256].bodies for sha256 in here}
    weights, words = load_weights(), load_vocabulary()
    listed = {agency.id for agency in registry.agencies}
    unlisted = [sha256 for sha256, names in bodies.items() if not listed.issuperset(names)]
    inferred = Inferred()
    if len(unlisted) <= MOST_DOCUMENTS:
        inferred = infer([load(sha256) for sha256 in unlisted], registry, weights["lineage"])
    else:
        log.warning("%d documents are of bodies that no source names: name the bodies.", len(unlisted))
    kinship = Kinship(registry, inferred.takeovers)
    family = families(bodies.values(), registry, inferred.takeovers)
    together: dict[str, list[Sha256]] = {}
    for sha256, names in bodies.items():
        together.setdefault(family[names[0]] if names else NOBODY, []).append(sha256)
    loose = {family[name] for sha256 in unlisted for name in bodies[sha256]}
    versions = {
        name: f"{version}/{_digest(repr(inferred))}" if name in loose else version for name in together
    }
    anew = [
        name
        for name, hashes in sorted(together.items())
        if before.get(name) != (versions[name], tuple(hashes)) or not fresh.isdisjoint(hashes)
    ]
    for name in anew:
        papers = [load(sha256) for sha256 in together[name]]
        told = [inferred.apart(one) for one in papers] if name != NOBODY else []
        linked = find_links(told, registry, kinship, weights)
        members = [
            Member(sha256=one.sha256, family=name, bodies=one.bodies, noted=said[one.sha256])
            for one in papers
        ]
        derived.replace(name, versions[name], members, linked.links, find_events(linked, words))
    derived.remove(set(before) - set(together), set(known) - set(here))
    return len(anew)


def _all_there(
    before: Mapping[str, tuple[str, tuple[str, ...]]], version: str, here: Iterable[Sha256]
) -> bool:
    """Whether this version of the linker has linked these documents, and no others."""
    linked = {sha256 for _, members in before.values() for sha256 in members}
    return linked == set(here) and all(made.startswith(version) for made, _ in before.values())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
