"""Which result answers a goal: Målspor's own link, with how it was found and whether it is sure."""

from dataclasses import dataclass
from typing import Any

from crawler.records import Sha256
from ingest.store_tables import GoalRow, ResultRow
from web.site import documents_of, remembered, site


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What reports say of a goal. `result` and the link's words are None where no link leads to one."""

    result: ResultRow | None
    method: str | None
    """`key`, `title`, `text` or `target`: what spoke most for the link."""
    sure: bool
    """Whether the site may state the link without "perhaps"."""
    report_read: bool
    """Whether a report of the same agency and year was read at all."""


def answer_to(row: GoalRow) -> Answer:
    """The result that answers a goal, from the links in the store; the surest where there are several."""
    store, sha256 = site().store, row.document.sha256
    links = remembered(f"answers {sha256}", lambda: _answers(sha256))
    mine = [link for link in links if link["from"]["goal"] == row.index]
    for link in sorted(mine, key=lambda link: -link["score"]):
        results = store.results_of(link["to"]["sha256"])
        if link["to"]["result"] < len(results):
            return Answer(
                result=results[link["to"]["result"]],
                method=link["method"],
                sure=link["sure"],
                report_read=True,
            )
    return Answer(result=None, method=None, sure=False, report_read=_report_read(row))


def _answers(sha256: Sha256) -> list[dict[str, Any]]:
    # The store gives the links of the whole family of bodies; only this plan's own are kept.
    links, _ = site().store.derived.about(sha256)
    return [link for link in links if link["type"] == "answers" and link["from"]["sha256"] == sha256]


def _report_read(row: GoalRow) -> bool:
    return any(
        other.kind == "report" and other.state == "read" and set(other.years) & set(row.document.years)
        for agency in row.document.agencies
        for other in documents_of(agency)
    )
