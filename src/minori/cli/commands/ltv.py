"""``minori ltv``: predicted lifetime value, judged on held-out time."""

from datetime import date
from pathlib import Path

import click
import pyarrow as pa

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


@click.command("ltv")
@workspace_option
@day_option("--as-of", "Last day of data; default the last complete day.")
@click.option("--horizon", type=click.IntRange(1, 120), default=12, show_default=True, help="Months ahead.")
@click.option("--most", default=20, show_default=True, help="How many customers to show; 0: all.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one line per customer.")
@json_option
@language_option
def command(
    folder: Path | None,
    as_of: date | None,
    horizon: int,
    most: int,
    as_csv: bool,
    as_json: bool,
    language: Language | None,
) -> None:
    """What each customer will buy, or how long they will stay, within the horizon; and how true such predictions were."""
    from minori.cli.lifetime_shown import show_lifetimes
    from minori.pipeline.proof.lifetime import lifetimes

    workspace = open_workspace(folder)
    with workspace.session() as session:
        day = workspace.day(session, as_of)
        found = lifetimes(session, day, months=horizon, progress=Bar())
    if as_json:
        print_json(found.as_object())
    elif as_csv:
        _print_csv(found.customers)
    else:
        company = workspace.file.company
        show_lifetimes(found, workspace.names, company.currency, language or company.language, most)


def _print_csv(customers: pa.Table) -> None:
    names = [name for name in customers.column_names if name != "customer_key"]
    batches = customers.select(names).to_batches()
    print_records((row for batch in batches for row in batch.to_pylist()), names)
