"""``minori kpi``: what moved monthly revenue, and what the rates say; for a shop, what customers bought."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from minori.cli.shared import (
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
    from minori.kpis.periods import By
    from minori.pipeline.session import Session
    from minori.pipeline.workspace import Workspace


@click.command("kpi")
@workspace_option
@day_option("--from", "Default: a year of months, two of quarters, three fiscal years.", name="first")
@day_option("--to", "The last day, as it was known then. Default: the last complete day.")
@click.option(
    "--by", type=click.Choice(["month", "quarter", "fiscal-year"]), default="month", show_default=True
)
@click.option(
    "--compare", type=click.Choice(["variants"]), help="Count in the other named ways, side by side."
)
@click.option("--movements", is_flag=True, help="List every movement instead.")
@click.option("--customer", help="With --movements: of one customer, by id.")
@click.option(
    "--csv", "as_csv", is_flag=True, help="Print CSV, one line per period and figure (or movement)."
)
@json_option
@language_option
def command(
    folder: Path | None,
    first: date | None,
    to: date | None,
    by: str,
    compare: str | None,
    movements: bool,
    customer: str | None,
    as_csv: bool,
    as_json: bool,
    language: Language | None,
) -> None:
    """Movements of MRR, NRR and other rates by month, quarter or fiscal year, each with its sample."""
    workspace = open_workspace(folder)
    language = language or workspace.file.company.language
    if customer is not None and not movements:
        raise click.UsageError("--customer goes with --movements")
    how = "json" if as_json else "csv" if as_csv else "table"
    with workspace.session() as session:
        as_of = workspace.day(session, to)
        if movements:
            _movements(workspace, session, as_of, first, customer, how, language)
        elif compare:
            _compare(workspace, session, as_of, first, cast("By", by), how, language)
        else:
            _figures(session, as_of, first, cast("By", by), how, language)


def _figures(
    session: "Session", as_of: date, first: date | None, by: "By", how: str, language: Language
) -> None:
    from minori.cli.kpi_tables import as_object, print_kpis, rows
    from minori.pipeline.proof.kpi import kpis

    found = kpis(session, as_of, by, first)
    if how == "json":
        print_json(as_object(found))
    elif how == "csv":
        print_records(rows(found))
    else:
        print_kpis(found, language)


def _compare(
    workspace: "Workspace",
    session: "Session",
    as_of: date,
    first: date | None,
    by: "By",
    how: str,
    language: Language,
) -> None:
    from minori.cli.kpi_compared import as_objects, print_differences, rows
    from minori.pipeline.proof.compared import compare

    found = compare(session, as_of, by, first)
    if how == "json":
        print_json(as_objects(found))
    elif how == "csv":
        print_records(rows(found))
    else:
        print_differences(found, workspace.names, workspace.file.company.currency, language)


def _movements(
    workspace: "Workspace",
    session: "Session",
    as_of: date,
    first: date | None,
    customer: str | None,
    how: str,
    language: Language,
) -> None:
    from minori.cli.kpi_movements import print_movements
    from minori.pipeline.proof.kpi import movements_of

    names = workspace.names
    since = first or date.min
    found = movements_of(session, as_of, since, customer)
    if how == "json":
        print_json(found)
    elif how == "csv":
        print_records(found)
    else:
        print_movements(found, names, session.workspace.company.currency, language)
