"""Links and events of a made-up state: seconds for so many agency-years, and for one changed document.

`PYTHONPATH=. python benchmarks/links/scale.py [AGENCY_YEARS]` ends with 1 if 5,000 agency-years take over 120 s of
one processor's time, or a change links more than its own family anew.
"""

import dataclasses
import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from crawler.records import Agency, AgencyId, AgencyName, Period, Registry, Sha256
from ingest.records import (
    AgencyPrinted,
    Box,
    Extraction,
    Finding,
    Goal,
    Quote,
    Result,
    Target,
    Weight,
    unread,
)
from ingest.run import reader_version
from ingest.store import Store, open_store
from ingest.update import update_links

YEARS = range(2005, 2025)
GOALS = 8
LIMIT_SECONDS = 120
WORDS = [
    head + tail
    for head in [
        "sags",
        "drifts",
        "bruger",
        "kvalitets",
        "plan",
        "tilsyns",
        "vejlednings",
        "borger",
        "miljø",
        "trafik",
        "energi",
        "data",
    ]
    for tail in [
        "behandling",
        "måling",
        "indsats",
        "udvikling",
        "kontrol",
        "rådgivning",
        "analyse",
        "løsning",
        "aftale",
        "undersøgelse",
    ]
]
QUOTE = (Quote(page=3, box=Box(72, 100, 500, 112)),)


def title(chance: random.Random) -> str:
    return " ".join(chance.sample(WORDS, 3)).capitalize()


def sentence(chance: random.Random) -> str:
    return " ".join(chance.sample(WORDS, 9)).capitalize() + "."


@dataclasses.dataclass
class Concept:
    """A goal that lives some years: its words, reworded now and then, and its figure."""

    titles: list[str]
    texts: list[str]
    figure: int


def concept(chance: random.Random) -> Concept:
    return Concept(
        [title(chance) for _ in range(2)], [sentence(chance) for _ in range(4)], chance.randint(50, 90)
    )


def goal(chance: random.Random, number: int, one: Concept) -> Goal:
    demand = f"Mindst {one.figure} pct. af {one.texts[0].split()[0].casefold()} er gennemført."
    target = Target(
        text=demand, comparator="at_least", value=Decimal(one.figure), value_to=None, unit="percent", period=None,
        deadline=None, baseline=None, degree=None, quotes=QUOTE, field_quotes={},
    )  # fmt: skip
    return Goal(
        key=str(number + 1), title=chance.choice(one.titles), group=(), agency=None, parent=None,
        text="\n".join([*chance.sample(one.texts, 2), demand]), shared=False, binding=True, targets=(target,),
        weight=Weight(value=Decimal(100) / GOALS, unit="percent", quotes=QUOTE), quotes=QUOTE, field_quotes={},
    )  # fmt: skip


def result(of: Goal) -> Result:
    return Result(
        goal_key=of.key, goal_title=of.title, agency=None, target_printed=of.targets[0].text, actual_printed="71 pct.",
        actual=None, status="met", status_printed="Opfyldt", score=None, explanation=None, section="part1",
        quotes=QUOTE, field_quotes={},
    )  # fmt: skip


def document(name: str, agency: str, year: int, **fields: object) -> Extraction:
    sha256 = Sha256(hashlib.sha256(name.encode()).hexdigest())
    empty = unread(sha256, 1000, "read", Finding(code="made_up", level="info", message="", page=None))
    return dataclasses.replace(
        empty,
        document=dataclasses.replace(empty.document, pages=4, language="da", text_layer="native"),
        agencies=(AgencyPrinted(name_printed=agency, agency=AgencyId(agency)),),
        period=Period(start=date(year, 1, 1), end=date(year, 12, 31)),
        **fields,  # type: ignore[arg-type]
    )


def state(agency_years: int) -> Iterator[Extraction]:
    """A plan and a report for each agency and year; goals come, change and go."""
    for number in range(agency_years // len(YEARS)):
        chance = random.Random(number)
        agency = f"body-{number:05d}"
        living = [concept(chance) for _ in range(GOALS)]
        for year in YEARS:
            for place in range(GOALS):
                living[place].figure += chance.choice((-1, 0, 1))
                if chance.random() < 0.12:
                    living[place] = concept(chance)
            goals = tuple(goal(chance, index, one) for index, one in enumerate(living))
            yield document(f"plan {agency} {year}", agency, year, kind="plan", goals=goals)
            results = tuple(result(one) for one in goals[: GOALS - 1])
            yield document(f"report {agency} {year}", agency, year, kind="report", results=results)


def official(text: str) -> AgencyName:
    """An official name, valid at all times."""
    return AgencyName(
        text=text, start=None, end=None, official=True, wrong=False, background=False, shared=False
    )


def filled(folder: Path, agency_years: int) -> tuple[Store, Registry]:
    store = open_store(f"sqlite:///{folder}/store.db")
    agencies: dict[str, Agency] = {}
    for extraction in state(agency_years):
        store.replace(extraction, reader="made up")
        name = extraction.agencies[0].name_printed
        agencies[name] = Agency(
            id=AgencyId(name), names=(official(name),), ministries=(),
            predecessors=(), successors=(), no_public_plan=(), html_only=(), changes=(), addresses=(), note=None, listed=True,
        )  # fmt: skip
    return store, Registry(ministries=(), agencies=tuple(agencies.values()))


def main() -> None:
    agency_years = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        store, registry = filled(Path(folder), agency_years)
        print(f"{agency_years} agency-years made and stored in {time.monotonic() - start:.0f} s")
        version = reader_version()
        start, spent = time.monotonic(), time.process_time()
        families = update_links(store, registry, version=version)
        whole = time.process_time() - spent
        waited = time.monotonic() - start
        links, events = sum(1 for _ in store.derived.links()), sum(1 for _ in store.derived.events())
        print(f"{families} families linked in {whole:.1f} s of processor time, {waited:.0f} s in all:")
        print(f"  {links} links, {events} events")
        changed = next(iter(store.readers()))
        extraction = store.extraction(changed)
        assert extraction is not None
        store.replace(extraction, reader="read again")
        spent = time.process_time()
        anew = update_links(store, registry, version=version)
        print(f"after one change {anew} family linked anew in {time.process_time() - spent:.2f} s of it")
        store.close()
    if anew != 1 or whole * 5000 / agency_years > LIMIT_SECONDS:
        sys.exit(1)


if __name__ == "__main__":
    main()
