"""``minori value``: what a customer is worth, what moved that, and what less churn would be worth."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from minori.cli.shared import (
    Bar,
    day_option,
    json_option,
    language_option,
    open_workspace,
    print_json,
    print_records,
    workspace_option,
)
from minori.core.text import Language

if TYPE_CHECKING:
    from minori.pipeline.proof.value import By


@click.command("value")
@workspace_option
@day_option(
    "--from", "Default: a year before the last day. The time just before is compared with it.", name="first"
)
@day_option("--to", "The last day, as it was known then. Default: the last complete day.")
@click.option("--by", type=click.Choice(["segment", "touch", "plan"]), help="Also apart for each of these.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one line per class, period and figure.")
@json_option
@language_option
def command(
    folder: Path | None,
    first: date | None,
    to: date | None,
    by: str | None,
    as_csv: bool,
    as_json: bool,
    language: Language | None,
) -> None:
    """LTV by its three formulas, LTV/CAC, payback, what moved LTV, and what a point of churn is worth."""
    from minori.cli.value_shown import as_object, print_values, rows
    from minori.pipeline.proof.value import values

    workspace = open_workspace(folder)
    with workspace.session() as session:
        as_of = workspace.day(session, to)
        if first is not None and first > as_of:
            raise click.UsageError(f"--from {first} is after the last day, {as_of}")
        found = values(session, as_of, first, cast("By | None", by), Bar())
    if as_json:
        print_json(as_object(found))
    elif as_csv:
        print_records(rows(found))
    else:
        print_values(found, language or workspace.file.company.language)
