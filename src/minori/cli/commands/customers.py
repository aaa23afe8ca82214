"""``minori customers``: everybody, with health, stage and touch."""

from datetime import date
from pathlib import Path

import click

from minori.cli.shared import (
    day_option,
    json_option,
    language_option,
    open_workspace,
    print_json,
    print_records,
    print_table,
    workspace_option,
)
from minori.core.text import Language, Text

COLUMNS = (
    "customer_id",
    "customer",
    "health",
    "band",
    "health_change",
    "stage",
    "touch",
    "mrr",
    "products",
    "plan",
)
_HEADINGS = {
    "customer_id": Text(ja="顧客ID", en="Id"),
    "customer": Text(ja="顧客", en="Customer"),
    "health": Text(ja="ヘルススコア", en="Health"),
    "band": Text(ja="状態", en="Band"),
    "health_change": Text(ja="変化", en="Change"),
    "stage": Text(ja="段階", en="Stage"),
    "touch": Text(ja="タッチ層", en="Touch"),
    "mrr": Text(ja="月額", en="Monthly"),
    "products": Text(ja="商品数", en="Products"),
    "plan": Text(ja="プラン", en="Plan"),
}


@click.command("customers")
@workspace_option
@day_option("--as-of", "Default: the newest run.")
@click.option(
    "--band", type=click.Choice(["thriving", "healthy", "watch", "act", "unknown"]), help="Only this band."
)
@click.option("--search", help="Only where id or name holds this.")
@click.option("--most", default=50, show_default=True, help="How many to show; 0: all.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@json_option
@language_option
def command(
    folder: Path | None,
    as_of: date | None,
    band: str | None,
    search: str | None,
    most: int,
    as_csv: bool,
    as_json: bool,
    language: Language | None,
) -> None:
    """Customers as of a run, the least healthy first."""
    from minori.cli.score_flag import score_of, show_flag

    workspace = open_workspace(folder)
    language = language or workspace.file.company.language
    rows = [
        row
        for row in workspace.customers(as_of)
        if (band is None or (row["band"] or "unknown") == band)
        and (search is None or search in row["customer_id"] or search in row["customer"])
    ]
    shown = rows[:most] if most else rows
    score = score_of(workspace)
    if as_json:
        print_json([{**row, "score": score.as_object()} for row in rows])
    elif as_csv:
        flag = {"score_verdict": score.code, "score_under_floor": score.under_floor}
        print_records(({**row, **flag} for row in rows), (*COLUMNS, *flag))
    else:
        table = [[_written(row[c]) for c in COLUMNS] for row in shown]
        print_table([_HEADINGS[c] for c in COLUMNS], table, language, right=(2, 4, 7, 8))
        click.echo(
            Text(ja=f"{len(shown):,} / {len(rows):,} 件", en=f"{len(shown):,} of {len(rows):,}")[language]
        )
        show_flag(score, language)


def _written(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if isinstance(value, float) else str(value)
