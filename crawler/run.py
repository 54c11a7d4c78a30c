"""crawl(): starts the crawling process and reads its report. Scrapy's settings stand here and nowhere else."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.archive import Archive
from crawler.codec import Codec
from crawler.errors import CrawlError
from crawler.records import ProblemName, Registry, Source

MEBIBYTE = 1 << 20

SCRAPY_SETTINGS: dict[str, Any] = {
    "ROBOTSTXT_OBEY": False,  # guard.Robots does it: Scrapy takes no answer for permission, and no Crawl-delay
    "DOWNLOAD_VERIFY_CERTIFICATES": True,  # Scrapy's default verifies none
    "DOWNLOAD_HANDLERS": {"file": None, "data": None, "ftp": None, "s3": None},  # http and https only
    "TELNETCONSOLE_ENABLED": False,  # a console that runs code
    "REMOTE_CONTROL_ENABLED": False,  # the same over HTTP
    "COOKIES_ENABLED": False,  # we are nobody in particular
    "TWISTED_DNS_RESOLVER": "crawler.guard.GuardedResolver",  # the one choke point for addresses
    "DOWNLOAD_MAXSIZE": 50 * MEBIBYTE,  # the longest annual report seen has 20
    "DOWNLOAD_WARNSIZE": 0,  # too large is a problem of the report, not of the log
    "DOWNLOAD_TIMEOUT": 60,  # seconds for one answer
    "DOWNLOAD_FAIL_ON_DATALOSS": False,  # a truncated answer is kept and named
    "REDIRECT_ENABLED": False,  # the spider follows, so that each step leaves a note and passes the guard
    "METAREFRESH_ENABLED": False,  # as for redirects
    "HTTPERROR_ALLOW_ALL": True,  # every answer leaves a note
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,  # one at a time per site
    "DOWNLOAD_DELAY_JITTER": 0,  # the delay asked for is a floor
    "AUTOTHROTTLE_ENABLED": False,  # it would lower a delay that robots.txt asks for
    "HTTPCACHE_ENABLED": False,  # conditional requests come from the notes
    "HTTPPROXY_ENABLED": False,  # a proxy would pass the resolver by
    "RETRY_TIMES": 2,  # then it is a problem of the report
    "REFERER_ENABLED": False,  # nobody needs to know where we come from
    "MEMUSAGE_LIMIT_MB": 512,  # a runaway crawl ends itself
    "EXTENSIONS": {"scrapy.extensions.memusage.MemoryUsage": None, "crawler.memory.OwnMemory": 0},
    "CLOSESPIDER_ERRORCOUNT": 50,  # a bug in the spider ends the crawl
    "CLOSESPIDER_TIMEOUT": 12 * 3600,  # seconds; a host that asks for long delays cannot hold us for days
    "LOG_LEVEL": "ERROR",  # what a person should know stands in the report
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An answer that kept nothing, or something odd about what was kept."""

    url: str
    found_on: str | None
    problem: ProblemName


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What one visit to one source did. `documents` counts kept bytes seen at this visit, by SHA-256."""

    source: str
    requests: int
    documents: int
    new: int
    new_versions: int
    unchanged: int
    removed: int
    unlinked: int
    problems: tuple[Problem, ...]
    failed: str | None
    """A sentence where the visit was cut short, met a bot check or found too few documents."""
    warning: str | None
    """A sentence where more documents were found than the source expects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """One report a source, in the order asked for."""

    sources: tuple[SourceReport, ...]


def crawl(
    archive: Archive,
    sources: Sequence[Source],
    *,
    resolve: Mapping[str, str],
    registry: Registry,
    progress: Callable[[int, int], None] | None = None,
) -> CrawlReport:
    """Visit the sources, one after another, each in a process of its own. Raises CrawlError where one dies."""
    reports = []
    for source in sources:
        reports.append(_visit(archive, source, resolve, registry))
        if progress is not None:
            progress(len(reports), len(sources))
    return CrawlReport(sources=tuple(reports))


def _visit(archive: Archive, source: Source, resolve: Mapping[str, str], registry: Registry) -> SourceReport:
    codec = Codec()
    known: dict[str, Any] = {}
    for fetch in archive.fetches(source.id):
        if fetch.sha256 is not None:
            # A truncated document is asked for without condition, as the rest may be there now, and a page that is
            # a plan too, as its links are wanted.
            whole = fetch.kind == "pdf" and fetch.problem != "truncated"
            known[fetch.url] = {
                "sha256": fetch.sha256,
                "etag": fetch.etag if whole else None,
                "last_modified": fetch.last_modified if whole else None,
            }
        elif fetch.status in (404, 410):
            known.pop(fetch.url, None)
    order = {
        "archive": archive.url,
        "source": codec.plain(source),
        "registry": codec.plain(registry),
        "resolve": dict(resolve),
        "known": known,
        "settings": SCRAPY_SETTINGS,
    }
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run(
        [sys.executable, "-m", "crawler.child"],
        input=json.dumps(order).encode(),
        stdout=subprocess.PIPE,
        env=environment,
        check=False,
    )
    if done.returncode != 0:
        raise CrawlError(
            f"The crawl of {source.id} ended with code {done.returncode}: see the log above, then crawl again."
        )
    return codec.loads(done.stdout.decode(), SourceReport)
