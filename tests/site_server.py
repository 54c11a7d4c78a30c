"""Serves a folder as a web site on a free loopback port, with the oddities that a table names.

The folder's files are the site; `Oddities` says what the files alone cannot: redirects, types, statuses, queries.
"""

import contextlib
import dataclasses
import hashlib
import http.server
import mimetypes
import threading
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit


@dataclasses.dataclass(frozen=True, kw_only=True)
class Oddities:
    """What a server does beside handing out files; addresses as they are asked for, unquoted."""

    redirects: dict = dataclasses.field(default_factory=dict)
    content_types: dict = dataclasses.field(default_factory=dict)
    encodings: dict = dataclasses.field(default_factory=dict)
    statuses: dict = dataclasses.field(default_factory=dict)
    """A status that is sent with the file of that address, or with a short page where there is none."""
    files: dict = dataclasses.field(default_factory=dict)
    """Addresses with a query, and the file that answers each."""


def oddities(path):
    """The oddities of a server.toml; none where there is no such file."""
    return Oddities(**tomllib.loads(path.read_text(encoding="utf-8"))) if path.exists() else Oddities()


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        site, odd = self.server.folder, self.server.odd
        self.server.asked.append((self.headers.get("Host"), self.path))
        address = unquote(self.path)
        path = unquote(urlsplit(self.path).path)
        if address in odd.redirects:
            return self._send(302, b"", {"Location": odd.redirects[address]})
        file = (site / odd.files.get(address, path).lstrip("/")).resolve()
        file = file / "index.html" if file.is_dir() else file
        status = odd.statuses.get(address, 200 if file.is_file() else 404)
        if site.resolve() not in file.parents or not file.is_file():
            return self._send(status, b"<html><h1>404</h1></html>", {"Content-Type": "text/html"})
        body = file.read_bytes()
        etag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            return self._send(304, b"", {"ETag": etag})
        kind = odd.content_types.get(address) or mimetypes.guess_type(file.name)[0] or "text/html"
        packed = {"Content-Encoding": odd.encodings[address]} if address in odd.encodings else {}
        return self._send(status, body, {"Content-Type": kind, "ETag": etag, **packed})

    def _send(self, status, body, headers):
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format, *args):
        """What was asked for stands in the server's `asked`."""


@contextlib.contextmanager
def serve_folder(folder, odd=None):
    """Serve while the `with` lasts; gives `127.0.0.1:port` and the list of (host, address) asked for."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.folder, server.odd, server.asked = Path(folder), odd or Oddities(), []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", server.asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
