"""Small records for tests: every field filled with the least that is valid, overridden by keyword."""

import dataclasses
import hashlib

from crawler.records import Sha256
from ingest.records import Box, Extraction, Finding, Goal, Quote, Result, unread


def sha(name: str) -> Sha256:
    """The hash of a name: a document that never was."""
    return Sha256(hashlib.sha256(name.encode()).hexdigest())


def quote(page: int = 1, x0: float = 72, top: float = 100) -> Quote:
    """One line of text on a page."""
    return Quote(page=page, box=Box(x0, top, x0 + 200, top + 12))


def goal(**fields) -> Goal:
    """A goal without targets."""
    empty = Goal(
        key="1",
        title="Sygefravær",
        text="Sygefraværet er højst 8,5 dage.",
        group=(),
        agency=None,
        parent=None,
        weight=None,
        shared=False,
        binding=True,
        targets=(),
        quotes=(quote(),),
        field_quotes={},
    )
    return dataclasses.replace(empty, **fields)


def result(**fields) -> Result:
    """A result that was met."""
    empty = Result(
        goal_key="1",
        goal_title="Sygefravær",
        agency=None,
        target_printed="højst 8,5 dage",
        actual_printed="8,1 dage",
        actual=None,
        status="met",
        status_printed="Opfyldt",
        score=None,
        explanation=None,
        section="part1",
        quotes=(quote(),),
        field_quotes={},
    )
    return dataclasses.replace(empty, **fields)


def extraction(name: str = "plan", **fields) -> Extraction:
    """A document that was read and says nothing."""
    finding = Finding(code="not_signed", level="info", message="No signature date.", page=None)
    empty = unread(sha(name), 1000, "read", finding)
    facts = dataclasses.replace(empty.document, pages=1, language="da", text_layer="native")
    return dataclasses.replace(empty, document=facts, **fields)
