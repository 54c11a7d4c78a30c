"""Search over made-up entries: ours beside plain Whoosh and SQLite FTS5, each in a process of its own.

`python benchmarks/search/bench.py build DIR [ENTRIES]`, then `python benchmarks/search/bench.py run DIR`. Every way
answers the same 300 queries with six facet counts and marks in the texts of twenty hits; processor time a query.
"""

import itertools
import json
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from whoosh.fields import ID, TEXT, Schema  # noqa: TID251 - what ours is compared with
from whoosh.index import create_in, open_dir  # noqa: TID251
from whoosh.qparser import MultifieldParser  # noqa: TID251
from whoosh.qparser.syntax import AndGroup  # noqa: TID251
from whoosh.query import And, Term  # noqa: TID251

from crawler.records import Sha256
from search.engine import Entry
from search.opened import open_engine
from search.query import parse
from search.words import Words, tokens

SYLLABLES = [
    "af",
    "be",
    "dan",
    "drift",
    "for",
    "fra",
    "gen",
    "hed",
    "høj",
    "ind",
    "kva",
    "lig",
    "ling",
    "mål",
    "ning",
    "om",
    "over",
    "på",
    "res",
    "sag",
    "skab",
    "sty",
    "syge",
    "ud",
    "år",
]
KINDS = ("goal", "result", "picture", "document")
WORDS, ENTRIES, QUERIES, MARKED = 30_000, 100_000, 300, 20
FIRST_P95, WARM_P95, MEMORY = 60.0, 10.0, 250


def lexicon(chance: random.Random) -> list[str]:
    """Words of one to four Danish syllables, shorter ones first, as in a language."""
    made = {"".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(WORDS * 2)}
    return sorted(made, key=lambda word: (len(word) + chance.random() * 6, word))[:WORDS]


def texts(entries: int) -> Iterator[tuple[int, str, str]]:
    """Number, title and text of every entry, words drawn by Zipf's law."""
    chance = random.Random(7)
    words = lexicon(chance)
    weights = list(itertools.accumulate(1 / rank for rank in range(3, len(words) + 3)))
    for number in range(entries):
        drawn = chance.choices(words, cum_weights=weights, k=chance.randint(46, 90))
        cut = chance.randint(6, 10)
        yield number, " ".join(drawn[:cut]), " ".join(drawn[cut:])


