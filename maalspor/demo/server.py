"""Serves the demo state's sites on a free loopback port, with the faults of real ones.

Redirects, wrong content types, a "not found" page with status 200, a 60 MB answer and an endless calendar;
dates and faults come from site-meta.json. The second visit lies over the first.
"""

import contextlib
import hashlib
import http.server
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple, TextIO

TYPES = {
    ".pdf": "application/pdf",
    ".html": "text/html; charset=utf-8",
    ".aspx": "text/html; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
CHUNK = 1 << 16
CRAWL_DELAY_SECONDS = 0.05


class Answer(NamedTuple):
    """Status, headers and body; `size` where the body is that many bytes of nothing."""

    status: int
    headers: dict[str, str]
    body: bytes
    size: int | None = None


class DemoSite:
    """What the sites answer, without sockets: files, dates and faults."""

    def __init__(self, *, later: bool, crawl_delay_seconds: float) -> None:
        self._folder = Path(str(resources.files("maalspor.demo")))
        self._meta: dict[str, Any] = json.loads((self._folder / "site-meta.json").read_text(encoding="utf-8"))
        self._faults: dict[str, Any] = self._meta["faults"]
        self._later = later
        self._delay = crawl_delay_seconds
        removed = (self._folder / "site-later" / "removed.txt").read_text(encoding="utf-8")
        self._removed = set(filter(None, removed.split("\n"))) if later else set()

    def answer(self, address: str, conditions: dict[str, str]) -> Answer:
        """The answer to a GET of an address (path and query); `conditions` are lower-case headers."""
        parts = urllib.parse.urlsplit(address)
        path = urllib.parse.unquote(parts.path)
        faults = self._faults
        key = path + ("?" + parts.query if parts.query else "")
        moved = faults["redirects"].get(key) or (None if parts.query else faults["redirects"].get(path))
        html = {"Content-Type": "text/html; charset=utf-8"}
        if moved:
            return Answer(moved[0], {"Location": moved[1], **html}, b"")
        if path == "/robots.txt":
            return Answer(200, {"Content-Type": "text/plain; charset=utf-8"}, self._robots())
        if path == faults["calendar"]:
            return Answer(200, html, calendar(urllib.parse.parse_qs(parts.query)))
        if path in faults["huge"]:
            return Answer(200, {"Content-Type": "application/pdf"}, b"", faults["huge"][path])
        if path in faults["gone"]:
            return Answer(410, html, b"<h1>Siden er nedlagt</h1>")
        if path in faults["soft404"]:
            return Answer(200, html, (self._folder / "site" / faults["soft404_page"]).read_bytes())
        if path == "/portal/publikationer/":
            page = urllib.parse.parse_qs(parts.query).get("page", ["1"])[0]
            path = f"/portal/publikationer/page-{page}.html"
        return self._file(path, conditions)

    def _robots(self) -> bytes:
        text = (self._folder / "site" / "robots.txt").read_text(encoding="utf-8")
        return text.replace("Crawl-delay: 1", f"Crawl-delay: {self._delay:g}").encode()

    def _find(self, path: str) -> tuple[Path, str] | None:
        relative = path.lstrip("/")
        if relative in self._removed or relative in ("removed.txt", self._faults["soft404_page"]):
            return None
        names = (relative, relative.rstrip("/") + "/index.html" if relative else "index.html")
        for root in ("site-later", "site") if self._later else ("site",):
            for name in names:
                file = (self._folder / root / name).resolve()
                if file.is_file() and (self._folder / root).resolve() in file.parents:
                    key = ("later:" if root == "site-later" else "") + name
                    return file, self._meta["last_modified"].get(key, "2023-01-01")
        return None

    def _file(self, path: str, conditions: dict[str, str]) -> Answer:
        found = self._find(path)
        if found is None:
            body = "<h1>404 – Siden findes ikke</h1>".encode()
            return Answer(404, {"Content-Type": "text/html; charset=utf-8"}, body)
        file, day = found
        body = file.read_bytes()
        etag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        when = datetime.fromisoformat(day + "T09:30:00+00:00").astimezone(UTC)
        headers = {"ETag": etag, "Last-Modified": format_datetime(when, usegmt=True)}
        if unchanged(conditions, etag, when):
            return Answer(304, headers, b"")
        charset = next(
            (kind for start, kind in self._faults["charset"].items() if path.lstrip("/").startswith(start)),
            None,
        )
        kind = self._faults["content_types"].get(path)
        kind = kind or (charset if file.suffix == ".htm" else None)
        headers["Content-Type"] = kind or TYPES.get(file.suffix.lower(), "application/octet-stream")
        return Answer(200, headers, body)


def unchanged(conditions: dict[str, str], etag: str, when: datetime) -> bool:
    """Whether the asker has this already (RFC 9110: If-None-Match goes before If-Modified-Since)."""
    tags = conditions.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    since = conditions.get("if-modified-since")
    if not since:
        return False
    try:
        return when <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


def calendar(query: dict[str, list[str]]) -> bytes:
    """A month of the calendar that has no end in either direction."""
    try:
        year, month = int(query.get("aar", ["2023"])[0]), int(query.get("maaned", ["1"])[0])
    except ValueError:
        year, month = 2023, 1
    month = min(max(month, 1), 12)
    near = (
        (year if month > 1 else year - 1, month - 1 or 12),
        (year if month < 12 else year + 1, month % 12 + 1),
        (year + 1, month),
    )
    links = "".join(
        f"<li><a href='/kyst/Pages/Kalender.aspx?aar={y}&amp;maaned={m}'>{MONTHS[m - 1]} {y}</a></li>"
        for y, m in near
    )
    name = f"{MONTHS[month - 1]} {year}"
    return (
        f"<html lang='da'><head><meta charset='utf-8'><title>Kalender {name}</title></head>"
        f"<body><h1>{name}</h1><p>Ingen møder.</p><ul>{links}</ul></body></html>"
    ).encode()


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Microsoft-IIS/8.5"
    sys_version = ""
    server: "_Server"

    def do_GET(self) -> None:
        conditions = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.site.answer(self.path, conditions)
        sent = 0
        try:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            size = len(answer.body) if answer.size is None else answer.size
            if answer.status != 304:
                self.send_header("Content-Length", str(size))
            self.end_headers()
            if answer.size is None:
                self.wfile.write(answer.body)
                sent = len(answer.body)
            else:
                block = b"%PDF-1.4\n".ljust(CHUNK, b"\0")
                while sent < size:
                    self.wfile.write(block[: min(CHUNK, size - sent)])
                    sent += min(CHUNK, size - sent)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            self.server.note(f"{time.time():.3f}\tGET\t{self.path}\t{answer.status}\t{sent}")

    def log_message(self, format: str, *args: object) -> None:
        """The access log is written by `note`."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: DemoSite, log: TextIO | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site
        self._log, self._lock = log, threading.Lock()

    def note(self, line: str) -> None:
        """Append to the access log: time, method, address, status, bytes."""
        if self._log is not None:
            with self._lock:
                self._log.write(line + "\n")
                self._log.flush()


@contextlib.contextmanager
def serve_demo(
    *, later: bool = False, log: Path | None = None, crawl_delay_seconds: float = CRAWL_DELAY_SECONDS
) -> Iterator[int]:
    """Serve the sites while the `with` lasts; gives the port on 127.0.0.1."""
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(log.open("a", encoding="utf-8")) if log else None
        server = stack.enter_context(
            _Server(DemoSite(later=later, crawl_delay_seconds=crawl_delay_seconds), file)
        )
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()
