"""The front page: search, what we have and what is missing, what came last, what a person should look at."""

from collections import Counter
from dataclasses import dataclass

from flask.typing import ResponseReturnValue

from crawler.records import Fetch
from ingest.store_tables import DocumentRow, GoalRow, ResultRow
from web.answers import answer_to
from web.coverage import DATA_WORDS, covered_years, groups
from web.sheets import Crop, crop, goal_place, result_place
from web.site import answer, documents, first_fetch, remembered, site, wants_csv
from web.tables import as_csv

MOST_NEWEST, MOST_FINDINGS, MOST_PLANS_ASKED = 5, 5, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A goal and the result that answers it, each with the strip of its page."""

    goal: GoalRow
    result: ResultRow
    promised: Crop
    reported: Crop


def front() -> ResponseReturnValue:
    """Search box, what we have, agency × year matrix, newest documents, what to look at."""
    years = covered_years()
    found = groups(years)
    table = [
        {
            "agency": line.agency.id,
            "year": cell.year,
            "state": DATA_WORDS[cell.state],
            "goals": cell.goals,
            "report": cell.report,
        }
        for _, lines in found
        for line in lines
        for cell in line.cells
        if cell.state != "void"
    ]
    if wants_csv():
        return as_csv(
            ("agency", "year", "state", "goals", "report"), (tuple(row.values()) for row in table), "coverage"
        )
    counts = remembered("findings", lambda: Counter(row.finding.code for row in site().store.findings()))
    return answer(
        "front.html",
        lambda: {"years": years, "agencies": table},
        years=years,
        groups=found,
        states={cell.state for _, lines in found for line in lines for cell in line.cells},
        facts=site().store.counts(),
        bodies=sum(any(cell.state == "read" for cell in line.cells) for _, lines in found for line in lines),
        newest=remembered("newest", newest),
        findings=counts.most_common(MOST_FINDINGS),
        findings_total=counts.total(),
        evidence=remembered("evidence", evidence),
    )


def newest() -> list[tuple[DocumentRow, Fetch]]:
    """The plans and reports that were fetched last, those of later years first."""
    found = [(row, note) for row in documents() if row.kind != "other" and (note := first_fetch(row))]
    found.sort(key=lambda pair: (pair[1].fetched_at.date(), pair[0].years[:1], pair[0].id), reverse=True)
    return found[:MOST_NEWEST]


def evidence() -> Evidence | None:
    """A goal that its report answers, with the places of both: shown as what the site is about."""
    plans = [row for row in documents() if row.kind == "plan" and row.goals]
    for row in reversed(plans[:MOST_PLANS_ASKED]):
        for item in site().store.goals_of(row.id):
            said = answer_to(item)
            answered = said.result
            if not answered or not said.sure or not item.goal.targets or not answered.result.status:
                continue
            promised = crop(row, goal_place(item.goal))
            reported = crop(answered.document, result_place(answered.result))
            if promised and reported:
                return Evidence(goal=item, result=answered, promised=promised, reported=reported)
    return None


ROUTES = (("/", front), ("/index.json", front), ("/index.csv", front))
