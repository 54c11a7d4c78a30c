"""The crawling process: an order as JSON on standard input, a SourceReport on standard output.

A process of its own, since Scrapy's reactor can start once in a process.
"""

import json
import os
import sys
from typing import Any

from scrapy.crawler import CrawlerProcess  # noqa: TID251 - this is its home

from crawler.archive import open_archive
from crawler.codec import Codec
from crawler.guard import AGENT
from crawler.records import Registry, Source
from crawler.run import Problem, SourceReport
from crawler.spiders import PlanSpider


def main() -> None:
    """Visit one source and report."""
    order: dict[str, Any] = json.load(sys.stdin)
    answer = os.dup(1)
    os.dup2(2, 1)
    codec = Codec()
    source = codec.build(order["source"], Source)
    registry = codec.build(order["registry"], Registry)
    archive = open_archive(order["archive"])
    before = {fetch.sha256 for fetch in archive.fetches(source.id) if fetch.sha256}
    spiders: list[PlanSpider] = []
    with archive.notebook() as write:

        class Visit(PlanSpider):
            """Keeps hold of the one spider that Scrapy makes."""

            def __init__(self) -> None:
                super().__init__(source, registry, archive, order["known"], write)
                spiders.append(self)

        process = CrawlerProcess(
            {
                **order["settings"],
                "USER_AGENT": AGENT,
                "DOWNLOAD_DELAY": source.delay_seconds,
                "MAALSPOR_RESOLVE": order["resolve"],
            }
        )
        process.crawl(Visit)
        process.start()
    with os.fdopen(answer, "wb") as out:
        out.write(codec.dumps(report(spiders[0], before)).encode())


def report(spider: PlanSpider, before: set[Any]) -> SourceReport:
    """Count what the visit did. Too few documents, a bot check, or a visit cut short fails the source loudly."""
    source, notes = spider.source, spider.notes
    kept = {note.sha256 for note in notes if note.sha256 and note.kind == "pdf"}
    new_versions = {
        note.url
        for note in notes
        if note.kind == "pdf" and note.url in spider.known and note.sha256 != spider.known[note.url]["sha256"]
    }
    removed = {note.url for note in notes if note.problem == "removed"}
    problems = tuple(
        Problem(url=note.url, found_on=note.found_on, problem=note.problem) for note in notes if note.problem
    )
    failed = None
    checked = next((note.url for note in notes if note.problem == "bot_check"), None)
    if checked is not None:
        failed = f"{source.id}: the site answered with a bot check at {checked}: ask its owner for access."
    elif spider.cut_short is not None:
        failed = f"{source.id}: the visit was cut short ({spider.cut_short}): crawl again to go on."
    elif len(kept) < source.expect_min:
        failed = (
            f"{source.id}: {len(kept)} documents found, at least {source.expect_min} were expected: "
            "look at the list page and at the problems named above."
        )
    warning = None
    if len(kept) > source.expect_max:
        warning = (
            f"{source.id}: {len(kept)} documents found, at most {source.expect_max} were expected: "
            "look whether its link_pattern takes in too much."
        )
    return SourceReport(
        source=source.id,
        requests=spider.requests,
        documents=len(kept),
        new=len({note.sha256 for note in notes if note.sha256 and note.sha256 not in before}),
        new_versions=len(new_versions),
        unchanged=sum(note.status == 304 for note in notes),
        removed=len(removed),
        unlinked=sum(
            1 for note in notes if note.sha256 and note.url in spider.known and not spider.linked(note.url)
        ),
        problems=problems,
        failed=failed,
        warning=warning,
    )


if __name__ == "__main__":
    main()
