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
class Link:
    """One link of a page; `url` is absolute and without a place within the page."""

    url: str
    text: str
    anchor: Any
    """The anchor as a parsel Selector."""

    def near(self) -> str:
        """The nearest heading above, and the table row or list item that the link stands in."""
        row = self.anchor.xpath("(ancestor::tr | ancestor::li)[last()]//text()").getall()
        heading = self.anchor.xpath("preceding::*[self::h1 or self::h2 or self::h3 or self::h4][1]//text()")
        parts = [" ".join(" ".join(texts).split()) for texts in (heading.getall(), row)]
        return " · ".join(part for part in parts if part and len(part) < LONGEST_WORDS)


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
