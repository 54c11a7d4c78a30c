"""create_app(): Flask, its routes in two languages, strict headers, conditional answers.

The pages make no request to any other host, set no cookie and carry no script.
"""

import hashlib
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from flask import Flask, Response, abort, current_app, g, request
from flask.typing import ResponseReturnValue

from crawler.archive import Archive
from crawler.codec import Codec
from ingest.images import PageImages
from ingest.store import Store
from search.engine import SearchEngine
from search.words import Words
from web import errors, files, front, inferred, lists, overviews, pages, tallies, years
from web.site import (
    KEY,
    Memory,
    Site,
    agency_name,
    agency_span,
    document_name,
    is_demo,
    ministry_name,
    site,
    speaker,
)
from web.texts import load_texts

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    # Browsers heed it over HTTPS only: behind a proxy with a certificate, and nowhere else.
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
MODULES = (front, pages, inferred, years, overviews, tallies, lists, files)


def create_app(archive: Archive, store: Store, engine: SearchEngine, images: PageImages) -> Flask:
    """The site over opened things; it never writes."""
    app = Flask(__name__, static_folder=None)
    web = resources.files("web")
    static = bodies(web / "static")
    app.extensions[KEY] = Site(
        archive=archive,
        store=store,
        engine=engine,
        images=images,
        codec=Codec(),
        texts=load_texts(),
        words=Words(),
        memory=Memory(),
        static=static,
        static_digest=digest(static),
        version=digest(bodies(web)),
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.add_url_rule("/static/<digest>/<path:name>", endpoint="static", view_func=files.static)
    for module in MODULES:
        for rule, view in module.ROUTES:
            app.add_url_rule(rule, endpoint=view.__name__ + rule, view_func=view)
            app.add_url_rule("/en" + rule, endpoint="en" + view.__name__ + rule, view_func=view)
    app.before_request(_language)
    app.before_request(_known_parameters)
    app.before_request(_not_modified)
    app.after_request(_headers)
    app.context_processor(_words)
    errors.register(app)
    return app


def bodies(folder: Traversable, before: str = "") -> dict[str, bytes]:
    """Every file under a folder by its path in it, compiled Python aside."""
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found |= bodies(entry, f"{before}{entry.name}/") if entry.name != "__pycache__" else {}
        else:
            found[before + entry.name] = entry.read_bytes()
    return found


def digest(found: Mapping[str, bytes]) -> str:
    """Twelve hex digits that change with any byte or name of these files."""
    whole = hashlib.sha256()
    for name, body in found.items():
        whole.update(f"{name} {len(body)}\n".encode() + body)
    return whole.hexdigest()[:12]


def _language() -> None:
    g.language = "en" if request.path == "/en" or request.path.startswith("/en/") else "da"


def _known_parameters() -> None:
    """Refuse a parameter that the view does not read: a misspelt filter must not look like an answer."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return
    known: tuple[str, ...] = getattr(view, "parameters", ())
    unknown = next((name for name in request.args if name not in known), None)
    if unknown is not None:
        say = speaker()
        end = f"{say('known_fields')}: {', '.join(known)}." if known else say("no_fields")
        abort(400, f"{say('unknown_field')} »{unknown[:60]}«. {end}")


def _etag() -> str:
    store = site().store
    return f"{store.generation()}-{store.indexed()}-{site().version}"


def _not_modified() -> ResponseReturnValue | None:
    """What is made of store and index alone is the same until one of them changes."""
    if request.method in ("GET", "HEAD") and request.if_none_match:
        g.etag = _etag()
        if request.if_none_match.contains_weak(g.etag):
            return Response(status=304)
    return None


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.status_code in (200, 304) and not response.cache_control.immutable:
        response.headers["Cache-Control"] = "no-cache"
        response.set_etag(g.get("etag") or _etag(), weak=True)
    return response


def _words() -> dict[str, Any]:
    say = speaker()
    start = "/en" if say.language == "en" else ""
    path = request.path.removeprefix("/en") or "/"
    query = "?" + request.query_string.decode("latin-1") if request.query_string else ""
    other = (path if start else "/en" + path) + query
    return {
        "t": say,
        "start": start,
        "other": other,
        "demo": is_demo(),
        "agency_name": agency_name,
        "agency_span": agency_span,
        "ministry_name": ministry_name,
        "document_name": document_name,
        "static": lambda name: f"/static/{site().static_digest}/{name}",
        "here": request.base_url,
        "host": request.host_url.rstrip("/"),
    }
