"""Links and events in the store: only what changed is linked anew, and a rebuilt store gives the same bytes."""

import json
import random
from pathlib import Path

import pytest
from linked_made import SICK, TIME, agency, answer, plan, registry, report, said
from records_made import sha

from ingest.store import open_store
from ingest.update import update_links

ROOT = Path(__file__).parents[1]
KNOWN = registry(agency("dige"), agency("havn"))


def documents():
    """Two agencies, two plans and a report each."""
    found = []
    for of in ("dige", "havn"):
        goals = [said(SICK, 8, key="1"), said(TIME, 50, key="2")]
        found += [
            plan(f"{of} 2015", 2015, *goals, of=of),
            plan(f"{of} 2016", 2016, said(TIME, 45, key="1"), of=of),
            report(f"{of} report", 2015, answer(goals[0]), of=of),
        ]
    return found


@pytest.fixture
def store():
    """A store with both agencies, linked."""
    made = open_store("sqlite://")
    for one in documents():
        made.replace(one, reader="1")
    assert update_links(made, KNOWN, version="1") == 2
    yield made
    made.close()


def exported(store):
    """Every link and event, as bytes."""
    return json.dumps([list(store.derived.links()), list(store.derived.events())])


def test_nothing_changed_nothing_is_linked(store):
    """A second run links nothing."""
    assert update_links(store, KNOWN, version="1") == 0


def test_a_change_links_its_own_family_alone(store):
    """A document that is read again links its agency anew, and no other."""
    before = exported(store)
    store.replace(documents()[1], reader="2")
    assert update_links(store, KNOWN, version="1") == 1
    assert exported(store) == before


def test_a_document_gone_takes_its_links_along(store):
    """What led to a removed document is gone after the next run."""
    gone = sha("dige 2016")
    store.remove(gone)
    assert update_links(store, KNOWN, version="1") == 1
    assert gone not in exported(store)
    assert store.derived.about(sha("havn 2016"))[0]


def test_another_version_or_registry_links_all(store):
    """New code, or sources that say otherwise, link everything anew."""
    assert update_links(store, KNOWN, version="2") == 2
    assert update_links(store, registry(agency("dige"), agency("havn", "dige")), version="2") == 1


def test_a_rebuilt_store_gives_the_same_bytes(store):
    """In whatever order documents come, links and events are the same byte for byte."""
    made = documents()
    random.Random(3).shuffle(made)
    other = open_store("sqlite://")
    for one in made:
        other.replace(one, reader="other")
        update_links(other, KNOWN, version="1")
    assert exported(other) == exported(store)
    other.close()


def test_the_demo_state_is_linked_as_its_truth_has_it():
    """On perfect records of the demo state every answer is found, and lineage is nearly whole."""
    folder = ROOT / "tests" / "truth"
    names, extractions = {}, []
    import sys

    sys.path.insert(0, str(ROOT / "benchmarks" / "links"))
    from derived import derive
    from truth import as_extraction

    from crawler.agencies import read_sources
    from crawler.codec import Codec
    from crawler.records import Guess
    from ingest.links.families import Naming, paper
    from maalspor.settings import packaged_sources

    codec = Codec()
    for path in sorted(folder.glob("*.json")):
        extraction = as_extraction(json.loads(path.read_text(encoding="utf-8")), codec)
        names[extraction.document.sha256] = path.stem
        extractions.append(extraction)
    known = read_sources(packaged_sources()).registry
    naming = Naming(known)
    papers = [paper(one, Guess(agency=None, year=None), None, naming) for one in extractions]
    derived = derive(papers, known)
    truth = json.loads((ROOT / "tests" / "state" / "links.json").read_text(encoding="utf-8"))["links"]

    def end(place):
        return place["file"].removesuffix(".pdf"), place.get("goal"), place.get("result")

    wanted = {(link["type"], end(link["from"]), end(link["to"])) for link in truth}
    found = {
        (
            link.type,
            (names[link.source.sha256], link.source.goal, link.source.result),
            (names[link.target.sha256], link.target.goal, link.target.result),
        ): link
        for link in derived.links
    }
    answers = {link for link in wanted if link[0] == "answers"}
    assert answers == {link for link in found if link[0] == "answers"}
    lineage = {link for link in found if link[0] not in ("answers", "amends")}
    assert len(lineage & wanted) / len(lineage) >= 0.97
    assert (
        len(lineage & wanted) / len([link for link in wanted if link[0] not in ("answers", "amends")]) >= 0.85
    )
    assert all(link in wanted for link, one in found.items() if one.sure)
