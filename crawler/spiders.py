"""One spider, driven by a Source: list pages, paging, detail pages, documents; every answer leaves a note."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

import scrapy  # noqa: TID251 - this is its home
from scrapy.http import Response, TextResponse  # noqa: TID251
from w3lib.url import canonicalize_url

from crawler.agencies import guess
from crawler.archive import Archive
from crawler.guard import Robots, may_ask
from crawler.records import Fetch, Guess, Registry, Sha256, Source

MAX_DEPTH = 5
"""Steps from a list page; "next page" adds none."""
MAX_REDIRECTS = 5
MAX_QUERIES = 10
"""Addresses of one path that differ in their query alone: more is a calendar, unless the source calls it paging."""
SAYS_NOT_FOUND = re.compile(r"findes ikke|ikke fundet|not found|kunne ikke findes", re.IGNORECASE)
TAIL = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an address was come by."""

    found_on: str | None
    text: str | None
    heading: str | None
    depth: int
    redirects: int
    document: bool
    linked: bool


class PlanSpider(scrapy.Spider):
    """Visits one source. `known` maps document addresses of earlier visits to their hash and validators."""

    name = "plans"

    def __init__(self, source: Source, registry: Registry, archive: Archive, known: dict[str, Any]) -> None:
        super().__init__()
        self.source, self.registry, self.archive, self.known = source, registry, archive, known
        self.notes: list[Fetch] = []
        self.requests = 0
        self._seen: set[str] = set()
        self._linked: set[str] = set()
        self._paths: Counter[str] = Counter()
        self._robots: dict[str, Robots] = {}
        self._link = re.compile(source.link_pattern)
        self._next = re.compile(source.next_page) if source.next_page else None
        self._detail = re.compile(source.detail_page) if source.detail_page else None
        self._html_plans = {
            item.address.rstrip("/") for agency in registry.agencies for item in agency.html_only
        }

    # Robots first: every host is asked for its rules before anything else.

    async def start(self) -> AsyncIterator[Any]:
        """Ask the rules of each host that the source names."""
        origins = dict.fromkeys(
            urlsplit(url)._replace(path="/robots.txt", query="", fragment="").geturl()
            for url in self.source.start_urls
        )
        for origin in origins:
            self.requests += 1
            yield scrapy.Request(origin, self.rules, errback=self.no_rules, dont_filter=True, priority=100)

    def rules(self, response: Response) -> Iterator[Any]:
        """Obey what the host says, then begin."""
        text = response.text if isinstance(response, TextResponse) else ""
        yield from self._begin(response.url, Robots(response.status, text))

    def no_rules(self, failure: Any) -> Iterator[Any]:
        """A host that does not answer for its rules is not asked for anything."""
        yield from self._begin(failure.request.url, Robots(None, ""))

    def _begin(self, url: str, robots: Robots) -> Iterator[Any]:
        host = urlsplit(url).netloc
        self._robots[host] = robots
        slot = self.crawler.engine.downloader.slots.get(urlsplit(url).hostname or "")
        if slot is not None:
            slot.delay = max(self.source.delay_seconds, robots.delay_seconds)
        blank = Way(found_on=None, text=None, heading=None, depth=0, redirects=0, document=False, linked=True)
        for start in self.source.start_urls:
            if urlsplit(start).netloc == host:
                yield from self._ask(start, blank)
        for known in self.known:
            if urlsplit(known).netloc == host:
                way = Way(
                    found_on=None, text=None, heading=None, depth=0, redirects=0, document=True, linked=False
                )
                yield from self._ask(known, way, last=True)

    # Asking.

    def _ask(self, url: str, way: Way, *, last: bool = False) -> Iterator[Any]:
        # The printed spelling is asked for and noted; the canonical one tells whether it was asked already.
        url = url.split("#", maxsplit=1)[0]
        key = canonicalize_url(url)
        if way.linked:
            self._linked.add(url)
        if key in self._seen:
            return
        if not may_ask(url, self.source.allowed_hosts):
            return
        robots = self._robots.get(urlsplit(url).netloc)
        if robots is None or not robots.allows(url):
            self._seen.add(key)
            self._note(url, way, status=None, problem="robots")
            return
        if not self._within_budget(url, way):
            return
        self._seen.add(key)
        self.requests += 1
        headers = {}
        known = self.known.get(url)
        if known:
            headers = {"If-None-Match": known["etag"], "If-Modified-Since": known["last_modified"]}
        yield scrapy.Request(
            url,
            self.answered,
            errback=self.unanswered,
            headers={name: value for name, value in headers.items() if value},
            dont_filter=True,
            # Nearest pages first, so that a page's depth is its shortest way and not a matter of order.
            priority=-10 if last else 10 if way.document else -way.depth,
            cb_kwargs={"way": way},
            meta={"handle_httpstatus_all": True, "way": way},
        )

    def _within_budget(self, url: str, way: Way) -> bool:
        if self.requests >= self.source.page_budget and not way.document:
            self._note(url, way, status=None, problem="page_budget")
            return False
        parts = urlsplit(url)
        paging = self._next is not None and self._next.search(url)
        if parts.query and not paging and not way.document:
            self._paths[parts.path] += 1
            if self._paths[parts.path] > MAX_QUERIES:
                return False
        return way.document or way.depth <= MAX_DEPTH

    # Answers.

    def answered(self, response: Response, way: Way) -> Iterator[Any]:
        """Keep, note, and go on to what the answer links to."""
        url, status = asked(response), response.status
        known = self.known.get(url)
        if status == 304 and known:
            self._note(url, way, status=304, response=response, sha256=known["sha256"], kind="pdf")
            return
        if 300 <= status < 400:
            yield from self._redirected(response, way)
            return
        if status >= 400:
            self._note(
                url, way, status=status, response=response, problem="removed" if known else "not_found"
            )
            return
        body = response.body
        if b"%PDF-" in body[:1024]:
            self._keep_pdf(response, way)
        elif self._is_html(response):
            yield from self._html(response, way)
        else:
            self._note(url, way, status=status, response=response, problem="not_pdf")

    @staticmethod
    def _is_html(response: Response) -> bool:
        return isinstance(response, TextResponse) and bool(
            re.search(rb"<(?:!doctype|html|h1|body|meta|title)", response.body[:2048], re.IGNORECASE)
        )

    def _redirected(self, response: Response, way: Way) -> Iterator[Any]:
        place = (response.headers.get("Location") or b"").decode("latin-1")
        target = response.urljoin(place)
        here = asked(response)
        if way.redirects >= MAX_REDIRECTS:
            self._note(here, way, status=response.status, problem="too_many_redirects")
            return
        if not may_ask(target, self.source.allowed_hosts):
            self._note(here, way, status=response.status, problem="refused_address")
            return
        self._note(here, way, status=response.status)
        yield from self._ask(
            target,
            Way(
                found_on=way.found_on,
                text=way.text,
                heading=way.heading,
                depth=way.depth,
                redirects=way.redirects + 1,
                document=way.document,
                linked=way.linked,
            ),
        )

    def _keep_pdf(self, response: Response, way: Way) -> None:
        problem = None
        declared = (response.headers.get("Content-Type") or b"").decode("latin-1")
        if "dataloss" in response.flags or b"%%EOF" not in response.body[-TAIL:]:
            problem = "truncated"
        elif "pdf" not in declared and "octet-stream" not in declared:
            problem = "wrong_content_type"
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

    def _html(self, response: Response, way: Way) -> Iterator[Any]:
        assert isinstance(response, TextResponse)
        url = asked(response)
        if way.document and urlsplit(url).path.casefold().endswith(".pdf"):
            said = "soft_not_found" if SAYS_NOT_FOUND.search(response.text) else "not_pdf"
            self._note(url, way, status=200, response=response, problem=said)
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
        text = f"{failure.type.__name__} {failure.value}"
        problem = "too_large" if re.search(r"Cancelled|MaxSize|larger than|size", text) else "no_answer"
        self._note(failure.request.url, way, status=None, problem=problem)

    def _links(self, response: TextResponse, way: Way) -> Iterator[Any]:
        for link in response.css("a[href]"):
            href = (link.attrib.get("href") or "").strip()
            if not href or href.startswith(("#", "mailto:", "tel:", "javascript:")):
                continue
            try:
                # A place within a page is no part of its address: patterns see what is asked for.
                target = response.urljoin(href).split("#", maxsplit=1)[0]
            except ValueError:
                continue
            text = " ".join(" ".join(link.css("::text").getall()).split())[:300]
            document = bool(self._link.search(target) or self._link.search(text))
            paging = bool(self._next and self._next.search(target))
            detail = bool(self._detail and self._detail.search(target))
            if not (document or paging or detail):
                continue
            near = _near(link)
            yield from self._ask(
                target,
                Way(
                    found_on=response.url,
                    text=text or None,
                    heading=" · ".join(part for part in (near, way.text if way.depth else None) if part)[:300]
                    or None,
                    depth=way.depth + (0 if paging else 1),
                    redirects=0,
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
        problem: str | None = None,
    ) -> None:
        def header(name: str) -> str | None:
            value = response.headers.get(name) if response is not None else None
            return value.decode("latin-1") if value else None

        said = guess(self.registry, [way.text, way.heading, url]) if sha256 else Guess(agency=None, year=None)
        self.notes.append(
            Fetch(
                source=self.source.id,
                url=url,
                found_on=way.found_on,
                link_text=way.text,
                heading=way.heading,
                guess=said,
                fetched_at=datetime.now(UTC).replace(microsecond=0),
                status=status,
                sha256=sha256,
                kind=kind,
                size_bytes=len(response.body) if response is not None and sha256 and status == 200 else None,
                etag=header("ETag"),
                last_modified=header("Last-Modified"),
                content_type=header("Content-Type"),
                problem=problem,
            )
        )

    def linked(self, url: str) -> bool:
        """Whether some page of this visit linked to that address."""
        return url in self._linked


def _near(link: Any) -> str:
    """The words that say what a link means: its table row or card, and the nearest heading above."""
    row = link.xpath("(ancestor::tr | ancestor::li)[last()]//text()").getall()
    heading = link.xpath("preceding::*[self::h1 or self::h2 or self::h3 or self::h4][1]//text()").getall()
    parts = [" ".join(" ".join(texts).split()) for texts in (heading, row)]
    return " · ".join(part for part in parts if part and len(part) < 300)


def asked(response: Response) -> str:
    """The address that this is the answer to."""
    assert response.request is not None
    return response.request.url
