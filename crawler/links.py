"""What a page links to: the address, the link's words, and the words around it that say what it means.

Half the links of a list page say "Mål- og resultatplan" and nothing else; the year stands in a heading above.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scrapy.http import TextResponse  # noqa: TID251 - part of the crawling process

LONGEST_WORDS = 300
"""Characters of words kept with a link; a longer table row is a text, and says too much to tell anything."""
NO_PAGE = ("#", "mailto:", "tel:", "javascript:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an address was come by; not `linked` means known from an earlier visit alone."""

    found_on: str | None
    text: str | None
    above: tuple[str, ...]
    """What says more than the link's own words, the most telling first."""
    depth: int
    via: tuple[str, ...]
    """Addresses that redirected here, canonical, the first first."""
    document: bool
    linked: bool


RULES = Way(found_on=None, text=None, above=(), depth=0, via=(), document=False, linked=True)
"""A host's robots.txt: no page links to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a page; `url` is absolute and without a place within the page."""

    url: str
    text: str
    anchor: Any
    """The anchor as a parsel Selector."""

    def around(self) -> tuple[str, ...]:
        """What says more, the most telling first: its row, item, card or paragraph, the paragraph before, the heading."""
        places = (
            "(ancestor::tr | ancestor::li | ancestor::article | ancestor::p)[last()]//text()",
            # The archive of parliament says what a file is in a paragraph of its own.
            "ancestor::p[1]/preceding-sibling::*[1][self::p]//text()",
            "preceding::*[self::h1 or self::h2 or self::h3 or self::h4][1]//text()",
        )
        parts = [" ".join(" ".join(self.anchor.xpath(place).getall()).split()) for place in places]
        return tuple(part for part in parts if part and part != self.text and len(part) < LONGEST_WORDS)


def links(response: TextResponse) -> Iterator[Link]:
    """Every link that leads to an address, in the order of the page."""
    for anchor in response.css("a[href]"):
        href = (anchor.attrib.get("href") or "").strip()
        if not href or href.startswith(NO_PAGE):
            continue
        try:
            # A place within a page is no part of its address: patterns see what is asked for.
            url = response.urljoin(href).split("#", maxsplit=1)[0]
        except ValueError:
            continue
        text = " ".join(" ".join(anchor.css("::text").getall()).split())[:LONGEST_WORDS]
        yield Link(url=url, text=text, anchor=anchor)
