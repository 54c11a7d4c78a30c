"""python -m maalspor, and the command .venv/bin/maalspor: one sentence for every mistake, exit codes kept."""

import logging
import sys

import click

from crawler.errors import MaalsporError
from maalspor.commands import checking, comparing, crawling, reading, searching, serving, trying
from maalspor.settings import settings_here

EXIT_CODES = """\b
Exit codes: 0 done, 1 a bug in Målspor, 2 wrong usage, 3 settings or sources, 4 crawl, 5 some documents not
read, 6 no such document, goal or agency, 7 store, 8 index missing or stale, 9 nothing found, 10 readings differ,
130 interrupted."""


@click.group(epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--sources", metavar="DIR", help="A folder of sources and registry instead of the packaged one."
)
@click.option("-v", "--verbose", is_flag=True, help="Log more, and show a traceback for a bug.")
@click.version_option(package_name="maalspor")
@click.pass_context
def cli(context: click.Context, sources: str | None, *, verbose: bool) -> None:
    """What Danish public agencies promise, and what came of it.

    \b
    Try:
      maalspor run demo                     crawl, read and serve the fictional demo state
      maalspor search sygefravær --json     search what was read
      maalspor extract plan.pdf             read one PDF, without a store
      maalspor export goals --format csv    every goal with its proof
      maalspor compare digestyrelsen 2018   what was promised beside what was reported
      maalspor doctor                       what is installed, and how it is
    """  # noqa: D301 - \b is click's mark for lines kept as they are
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if verbose else logging.INFO,
        format="%(levelname)s %(name)s: %(message)s",
    )
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    context.obj = settings_here({"sources": sources})


for _group in (crawling, reading, searching, comparing, serving, checking, trying):
    for _command in _group.COMMANDS:
        cli.add_command(_command)


def main(arguments: list[str] | None = None) -> None:
    """Run a command and end the process with its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        cli.main(arguments, prog_name="maalspor", standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as mistake:
        mistake.show()
        sys.exit(mistake.exit_code)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output left (`| head`); there is nobody to tell.
        sys.stderr.close()
        sys.exit(0)
    except MaalsporError as error:
        click.echo(f"maalspor: {error}", err=True)
        sys.exit(error.exit_code)
    except Exception as bug:
        if "-v" in arguments or "--verbose" in arguments:
            raise
        click.echo(
            f"maalspor: a bug: {type(bug).__name__}: {bug}. Run again with -v before the verb and report it.",
            err=True,
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
