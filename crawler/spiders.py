"""One spider, driven by a Source: list pages, paging, detail pages, documents; every answer leaves a note."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

import scrapy  # noqa: TID251 - this is its home
from scrapy import signals  # noqa: TID251
from scrapy.exceptions import DontCloseSpider, DownloadCancelledError, IgnoreRequest  # noqa: TID251
from scrapy.http import HtmlResponse, Response, TextResponse  # noqa: TID251
from w3lib.url import canonicalize_url, safe_url_string

from crawler.agencies import guess
from crawler.answers import (
    LARGEST_PAGE,
    instead_of_pdf,
    is_bot_check,
    is_html,
    is_pdf,
    unkept,
    wrong_with_pdf,
)
from crawler.archive import Archive
from crawler.guard import Robots, may_ask
from crawler.links import LONGEST_WORDS, RULES, Way, links
from crawler.records import Fetch, Guess, ProblemName, Registry, Sha256, Source

MAX_DEPTH = 5
"""Steps from a list page; "next page" adds none."""
MAX_REDIRECTS = 5
MAX_QUERIES = 10
"""Addresses of one path that differ in their query alone: more is a calendar, unless the source calls it paging."""
UNKNOWN: dict[str, Any] = {"etag": None, "last_modified": None}
"""The validators of an address that no earlier visit kept anything of."""


class PlanSpider(scrapy.Spider):
    """Visits one source. `known` maps document addresses of earlier visits to their hash and validators.

    `write` puts a note on disk; it is called as each answer arrives, so that a stop loses none.
    """

    name = "plans"

    def __init__(
        self,
        source: Source,
        registry: Registry,
        archive: Archive,
        known: dict[str, Any],
        write: Callable[[Fetch], None],
    ) -> None:
        super().__init__()
        self.source, self.registry, self.archive, self.known = source, registry, archive, known
        self.notes: list[Fetch] = []
        self.requests = 0
        self.cut_short: str | None = None
        """Why the visit ended before everything was asked for; None where it was."""
        self._write = write
        self._pages = 0
        self._seen: set[str] = set()
        self._linked: set[str] = set()
        self._left: dict[str, tuple[str, Way, ProblemName]] = {}
        self._paths: Counter[str] = Counter()
        self._robots: dict[str, Robots] = {}
        self._waiting: dict[str, list[tuple[str, Way]]] = {}
        self._revisited = False
        self._link = re.compile(source.link_pattern)
        self._next = re.compile(source.next_page) if source.next_page else None
        self._detail = re.compile(source.detail_page) if source.detail_page else None
        self._html_plans = {
            item.address.rstrip("/") for agency in registry.agencies for item in agency.html_only
        }

    async def start(self) -> AsyncIterator[Any]:
        """Begin with the list pages."""
        self.crawler.signals.connect(self.idle, signal=signals.spider_idle)
        blank = Way(found_on=None, text=None, above=(), depth=0, via=(), document=False, linked=True)
        for url in self.source.start_urls:
            for request in self._ask(url, blank):
                yield request

    def idle(self) -> None:
        """When nothing that is linked is left, ask for the known documents that no page of this visit linked to."""
        if self._revisited:
            return
        self._revisited = True
        way = Way(found_on=None, text=None, above=(), depth=0, via=(), document=True, linked=False)
        requests = [request for url in self.known for request in self._ask(url, way)]
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def closed(self, reason: str) -> None:
        """Name what was left unasked, and why a visit ended early."""
        for key, (url, way, problem) in self._left.items():
            if key not in self._seen:
                self._note(url, way, status=None, problem=problem)
        self.cut_short = None if reason == "finished" else reason

    # Robots first: every host is asked for its rules before anything else.

    def _ask_rules(self, origin: str, url: str, redirects: int) -> scrapy.Request:
        self.requests += 1
        return scrapy.Request(
            url,
            self.rules,
            errback=self.no_rules,
            dont_filter=True,
            priority=100,
            cb_kwargs={"origin": origin, "redirects": redirects},
            meta={"handle_httpstatus_all": True, "origin": origin},
        )

    def rules(self, response: Response, origin: str, redirects: int) -> Iterator[Any]:
        """Obey what the host says. Source: RFC 9309, 2.3.1.2: five redirects, also to another host."""
        place = response.headers.get("Location")
        if 300 <= response.status < 400 and place and redirects < MAX_REDIRECTS:
            target = response.urljoin(place.decode("latin-1"))
            if target.startswith(("http://", "https://")):
                self._note(asked(response), RULES, status=response.status)
                yield self._ask_rules(origin, target, redirects + 1)
                return
        # UTF-8 whatever the server calls it (RFC 9309, 2.3): rules sent as a download are rules.
        text = response.body.decode("utf-8-sig", "replace")
        self._note(asked(response), RULES, status=response.status, response=response)
        # Redirects without end are no rules (RFC 9309, 2.3.1.2), as a 404 is.
        status = 404 if 300 <= response.status < 400 else response.status
        yield from self._obey(origin, Robots(status, text))

    def no_rules(self, failure: Any) -> Iterator[Any]:
        """A host that does not answer for its rules is not asked for anything."""
        self._note(failure.request.url, RULES, status=None, problem="no_answer")
        yield from self._obey(failure.request.meta["origin"], Robots(None, ""))

    def _obey(self, origin: str, robots: Robots) -> Iterator[Any]:
        self._robots[origin] = robots
        host = urlsplit(origin).hostname or ""
        downloader = self.crawler.engine.downloader
        slot = downloader.slots.get(host)
        before = slot.delay if slot is not None else 0.0
        delay = max(self.source.delay_seconds, robots.delay_seconds, before)
        # Scrapy forgets a host that was idle for a minute, and makes it anew from these settings.
        downloader.per_slot_settings[host] = {"delay": delay}
        if slot is not None:
            slot.delay = delay
        for url, way in self._waiting.pop(origin, ()):
            yield from self._ask(url, way)

    # Asking.

    def _ask(self, url: str, way: Way) -> Iterator[Any]:
        # Asked for and noted as a browser would; the canonical spelling tells whether it was asked already.
        url = safe_url_string(url.split("#", maxsplit=1)[0])
        key = canonicalize_url(url)
        if way.linked:
            self._linked.add(url)
        if key in self._seen:
            return
        if not may_ask(url, self.source.allowed_hosts):
            if way.document:
                self._left[key] = (url, way, "other_host")
            return
        origin = urlsplit(url)._replace(path="/robots.txt", query="", fragment="").geturl()
        robots = self._robots.get(origin)
        if robots is None:
            waiting = self._waiting.setdefault(origin, [])
            waiting.append((url, way))
            if len(waiting) == 1:
                yield self._ask_rules(origin, origin, 0)
            return
        if not robots.allows(url):
            self._seen.add(key)
            self._note(url, way, status=None, problem="robots")
            return
        if not self._within_bounds(url, key, way):
            return
        self._seen.add(key)
        self.requests += 1
        self._pages += not way.document
        known = self.known.get(url) or UNKNOWN
        headers = {"If-None-Match": known["etag"], "If-Modified-Since": known["last_modified"]}
        yield scrapy.Request(
            url,
            self.answered,
            errback=self.unanswered,
            headers={name: value for name, value in headers.items() if value},
            dont_filter=True,
            # Nearest pages first, so that a page's depth is its shortest way and not a matter of order.
            priority=10 if way.document else -way.depth,
            cb_kwargs={"way": way},
            meta={"handle_httpstatus_all": True, "way": way},
        )

    def _within_bounds(self, url: str, key: str, way: Way) -> bool:
        """Whether a page is near enough and not one too many; documents, which end by themselves, always are."""
        if way.document:
            return True
        parts = urlsplit(url)
        if self._pages >= self.source.page_budget:
            self._left.setdefault(key, (url, way, "page_budget"))
            return False
        if way.depth > MAX_DEPTH:
            self._left.setdefault(key, (url, way, "too_deep"))
            return False
        if parts.query and not (self._next is not None and self._next.search(url)):
            self._paths[parts.path] += 1
            if self._paths[parts.path] > MAX_QUERIES:
                # One note for the path: an endless calendar has endless months.
                self._left.setdefault(parts.path, (url, way, "too_many_queries"))
                return False
        return True

    # Answers.

    def answered(self, response: Response, way: Way) -> Iterator[Any]:
        """Keep, note, and go on to what the answer links to."""
        url, status = asked(response), response.status
        known = self.known.get(url)
        if status == 304 and known:
            self._note(
                url, way, status=304, response=response, sha256=known["sha256"], kind="pdf", known=known
            )
            return
        if 300 <= status < 400:
            yield from self._redirected(response, way)
            return
        if is_bot_check(response.body) or response.headers.get("cf-mitigated"):
            self._note(url, way, status=status, response=response, problem="bot_check")
        elif status >= 400:
            self._note(url, way, status=status, response=response, problem=unkept(status, known=bool(known)))
        elif is_pdf(response.body):
            self._keep_pdf(response, way)
        elif is_html(response.body):
            # Some servers call a page application/pdf, and Scrapy then takes it for bytes.
            text = response if isinstance(response, TextResponse) else response.replace(cls=HtmlResponse)
            yield from self._html(text, way)
        else:
            self._note(url, way, status=status, response=response, problem="not_pdf")

    def _redirected(self, response: Response, way: Way) -> Iterator[Any]:
        place = (response.headers.get("Location") or b"").decode("latin-1")
        target = response.urljoin(place)
        here = asked(response)
        if len(way.via) >= MAX_REDIRECTS or canonicalize_url(target) in (*way.via, canonicalize_url(here)):
            self._note(here, way, status=response.status, problem="too_many_redirects")
            return
        if not may_ask(target, self.source.allowed_hosts):
            self._note(here, way, status=response.status, problem="refused_address")
            return
        self._note(here, way, status=response.status)
        yield from self._ask(target, replace(way, via=(*way.via, canonicalize_url(here))))

    def _keep_pdf(self, response: Response, way: Way) -> None:
        declared = (response.headers.get("Content-Type") or b"").decode("latin-1")
        problem = wrong_with_pdf(response.body, declared, cut="dataloss" in response.flags)
        sha256 = self.archive.put(response.body, "pdf")
        self._note(
            asked(response),
            way,
            status=200,
            response=response,
            sha256=sha256,
            kind="pdf",
            problem=problem,
        )

    def _html(self, response: TextResponse, way: Way) -> Iterator[Any]:
        url = asked(response)
        if len(response.body) > LARGEST_PAGE:
            self._note(url, way, status=200, response=response, problem="too_large")
            return
        if way.document and urlsplit(url).path.casefold().endswith(".pdf"):
            self._note(url, way, status=200, response=response, problem=instead_of_pdf(response.text))
            return
        if any(url.rstrip("/").startswith(address) for address in self._html_plans):
            sha256 = self.archive.put(response.body, "html")
            self._note(url, way, status=200, response=response, sha256=sha256, kind="html")
        else:
            self._note(url, way, status=200, response=response, kind="list")
        yield from self._links(response, way)

    def unanswered(self, failure: Any) -> None:
        """No answer, or one that was refused for its size."""
        way: Way = failure.request.meta["way"]
        # The second is what Scrapy makes of a small answer that unpacks to a large one.
        large = failure.check(DownloadCancelledError, IgnoreRequest)
        problem: ProblemName = "too_large" if large else "no_answer"
        self._note(failure.request.url, way, status=None, problem=problem)

    def _links(self, response: TextResponse, way: Way) -> Iterator[Any]:
        for link in links(response):
            document = bool(self._link.search(link.url) or self._link.search(link.text))
            paging = bool(self._next and self._next.search(link.url))
            detail = bool(self._detail and self._detail.search(link.url))
            if not (document or paging or detail):
                continue
            # On the way from a list page every link and heading may name the body or the year.
            above = (*link.around(), *((way.text or "", *way.above) if way.depth else ()))
            yield from self._ask(
                link.url,
                Way(
                    found_on=response.url,
                    text=link.text or None,
                    above=tuple(dict.fromkeys(part for part in above if part)),
                    depth=way.depth + (0 if paging else 1),
                    via=(),
                    document=document,
                    linked=True,
                ),
            )

    def _note(
        self,
        url: str,
        way: Way,
        *,
        status: int | None,
        response: Response | None = None,
        sha256: Sha256 | None = None,
        kind: Literal["pdf", "html", "list"] | None = None,
        problem: ProblemName | None = None,
        known: dict[str, Any] | None = None,
    ) -> None:
        def header(name: str) -> str | None:
            value = response.headers.get(name) if response is not None else None
            return value.decode("latin-1") if value else None

        # The file's name before its folders: /media/2019/05/mrp-2018.pdf was put there in 2019.
        telling = (way.text, *way.above, url.rpartition("/")[2], url)
        said = guess(self.registry, telling) if sha256 else Guess(agency=None, year=None)
        if sha256 and url in self.known and not self.linked(url):
            problem = problem or "unlinked"
        # A 304 need not repeat the validators (RFC 9110, 15.4.5 asks for them, servers forget): ours hold on.
        before = known or UNKNOWN
        note = Fetch(
            source=self.source.id,
            url=url,
            found_on=way.found_on,
            link_text=way.text,
            heading=" · ".join(way.above)[:LONGEST_WORDS] or None,
            guess=said,
            fetched_at=datetime.now(UTC).replace(microsecond=0),
            status=status,
            sha256=sha256,
            kind=kind,
            size_bytes=len(response.body) if response is not None and sha256 and status == 200 else None,
            etag=header("ETag") or before["etag"],
            last_modified=header("Last-Modified") or before["last_modified"],
            content_type=header("Content-Type"),
            problem=problem,
        )
        self.notes.append(note)
        self._write(note)

    def linked(self, url: str) -> bool:
        """Whether some page of this visit linked to that address."""
        return url in self._linked


def asked(response: Response) -> str:
    """The address that this is the answer to."""
    assert response.request is not None
    return response.request.url
