"""Lists as CSV: RFC 4180, UTF-8, nothing in a cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from flask import Response

from crawler.codec import spreadsheet_safe


def as_csv(header: tuple[str, ...], rows: Iterable[tuple[Any, ...]], name: str) -> Response:
    """A list as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        texts = [
            "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
            for value in row
        ]
        writer.writerow([spreadsheet_safe(text) for text in texts])
    response = Response(out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
