"""What an answer is, told by its bytes: servers call PDFs pages and pages PDFs, and say "not found" with status 200."""

import re

from crawler.records import ProblemName

LARGEST_PAGE = 10 << 20
"""Bytes; a longer page is not parsed."""
TAIL = 4096
"""Bytes at the end of a whole PDF that hold its %%EOF."""
SAYS_NOT_FOUND = re.compile(r"findes ikke|ikke fundet|not found|kunne ikke findes", re.IGNORECASE)
HTML = re.compile(rb"<(?:!doctype|html|h1|body|meta|title)", re.IGNORECASE)
BOT_CHECK = re.compile(
    rb"<title>[^<]{0,40}(?:Just a moment|Attention Required|verify(?:ing)? (?:that )?you are (?:a )?human)"
    rb"|_Incapsula_Resource|/cdn-cgi/challenge-platform/",
    re.IGNORECASE,
)
"""Pages of the two common guards against robots; a page with a captcha in a form is none."""


def is_pdf(body: bytes) -> bool:
    """Whether it begins as a PDF; junk of up to a kilobyte may stand before (ISO 32000-1, implementation note 13)."""
    return b"%PDF-" in body[:1024]


def is_html(body: bytes) -> bool:
    """Whether it begins as a web page."""
    return bool(HTML.search(body[:2048]))


def is_bot_check(body: bytes) -> bool:
    """Whether it is a page that wants proof of a person."""
    return not is_pdf(body) and bool(BOT_CHECK.search(body[:20_000]))


def unkept(status: int, *, known: bool) -> ProblemName:
    """What an answer of 400 or more means. Only 404 and 410 say that a document is gone (RFC 9110, 15.5)."""
    if status in (404, 410):
        return "removed" if known else "not_found"
    return "refused" if status < 500 else "server_error"


def wrong_with_pdf(body: bytes, declared: str, *, cut: bool) -> ProblemName | None:
    """What is odd about a PDF that is kept: its end is missing, or it is declared as something else."""
    if cut or b"%%EOF" not in body[-TAIL:]:
        return "truncated"
    return None if "pdf" in declared or "octet-stream" in declared else "wrong_content_type"


def instead_of_pdf(text: str) -> ProblemName:
    """What a web page at an address that ends in .pdf says."""
    return "soft_not_found" if SAYS_NOT_FOUND.search(text) else "not_pdf"
