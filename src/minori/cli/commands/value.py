"""``minori value``: what a customer is worth, what moved that, and what less churn would be worth."""

import csv
import sys
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
    workspace_option,
)
from minori.core.text import Language

if TYPE_CHECKING:
    from minori.pipeline.proof.value import By, Values


@click.command("value")
@workspace_option
@day_option("--from", "Default: a year before the last day. The time just before is compared with it.")
@day_option("--to", "The last day, as it was known then. Default: the last complete day.")
@click.option("--by", type=click.Choice(["segment", "touch", "plan"]), help="Also apart for each of these.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one line per class, period and figure.")
@json_option
@language_option
def command(
    folder: Path | None,
    to: date | None,
    by: str | None,
    as_csv: bool,
    as_json: bool,
    language: Language | None,
    **rest: date | None,
) -> None:
    """LTV by its three formulas, LTV/CAC, payback, what moved LTV, and what a point of churn is worth."""
    from minori.cli.value_shown import as_object, print_values
    from minori.pipeline.proof.value import values

    workspace = open_workspace(folder)
    first = rest["from"]
    with workspace.session() as session:
        as_of = workspace.day(session, to)
        if first is not None and first > as_of:
            raise click.UsageError(f"--from {first} is after the last day, {as_of}")
        found = values(session, as_of, first, cast("By | None", by), Bar())
    if as_json:
        print_json(as_object(found))
    elif as_csv:
        _print_csv(found)
    else:
        print_values(found, language or workspace.file.company.language)


def _print_csv(found: "Values") -> None:
    from minori.cli.safe_csv import safe
    from minori.cli.value_shown import rows

    writer = csv.writer(sys.stdout)
    for number, row in enumerate(rows(found)):
        if not number:
            writer.writerow(row)
        writer.writerow([safe(cell) for cell in row.values()])
