"""Commands over what is inferred: compare, trace."""

import click

from crawler.codec import Codec
from crawler.errors import MissingDocument
from crawler.records import AgencyId
from ingest.comparison import Line, compare_year, comparison_plain
from ingest.history import Stage, history_plain, trace_goal
from maalspor.commands.shown import print_json
from maalspor.settings import Settings, store_of


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
            print_json(comparison_plain(found, Codec()))
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
            print_json(history_plain(found, Codec()))
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
