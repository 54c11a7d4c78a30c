"""create_app(): Flask, its routes in two languages, strict headers, errors as plain pages.

The pages make no request to any other host, set no cookie and carry no script.
"""

from datetime import timedelta
from typing import Any

from flask import Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from crawler.archive import Archive
from crawler.codec import Codec
from crawler.errors import MissingDocument, StaleIndex
from ingest.images import Busy, NoImage, PageImages
from ingest.store import Store
from search.engine import SearchEngine
from web import files, lists, pages
from web.site import KEY, Site, agency_name, document_name, is_demo, ministry_name, speaker
from web.texts import load_texts

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_app(archive: Archive, store: Store, engine: SearchEngine, images: PageImages) -> Flask:
    """The site over opened things; it never writes."""
    app = Flask(__name__)
    app.extensions[KEY] = Site(
        archive=archive, store=store, engine=engine, images=images, codec=Codec(), texts=load_texts()
    )
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = timedelta(hours=1)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    for module in (pages, lists, files):
        for rule, view in module.ROUTES:
            app.add_url_rule(rule, endpoint=view.__name__ + rule, view_func=view)
            app.add_url_rule("/en" + rule, endpoint="en" + view.__name__ + rule, view_func=view)
    app.before_request(_language)
    app.after_request(_headers)
    app.context_processor(_words)
    app.register_error_handler(HTTPException, _problem)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(NoImage, _missing)
    app.register_error_handler(MissingDocument, _missing)
    app.register_error_handler(StaleIndex, _stale)
    return app


def _language() -> None:
    g.language = "en" if request.path == "/en" or request.path.startswith("/en/") else "da"


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype in ("text/html", "application/json") and response.status_code == 200:
        response.headers["Cache-Control"] = "no-cache"
        response.add_etag()
        response.make_conditional(request)
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
        "ministry_name": ministry_name,
        "document_name": document_name,
        "here": request.base_url,
    }


def _problem(error: HTTPException) -> ResponseReturnValue:
    say = speaker()
    code = error.code or 500
    words = str(error.description) if code in (400, 410) else say("not_here") if code == 404 else error.name
    if request.path.endswith(".json"):
        return {"type": "about:blank", "title": error.name, "status": code, "detail": words}, code
    link = getattr(error, "link", None)
    return render_template("error.html", code=code, words=words, link=link), code


def _busy(_error: Busy) -> ResponseReturnValue:
    return (
        render_template("error.html", code=503, words=speaker()("busy"), link=None),
        503,
        {"Retry-After": "10"},
    )


def _missing(error: Exception) -> ResponseReturnValue:
    return render_template("error.html", code=404, words=str(error), link=None), 404


def _stale(error: StaleIndex) -> ResponseReturnValue:
    return render_template("error.html", code=503, words=str(error), link=None), 503
