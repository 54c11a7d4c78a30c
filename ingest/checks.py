"""Rules over a reading: what a person should look at, each with its page where there is one."""

from decimal import Decimal

from ingest.records import Extraction, Finding

CONCEPT_YEAR = 2014
"""Source: the concept for mål- og resultatplaner of 2014 asks for five to ten goals."""


def check(extraction: Extraction) -> list[Finding]:
    """Findings on one document, in a fixed order."""
    if extraction.kind == "report":
        return (
            []
            if extraction.results
            else [
                Finding(
                    code="no_goal_reporting",
                    level="info",
                    message="No goal reporting was found in this report.",
                    page=None,
                )
            ]
        )
    top = [goal for goal in extraction.goals if goal.parent is None]
    found = []
    period = extraction.period
    if period and period.start.year >= CONCEPT_YEAR and not 5 <= len(top) <= 10:
        message = f"{len(top)} top-level goals were read; the concept asks for 5 to 10."
        found.append(Finding(code="goals_outside_5_10", level="warning", message=message, page=None))
    weights = [goal.weight for goal in top if goal.weight]
    total = sum((weight.value for weight in weights), Decimal(0))
    if weights and len(weights) == len(top) and total != 100:
        page = weights[0].quotes[0].page if weights[0].quotes else None
        found.append(
            Finding(
                code="weights_do_not_sum",
                level="warning",
                message=f"The weights add up to {total.normalize():f}, not 100.",
                page=page,
            )
        )
    dates = [signature.date for signature in extraction.signatures if signature.date]
    if not dates:
        found.append(
            Finding(code="not_signed", level="info", message="No signature date was found.", page=None)
        )
    elif period and max(dates) > period.start:
        late = (max(dates) - period.start).days
        found.append(
            Finding(
                code="signed_late",
                level="info",
                message=f"The last signature came {late} days after the period began.",
                page=None,
            )
        )
    return found
