"""The page of one goal through the years: its river, its figures, and every wording against another."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from ingest.history import History, Stage, history_plain, trace_goal
from web import charts
from web.charts import Given, chart
from web.course import SHAPED, Row, plan_words, rivers, rows_of, table_lines, voids_of, when
from web.joint import restates
from web.site import answer, first_fetch, site, speaker, takes
from web.tables import as_csv
from web.wording import Piece, word_diff


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """A stage against another one, word by word."""

    before: Stage
    after: Stage
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


def _history(document: str, place: str) -> tuple[History, list[Row]]:
    """A goal's history and its rows, or 404."""
    found = trace_goal(site().store, f"{document}/{place}")
    if found is None:
        abort(404)
    asked = next(stage for stage in found.stages if stage.goal.id == found.asked)
    return found, rows_of(found, asked)


@takes("from", "to")
def years(document: str, place: str) -> ResponseReturnValue:
    """One goal through the plans that have it: the river, figures, results, and every wording against another."""
    found, rows = _history(document, place)
    places: dict[Any, Stage] = {stage.goal.id: stage for stage in found.stages}
    unit, given = _figures(found)
    joined = [
        (str(arrival.source.goal.id), str(row.stage.goal.id), bool(arrival.link["sure"]))
        for row in rows
        for arrival in row.arrivals
    ]
    voids = voids_of(found)
    frames = {"wide": charts.WIDE, "tall": charts.NARROW}
    return answer(
        "years.html",
        lambda: history_plain(found, site().codec),
        found=found,
        asked=places[found.asked],
        rows=rows,
        lines=table_lines(rows, voids),
        shaped=SHAPED,
        when=when,
        restates=restates,
        plan=plan_words,
        rivers=rivers(rows, voids),
        charts={name: chart(unit, given, joined, frame=frame) for name, frame in frames.items()}
        if unit
        else {},
        titles=len({stage.goal.goal.title.casefold() for stage in found.stages}),
        results=sum(len(stage.results) for stage in found.stages),
        diff=_chosen(found, places),
        fetch=first_fetch(places[found.asked].goal.document),
    )


COLUMNS = (
    "year",
    "agency",
    "goal",
    "key",
    "title",
    "target",
    "comparator",
    "value",
    "value_to",
    "unit",
    "weight",
    "weight_unit",
    "result",
    "status",
    "actual_printed",
    "from",
    "link",
    "sure",
)


def years_csv(document: str, place: str) -> ResponseReturnValue:
    """The table of a goal through the years: a line for each target, and for each link that leads to its plan."""
    _, rows = _history(document, place)
    return as_csv(COLUMNS, (line for row in rows for line in _cells(row)), f"goal-{document}-{place}")


def _cells(row: Row) -> Iterator[tuple[Any, ...]]:
    stage = row.stage
    goal, paper = stage.goal.goal, stage.goal.document
    result = stage.results[0][0] if stage.results else None
    said = (result.id, result.result.status, result.result.actual_printed) if result else (None, None, None)
    weight = (goal.weight.value, goal.weight.unit) if goal.weight else (None, None)
    for target in goal.targets or (None,):
        asked = (
            (target.text, target.comparator, target.value, target.value_to, target.unit)
            if target
            else (None,) * 5
        )
        for way in row.arrivals or (None,):
            link = (way.source.goal.id, way.link["type"], way.link["sure"]) if way else (None, None, None)
            yield (
                when(stage),
                " ".join(paper.agencies),
                stage.goal.id,
                goal.key,
                goal.title,
                *asked,
                *weight,
                *said,
                *link,
            )


def years_svg(document: str, place: str) -> ResponseReturnValue:
    """The river as a file of its own, with its styles and where it is from inside."""
    found, rows = _history(document, place)
    drawn = rivers(rows, voids_of(found))["wide"]
    asked = next(row.stage for row in rows if row.stage.goal.id == found.asked)
    body = render_template("river.svg", drawn=drawn, asked=asked.goal, styles=_styles())
    response = Response(body, mimetype="image/svg+xml")
    response.headers["Content-Disposition"] = f'attachment; filename="goal-{document}-{place}.svg"'
    return response


def _styles() -> str:
    """The rules of the site's own style sheets that a river needs, so that the file looks as the page does."""
    sheets = "".join(site().static[name].decode() for name in ("maalspor.css", "site.css"))
    root = sheets[sheets.index(":root{") : sheets.index("}", sheets.index(":root{")) + 1]
    return root + "\n".join(
        line for line in sheets.splitlines() if line.startswith((".riv", ".void{", ".c-met{"))
    )


def _chosen(found: History, places: dict[Any, Stage]) -> Diff | None:
    """The two wordings asked for, or the last two."""
    last = found.stages[-2:]
    asked = request.args.get("from"), request.args.get("to")
    pair = [places.get(id or "") for id in asked]
    if any(asked) and None in pair:
        abort(400, speaker()("no_such_plan"))
    before, after = (pair[0], pair[1]) if any(asked) else (last if len(last) == 2 else (None, None))
    if before is None or after is None:
        return None
    return Diff(
        before=before,
        after=after,
        title=tuple(word_diff(before.goal.goal.title, after.goal.goal.title)),
        text=tuple(word_diff(before.goal.goal.text, after.goal.goal.text)),
    )


def _figures(found: History) -> tuple[str | None, list[Given]]:
    """The unit that most stages measure in, and each stage's target and result in it."""
    units = Counter(
        target.unit
        for stage in found.stages
        for target in stage.goal.goal.targets
        if target.unit and target.value is not None
    )
    if not units:
        return None, []
    unit = max(sorted(units), key=lambda name: units[name])
    given = []
    for stage in found.stages:
        if not stage.goal.document.years:
            continue
        target = next(
            (
                one.value
                for one in stage.goal.goal.targets
                if one.unit == unit
                and one.value is not None
                and one.period is None
                and one.degree != "partly_met"
            ),
            None,
        )
        result = stage.results[0][0].result if stage.results else None
        actual = result.actual.value if result and result.actual and result.actual.unit == unit else None
        status = result.status if result else None
        given.append(Given(str(stage.goal.id), stage.goal.document.years[0], target, actual, status))
    return unit, given


ROUTES = (
    ("/goal/<document>/<place>/years.json", years),
    ("/goal/<document>/<place>/years.csv", years_csv),
    ("/goal/<document>/<place>/years.svg", years_svg),
    ("/goal/<document>/<place>/years", years),
)
