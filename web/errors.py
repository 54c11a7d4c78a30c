"""Every error as a plain page in the address's language, as JSON on .json addresses, as a line on other files."""

from collections.abc import Callable

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from crawler.errors import MissingDocument, StaleIndex, StoreError
from ingest.images import Busy, NoImage
from web.site import speaker

OURS = {400, 410}
"""Codes whose words are written where they are raised, in the page's language."""
FILES = (".csv", ".pdf", ".webp")


def register(app: Flask) -> None:
    """Tell the application what to answer when something is wrong."""
    app.register_error_handler(HTTPException, _http)
    for error, code, key in (
        (Busy, 503, "busy"),
        (NoImage, 404, "no_image"),
        (MissingDocument, 404, "missing_document"),
        # A number in an address that is no page, year or place of anything.
        (OverflowError, 404, "http_404"),
        (StaleIndex, 503, "stale_index"),
        (StoreError, 503, "store_error"),
    ):
        app.register_error_handler(error, _saying(code, key))


def _saying(code: int, key: str) -> Callable[[Exception], Response]:
    def handle(error: Exception) -> Response:
        current_app.logger.warning("%s: %s", request.path, error or type(error).__name__)
        response = problem(code, speaker()(key))
        if isinstance(error, Busy):
            response.headers["Retry-After"] = str(error.retry_seconds)
        return response

    return handle


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    said = str(error.description) if code in OURS and error.description else speaker().word(f"http_{code}")
    response = problem(code, said if said != f"http_{code}" else error.name, getattr(error, "link", None))
    for name, value in error.get_headers():
        # What HTTP asks for stays: Allow with 405, Retry-After with 429.
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def problem(code: int, words: str, link: str | None = None) -> Response:
    """One sentence about what is wrong; `link` leads on where there is somewhere to go. RFC 9457 for JSON."""
    if request.path.endswith(".json"):
        data = {"type": "about:blank", "title": words, "status": code}
        body = current_app.json.dumps(data | ({"link": link} if link else {}))
        response = Response(body, mimetype="application/problem+json")
    elif request.path.endswith(FILES):
        response = Response(words + "\n", mimetype="text/plain")
    else:
        response = Response(render_template("error.html", code=code, words=words, link=link))
    response.status_code = code
    response.headers["Cache-Control"] = "no-store"
    return response
