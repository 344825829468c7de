"""The command line. It alone catches errors: one line on standard error, and an exit code.

0: done. 1: an error, or some input was skipped (everything else was written), or a check that failed. 2: wrong usage. 130: interrupted.
Results go to standard output; progress, warnings and errors to standard error.
"""

from __future__ import annotations

import os
import sys

import click

import kg
from kg.cli.ask import ask
from kg.cli.build import build
from kg.cli.check import check
from kg.cli.entity import entity
from kg.cli.evaluate import evaluate
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.extract import extract
from kg.cli.query import query
from kg.cli.relations import relations
from kg.cli.show import show
from kg.errors import KGError

INTERRUPTED = 130


def _show_version(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"kg {kg.__version__}")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help="Show the version."
)
def app() -> None:
    """Turn news articles into a knowledge graph whose every edge shows its sentence.

    \b
    kg build articles/ -o out         read, extract, merge; write every output
    kg show out                       open the page
    kg ask out 'Who ...?'             ask it in English
    kg query out 'SELECT ...'         ask it in SPARQL
    """


for _command in (build, extract, query, ask, export, check, evaluate, explain, entity, relations, show):
    app.add_command(_command)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; its exit code."""
    try:
        code = app.main(arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted; what was read is kept, and the next build goes on from there", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what reads the pipe has seen enough
        return 1
    except (KGError, OSError) as error:
        return _fail(str(error), 1)


def _fail(message: str, code: int) -> int:
    click.echo(f"kg: {' '.join(message.split())}", err=True)
    return code
