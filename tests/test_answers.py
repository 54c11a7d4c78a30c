"""What an answer is, by its bytes and its status, whatever the server calls it."""

import pytest

from crawler.answers import instead_of_pdf, is_bot_check, is_html, is_pdf, unkept, wrong_with_pdf

PDF = b"%PDF-1.4\n1 0 obj\n%%EOF\n"


@pytest.mark.parametrize(
    ("body", "pdf", "html", "bot"),
    [
        (PDF, True, False, False),
        (b"\xef\xbb\xbf\r\n" + PDF, True, False, False),
        (b"x" * 2000 + PDF, False, False, False),
        (b"<!DOCTYPE html><title>Planer</title>", False, True, False),
        ("<h1>404 – Siden findes ikke</h1>".encode(), False, True, False),
        (b"<html><title>Just a moment...</title>", False, True, True),
        (b'<html><script src="/cdn-cgi/challenge-platform/x.js"></script>', False, True, True),
        (b'<html><title>Kontakt</title><div class="g-recaptcha"></div>', False, True, False),
        (b"PK\x03\x04 word/document.xml", False, False, False),
        (b"", False, False, False),
    ],
    ids=["pdf", "junk before", "far too much junk", "page", "bare heading", "bot check", "its script",
         "a form with a captcha", "a Word file", "nothing"],
)  # fmt: skip
def test_bytes_tell_what_it_is(body, pdf, html, bot):
    """A PDF, a page, a bot check or none of them."""
    assert (is_pdf(body), is_html(body), is_bot_check(body)) == (pdf, html, bot)


@pytest.mark.parametrize(
    ("status", "known", "problem"),
    [
        (404, False, "not_found"),
        (404, True, "removed"),
        (410, True, "removed"),
        (401, True, "refused"),
        (403, False, "refused"),
        (429, True, "refused"),
        (500, True, "server_error"),
        (503, False, "server_error"),
    ],
)
def test_statuses_without_a_document(status, known, problem):
    """Only 404 and 410 say that a document is not there, or not there any more."""
    assert unkept(status, known=known) == problem


@pytest.mark.parametrize(
    ("body", "declared", "cut", "problem"),
    [
        (PDF, "application/pdf", False, None),
        (PDF, "application/octet-stream", False, None),
        (PDF + b"\n" * 4000, "application/pdf", False, None),
        (PDF, "text/html; charset=utf-8", False, "wrong_content_type"),
        (PDF, "", False, "wrong_content_type"),
        (PDF[:-7], "application/pdf", False, "truncated"),
        (PDF, "application/pdf", True, "truncated"),
    ],
)
def test_odd_pdfs_are_named(body, declared, cut, problem):
    """A PDF without its end, or declared as something else, is kept and named."""
    assert wrong_with_pdf(body, declared, cut=cut) == problem


def test_a_page_instead_of_a_pdf():
    """A page that says that nothing is there is told from any other page."""
    assert instead_of_pdf("<h1>Siden findes ikke</h1>") == "soft_not_found"
    assert instead_of_pdf("<h1>Log på</h1>") == "not_pdf"
