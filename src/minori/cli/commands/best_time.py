"""``minori best-time``: when customers answer, where that is known, and that any time is as good where it is so."""

from datetime import date
from pathlib import Path

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


@click.command("best-time")
@click.argument("customer", required=False)
@workspace_option
@day_option("--as-of", "Last day of data; default the last complete day.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one line per customer and time.")
@json_option
@language_option
def command(
    customer: str | None,
    folder: Path | None,
    as_of: date | None,
    as_csv: bool,
    as_json: bool,
    language: Language | None,
) -> None:
    """Best times to contact and to propose, for all customers or one (CUSTOMER, by id), judged on later answers."""
    from minori.cli import best_time_shown as shown
    from minori.pipeline.proof.best_time import best_times

    workspace = open_workspace(folder)
    company = workspace.file.company
    language = language or company.language
    with workspace.session() as session:
        found = best_times(session, workspace.day(session, as_of), Bar())
    codes = {name: code for code, name in enumerate(found.customers)}
    if customer is not None:
        codes = {customer: found.code_of(customer)}
    if as_json:
        print_json(shown.as_object(found, codes))
    elif as_csv:
        print_records(shown.rows(found, codes, language))
    elif customer is not None:
        shown.print_customer(found, codes[customer], company.currency, language)
    else:
        shown.print_best_times(found, company.currency, language)
