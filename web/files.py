"""Files: the PDFs themselves, inline and exactly as kept, and the images of their pages."""

import re

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from web.site import document_name, document_of, site

FOREVER = "public, max-age=31536000, immutable"


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


def page_image(document: str, number: int) -> ResponseReturnValue:
    """A page as WebP."""
    row = document_of(document)
    if row.pages is None or not 1 <= number <= row.pages:
        abort(404)
    response = Response(site().images.get(row.sha256, number), mimetype="image/webp")
    response.headers["Cache-Control"] = FOREVER
    return response


ROUTES = (("/document/<document>.pdf", pdf), ("/document/<document>/page/<int:number>.webp", page_image))
