"""Files: the PDFs themselves, inline and exactly as kept, and the images of their pages."""

import mimetypes
import re

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from ingest.records import Box
from web.site import document_name, document_of, site, takes

FOREVER = "public, max-age=31536000, immutable"


@takes("download")
def pdf(document: str) -> ResponseReturnValue:
    """The kept bytes of a document; `?download=1` as an attachment with a safe name."""
    row = document_of(document)
    body = site().archive.read(row.sha256)
    if not body.startswith(b"%PDF-"):
        # What is kept may be no PDF at all: it is never shown as anything else.
        response = Response(body, mimetype="application/octet-stream")
        response.headers["Content-Disposition"] = f'attachment; filename="{row.id}.bin"'
        return response
    response = Response(body, mimetype="application/pdf")
    name = re.sub(r"[^A-Za-z0-9-]+", "-", document_name(row)).strip("-") or row.id
    how = "attachment" if request.args.get("download") else "inline"
    response.headers["Content-Disposition"] = f'{how}; filename="{name[:80]}-{row.id}.pdf"'
    response.headers["Cache-Control"] = FOREVER
    return response


def static(digest: str, name: str) -> ResponseReturnValue:
    """A style sheet, font or picture; an address carries the digest of them all, so it never changes."""
    if digest != site().static_digest:
        abort(404)
    body = site().static.get(name) or abort(404)
    response = Response(body, mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response.headers["Cache-Control"] = FOREVER
    return response


def page_image(document: str, number: int) -> ResponseReturnValue:
    """A page as WebP."""
    row = document_of(document)
    if row.pages is None or not 1 <= number <= row.pages:
        abort(404)
    response = Response(site().images.get(row.sha256, number), mimetype="image/webp")
    response.headers["Cache-Control"] = FOREVER
    return response


def page_crop(document: str, number: int, x0: int, top: int, x1: int, bottom: int) -> ResponseReturnValue:
    """A part of a page as WebP; its edges in whole points of the page."""
    row = document_of(document)
    page = site().store.page(row.id, number)
    if page is None or not (x0 < x1 <= page.width + 1 and top < bottom <= page.height + 1):
        abort(404)
    part = Box(x0 / page.width, top / page.height, x1 / page.width, bottom / page.height)
    response = Response(site().images.crop(row.sha256, number, part), mimetype="image/webp")
    response.headers["Cache-Control"] = FOREVER
    return response


CROP = "<int:x0>-<int:top>-<int:x1>-<int:bottom>"
ROUTES = (
    ("/document/<document>.pdf", pdf),
    ("/document/<document>/page/<int:number>.webp", page_image),
    (f"/document/<document>/page/<int:number>/{CROP}.webp", page_crop),
)
