"""Small institutions for tests: every field filled with the least that is valid, overridden by keyword."""

import dataclasses
from datetime import date

from crawler.records import Agency, AgencyId, AgencyName, Attachment, Ministry, MinistryId, Registry


def day(text):
    """A day from its ISO form, None from None."""
    return None if text is None else date.fromisoformat(text)


def name(text, start=None, end=None, **fields):
    """An official name, with ISO days."""
    plain = AgencyName(
        text=text,
        start=day(start),
        end=day(end),
        official=True,
        wrong=False,
        background=False,
        shared=False,
    )
    return dataclasses.replace(plain, **fields)


def short(text, start=None, end=None):
    """An abbreviation or popular name."""
    return name(text, start, end, official=False)


def attached(ministry, start=None, end=None):
    """The ministry of some days."""
    return Attachment(ministry=MinistryId(ministry), start=day(start), end=day(end), background=False)


def agency(id, *names, **fields):
    """A body with these names, bare text or AgencyName; without names its id is its name."""
    plain = Agency(
        id=AgencyId(id),
        names=tuple(name(text) if isinstance(text, str) else text for text in names or (id,)),
        ministries=(),
        predecessors=(),
        successors=(),
        no_public_plan=(),
        html_only=(),
        changes=(),
        addresses=(),
        note=None,
        listed=True,
    )
    return dataclasses.replace(plain, **fields)


def ministry(id, *names):
    """A ministry with these names."""
    said = tuple(name(text) if isinstance(text, str) else text for text in names or (id,))
    return Ministry(id=MinistryId(id), names=said, addresses=(), note=None, fictional=False)


def registry(*bodies):
    """A registry of agencies and ministries, told apart by their type."""
    return Registry(
        ministries=tuple(body for body in bodies if isinstance(body, Ministry)),
        agencies=tuple(body for body in bodies if isinstance(body, Agency)),
    )
