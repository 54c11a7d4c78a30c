"""Commands over what is inferred: compare, trace."""

from typing import Any

import click

from crawler.codec import Codec
from crawler.errors import MissingDocument
from crawler.records import AgencyId
from ingest.comparison import Comparison, Line, compare_year
from ingest.history import History, Stage, trace_goal
from maalspor.commands.shown import print_json
from maalspor.settings import Settings, store_of


def document_json(row: Any) -> dict[str, Any]:
    """What a document is called by."""
    return {"id": row.id, "sha256": row.sha256, "title": row.title, "years": list(row.years)}


def comparison_json(found: Comparison, codec: Codec) -> dict[str, Any]:
    """The comparison as JSON: records as the contract has them, what is inferred under `inferred`."""
    return {
        "agency": found.agency,
        "year": found.year,
        "plans": [
            {
                "document": document_json(plan.document),
                "goals": [line_json(line, codec) for line in plan.lines],
                "inferred": {"fulfilled": codec.plain(plan.fulfilled)},
            }
            for plan in found.plans
        ],
        "amendments": [document_json(row) for row in found.amendments],
        "reports": [document_json(row) for row in found.reports],
        "stated_fulfilment": [
            {"document": row.id, "fulfilment": codec.plain(value)} for row, value in found.stated
        ],
        "unplanned": [{"id": row.id, **codec.plain(row.result)} for row in found.unplanned],
    }


def line_json(line: Line, codec: Codec) -> dict[str, Any]:
    """One goal with its answers."""
    return {
        "id": line.goal.id,
        "goal": codec.plain(line.goal.goal),
        "amended": line.amended.id if line.amended else None,
        "answers": [
            {
                "id": answer.result.id,
                "result": codec.plain(answer.result.result),
                "inferred": {
                    "link": answer.link,
                    "events": list(answer.events),
                    "against_plan": answer.against_plan,
                },
            }
            for answer in line.answers
        ],
        "inferred": {"never_reported": line.silent},
    }


def history_json(found: History, codec: Codec) -> dict[str, Any]:
    """A goal's history as JSON, oldest first."""
    return {
        "goal": found.asked,
        "stages": [
            {
                "id": stage.goal.id,
                "document": document_json(stage.goal.document),
                "goal": codec.plain(stage.goal.goal),
                "results": [
                    {"id": row.id, "result": codec.plain(row.result), "inferred": {"link": link}}
                    for row, link in stage.results
                ],
                "amended": stage.amended.id if stage.amended else None,
                "inferred": {"links": list(stage.links), "events": list(stage.events)},
            }
            for stage in found.stages
        ],
    }


@click.command("compare")
@click.argument("agency")
@click.argument("year", type=click.IntRange(1990, 2049))
@click.option("--json", "as_json", is_flag=True, help="The comparison as JSON.")
@click.pass_obj
def compare_command(settings: Settings, agency: str, year: int, *, as_json: bool) -> None:
    """Print an agency's goals of one year beside what its report says of them."""
    store = store_of(settings)
    try:
        found = compare_year(store, AgencyId(agency), year)
        if not found.plans and not found.reports:
            raise MissingDocument(
                f"Nothing was read of {agency!r} for {year}: see `maalspor export silence` for what is there."
            )
        if as_json:
            print_json(comparison_json(found, Codec()))
            return
        for plan in found.plans:
            click.echo(f"{plan.document.title or plan.document.id} ({plan.document.id})")
            for line in plan.lines:
                say_line(line)
            if plan.fulfilled is not None:
                value = plan.fulfilled
                click.echo(
                    f"  Worked out anew: {value.low}-{value.high} % met, {value.unanswered} % never answered."
                )
        for row, stated in found.stated:
            click.echo(f"{row.title or row.id} states {stated.printed!r}.")
        for result in found.unplanned:
            click.echo(f"  not planned: {result.result.goal_title} [{result.result.status or '-'}]")
    finally:
        store.close()


def say_line(line: Line) -> None:
    """One goal on a line, each answer on a line below."""
    goal = line.goal.goal
    click.echo(f"  {goal.key or '-'}\t{goal.title}")
    if line.silent:
        click.echo("\t  never reported")
    for answer in line.answers:
        result = answer.result.result
        said = [result.actual_printed or "-", f"[{result.status or '-'}]"]
        said += [event["type"] for event in answer.events]
        said += [] if answer.link["sure"] else [f"perhaps ({answer.link['score']})"]
        click.echo("\t  " + " ".join(said))


@click.command("trace")
@click.argument("goal")
@click.option("--json", "as_json", is_flag=True, help="The history as JSON.")
@click.pass_obj
def trace_command(settings: Settings, goal: str, *, as_json: bool) -> None:
    """Follow one goal through the plans that have it."""
    store = store_of(settings)
    try:
        found = trace_goal(store, goal)
        if found is None:
            raise MissingDocument(f"No goal has the id {goal!r}: find one with `maalspor search`.")
        if as_json:
            print_json(history_json(found, Codec()))
            return
        for stage in found.stages:
            say_stage(stage)
    finally:
        store.close()


def say_stage(stage: Stage) -> None:
    """One plan on a line, what moved and what was reached below."""
    goal, years = stage.goal.goal, stage.goal.document.years
    click.echo(
        f"{'-'.join(map(str, (years[0], years[-1]) if years else ('?',)))}\t{goal.key or '-'}\t{goal.title}"
    )
    for link in stage.links:
        sure = "" if link["sure"] else f", perhaps ({link['score']})"
        click.echo(f"\t{link['type']}{sure}: {link['reason']}")
    for event in stage.events:
        if event["type"] != "reworded":
            click.echo(f"\t{event['type']}: {event.get('from', '')} -> {event.get('to', '')}")
    for row, _ in stage.results:
        click.echo(f"\tresult: {row.result.actual_printed or '-'} [{row.result.status or '-'}]")


COMMANDS = (compare_command, trace_command)
