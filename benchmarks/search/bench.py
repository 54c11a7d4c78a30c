"""Search over made-up entries: processor time a query, memory, time to first answer; beside SQLite FTS5.

`python benchmarks/search/bench.py build DIR [ENTRIES]`, then `python benchmarks/search/bench.py run DIR`.
"""

import itertools
import random
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from crawler.records import Sha256
from search.engine import Entry
from search.opened import open_engine
from search.query import parse
from search.words import Words, fold, tokens

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


def build(folder: Path, entries: int) -> None:
    """Both indexes and the texts, in a process of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    start = time.process_time()
    open_engine(f"whoosh:{folder}/index").rebuild(made(entries))
    print(f"built {entries} entries in {time.process_time() - start:.0f} s of processor time", flush=True)
    start = time.process_time()
    base = sqlite3.connect(folder / "fts.db")
    base.execute("create virtual table entry using fts5(id unindexed, year unindexed, body)")
    rows = ((e.id, dict(e.facets)["year"], fold(f"{e.title}\n{e.text}")) for e in made(entries))
    base.executemany("insert into entry values (?, ?, ?)", rows)
    base.commit()
    base.close()
    print(f"FTS5 in {time.process_time() - start:.0f} s", flush=True)


def timed(ask: Callable[[str, dict[str, tuple[str, ...]]], object]) -> list[float]:
    """Milliseconds of processor time of every query, sorted."""
    took = []
    for text, filters in queries():
        start = time.process_time()
        ask(text, filters)
        took.append((time.process_time() - start) * 1000)
    return sorted(took)


def shown(name: str, took: list[float]) -> float:
    """Print the percentiles; give p95."""
    p50, p95, p99 = (took[int(len(took) * share)] for share in (0.5, 0.95, 0.99))
    print(f"| {name} | {p50:.1f} | {p95:.1f} | {p99:.1f} |", flush=True)
    return p95


def run(folder: Path) -> int:
    """Ask all queries twice, with six facets and marks for twenty hits; 1 if a limit is missed."""
    began = time.perf_counter()
    engine, words = open_engine(f"whoosh:{folder}/index"), Words()
    engine.search(parse("syge"))
    first = time.perf_counter() - began
    base = sqlite3.connect(folder / "fts.db")

    def ours(text: str, filters: dict[str, tuple[str, ...]]) -> None:
        query = parse(text, filters)
        for hit in engine.search(query, limit=MARKED).hits:
            number = int(hit.id.partition("/")[2])
            (body,) = base.execute("select body from entry where rowid = ?", (number + 1,)).fetchone()
            words.marks(body, query)

    def fts(text: str, filters: dict[str, tuple[str, ...]]) -> None:
        match = " ".join(f'"{fold(token.text)}"' for token in tokens(text))
        years = filters.get("year", ("%",))
        where = "from entry where entry match ? and year like ?"
        base.execute(f"select year, count(*) {where} group by year", (match, *years)).fetchall()
        base.execute(f"select id {where} order by rank limit 20", (match, *years)).fetchall()

    print("| way | p50 | p95 | p99 |\n| --- | --- | --- | --- |")
    cold = shown("first sight", timed(ours))
    warm = shown("warm", timed(ours))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    shown("SQLite FTS5, one facet, no marks", timed(fts))
    base.close()
    print(f"memory {memory} MB; first answer after {first:.1f} s")
    missed = [
        name
        for name, value, limit in (
            ("first sight", cold, FIRST_P95),
            ("warm", warm, WARM_P95),
            ("memory", memory, MEMORY),
        )
        if value > limit
    ]
    print("missed: " + ", ".join(missed) if missed else "all limits kept")
    return 1 if missed else 0


if __name__ == "__main__":
    folder = Path(sys.argv[2])
    if sys.argv[1] == "build":
        build(folder, int(sys.argv[3]) if len(sys.argv) > 3 else ENTRIES)
    else:
        sys.exit(run(folder))