def made(entries: int) -> Iterator[Entry]:
    """The entries with six facets."""
    for number, title, text in texts(entries):
        kind = KINDS[number % 2] if number % 10 else KINDS[number // 10 % 4]
        yield Entry(
            id=f"{number // 20:016x}/{number}",
            kind=kind,
            document=Sha256(f"{number // 20:064x}"),
            title=title,
            text=text,
            names=(),
            facets=(
                ("agency", f"agency-{number % 131}"),
                ("ministry", f"ministry-{number % 19}"),
                ("year", str(2004 + number % 22)),
                ("kind", kind),
                ("document_kind", "plan" if number % 3 else "report"),
                ("status", ("met", "partly_met", "not_met")[number % 3]),
            ),
        )


def queries() -> list[tuple[str, dict[str, tuple[str, ...]]]]:
    """One to three words, rare to very common, every other with a filter."""
    chance = random.Random(11)
    words = lexicon(random.Random(7))
    asked = []
    for number in range(QUERIES):
        ranks = [int(len(words) ** chance.random()) - 1 for _ in range(chance.randint(1, 3))]
        filters = {"year": (str(2004 + number % 22),)} if number % 2 else {}
        asked.append((" ".join(words[rank] for rank in ranks), filters))
    return asked


FACETS = ("agency", "ministry", "year", "kind", "document_kind", "status")


def plain_schema() -> Schema:
    """What Whoosh's manual suggests: stock analyzer, stored text to highlight, sortable columns to group by."""
    return Schema(
        id=ID(stored=True, unique=True),
        title=TEXT(stored=True),
        body=TEXT(stored=True),
        **{facet: ID(stored=True, sortable=True) for facet in FACETS},
    )


def build(folder: Path, entries: int) -> None:
    """All three indexes, in a process of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    start = time.process_time()
    open_engine(f"whoosh:{folder}/index").rebuild(made(entries))
    print(f"built {entries} entries in {time.process_time() - start:.0f} s of processor time", flush=True)
    start = time.process_time()
    base = sqlite3.connect(folder / "fts.db")
    base.execute("create virtual table entry using fts5(body)")
    base.execute(f"create table facts(number integer primary key, id, {', '.join(FACETS)})")
    for number, entry in enumerate(made(entries), 1):
        values = dict(entry.facets)
        base.execute("insert into entry(rowid, body) values (?, ?)", (number, f"{entry.title}\n{entry.text}"))
        row = (number, entry.id, *(values[facet] for facet in FACETS))
        base.execute(f"insert into facts values (?, ?{', ?' * len(FACETS)})", row)
    base.commit()
    base.close()
    print(f"FTS5 in {time.process_time() - start:.0f} s", flush=True)
    start = time.process_time()
    (folder / "plain").mkdir(exist_ok=True)
    writer = create_in(str(folder / "plain"), plain_schema()).writer(limitmb=128)
    for entry in made(entries):
        writer.add_document(id=entry.id, title=entry.title, body=entry.text, **dict(entry.facets))
    writer.commit()
    print(f"plain Whoosh in {time.process_time() - start:.0f} s", flush=True)


Ask = Callable[[str, dict[str, tuple[str, ...]]], object]


def ours(folder: Path) -> Ask:
    """Our engine, texts from a database beside it, marks from our own words."""
    engine, words = open_engine(f"whoosh:{folder}/index"), Words()
    base = sqlite3.connect(folder / "fts.db")

    def ask(text: str, filters: dict[str, tuple[str, ...]]) -> None:
        query = parse(text, filters)
        for hit in engine.search(query, limit=MARKED).hits:
            number = int(hit.id.partition("/")[2])
            (body,) = base.execute("select body from entry where rowid = ?", (number + 1,)).fetchone()
            words.marks(body, query)

    return ask


def plain(folder: Path) -> Ask:
    """Whoosh as its manual has it: its parser, `groupedby` for facets, its highlights."""
    searcher = open_dir(str(folder / "plain")).searcher()
    parser = MultifieldParser(["title", "body"], plain_schema(), group=AndGroup)

    def ask(text: str, filters: dict[str, tuple[str, ...]]) -> None:
        chosen = And([Term(name, value) for name, values in filters.items() for value in values])
        found = searcher.search(
            parser.parse(text), limit=MARKED, filter=chosen if filters else None, groupedby=list(FACETS)
        )
        for facet in FACETS:
            {value: len(docs) for value, docs in found.groups(facet).items()}
        for hit in itertools.islice(found, MARKED):
            hit.highlights("body")

    return ask


def fts(folder: Path) -> Ask:
    """SQLite FTS5: matches into a temporary table, counted by GROUP BY, highlighted by its own function."""
    base = sqlite3.connect(folder / "fts.db")

    def ask(text: str, filters: dict[str, tuple[str, ...]]) -> None:
        match = " ".join(f'"{token.text}"' for token in tokens(text))
        years = filters.get("year", ("%",))
        base.execute("drop table if exists temp.found")
        base.execute(
            "create temp table found as select rowid as number from entry where entry match ?", (match,)
        )
        for facet in FACETS:
            where = "" if facet == "year" else " where year like ?"
            base.execute(
                f"select {facet}, count(*) from found join facts using (number){where} group by 1",
                years if where else (),
            ).fetchall()
        base.execute(
            "select id, highlight(entry, 0, '[', ']') from entry join facts on number = entry.rowid"
            f" where entry match ? and year like ? order by rank limit {MARKED}",
            (match, *years),
        ).fetchall()

    return ask


WAYS = {"ours": ours, "plain Whoosh": plain, "SQLite FTS5": fts}


def timed(ask: Ask) -> list[float]:
    """Milliseconds of processor time of every query, sorted."""
    took = []
    for text, filters in queries():
        start = time.process_time()
        ask(text, filters)
        took.append((time.process_time() - start) * 1000)
    return sorted(took)


def percentiles(took: list[float]) -> list[float]:
    """p50, p95 and p99."""
    return [round(took[int(len(took) * share)], 1) for share in (0.5, 0.95, 0.99)]


def measure(folder: Path, way: str) -> None:
    """One way in this process: time to first answer, all queries at first sight, again warm, memory."""
    start = time.perf_counter()
    ask = WAYS[way](folder)
    ask("syge", {})
    first = time.perf_counter() - start
    at_first, warm = percentiles(timed(ask)), percentiles(timed(ask))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps([at_first, warm, memory, round(first, 1)]))


def run(folder: Path) -> int:
    """All ways one after another, each in a process of its own; 1 if ours misses a limit."""
    print("| way | first sight p50 | p95 | p99 | warm p50 | p95 | p99 | memory, MB | first answer, s |")
    print("| --- " * 9 + "|", flush=True)
    missed = []
    for way in WAYS:
        command = [sys.executable, __file__, "measure", str(folder), way]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        at_first, warm, memory, first = json.loads(answer)
        print("| " + " | ".join(map(str, (way, *at_first, *warm, memory, first))) + " |", flush=True)
        if way == "ours":
            limits = ((at_first[1], FIRST_P95), (warm[1], WARM_P95), (memory, MEMORY))
            missed = [f"{value} over {limit}" for value, limit in limits if value > limit]
    print("missed: " + ", ".join(missed) if missed else "all limits kept")
    return 1 if missed else 0


if __name__ == "__main__":
    folder = Path(sys.argv[2])
    if sys.argv[1] == "build":
        build(folder, int(sys.argv[3]) if len(sys.argv) > 3 else ENTRIES)
    elif sys.argv[1] == "measure":
        measure(folder, sys.argv[3])
    else:
        sys.exit(run(folder))
