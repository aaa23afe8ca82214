"""``minori white-space``: what each customer does not use yet."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from minori.policy.catalog import Catalog

_CELLS = {
    "owned": Text(ja="利用中", en="owned"),
    "trial": Text(ja="試用中", en="trial"),
    "gap": Text(ja="未利用", en="gap"),
}
_BUSY = Text(
    ja="未利用の製品があり、その業務が滞っている兆しのある顧客",
    en="Products not used whose work step shows a bottleneck",
)
_TIMES = Text(ja="28日間に {event} {n}回", en="{event} {n} times in 28 days")


@click.command("white-space")
@click.argument("customer", required=False)
@workspace_option
@day_option("--as-of", "Default: the last complete day.")
@click.option("--most", default=40, show_default=True, help="How many customers to show; 0: all.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one line per cell.")
@json_option
@language_option
def command(
    customer: str | None,
    folder: Path | None,
    as_of: date | None,
    most: int,
    as_csv: bool,
    as_json: bool,
    language: Language | None,
) -> None:
    """Products, options, departments and seats each customer (or one CUSTOMER, by id) does not use yet."""
    workspace = open_workspace(folder)
    language = language or workspace.file.company.language
    cells = workspace.white_space(as_of)
    columns = [name for name in cells.column_names if name != "as_of"]
    rows = [row for row in cells.select(columns).to_pylist() if customer in (None, row["customer_id"])]
    if as_json:
        print_json(rows)
    elif as_csv:
        print_records(rows, columns)
    else:
        _show(rows, workspace.names, workspace.policy.policy.catalog, language, most)


def _show(
    rows: list[dict[str, Any]], names: dict[str, str], catalog: "Catalog", language: Language, most: int
) -> None:
    from minori.pipeline.white_space import matrix

    columns, cells = matrix(rows)
    ids = sorted(cells)[: most or None]
    headings = [Text(ja="顧客", en="Customer"), *(Text(ja=c, en=c) for c in columns)]
    table = [
        [names.get(i) or i, *(_CELLS[cells[i][c]][language] if c in cells[i] else "–" for c in columns)]
        for i in ids
    ]
    print_table(headings, table, language)
    _show_catalog(catalog, columns, language)
    _show_busy([row for row in rows if row["customer_id"] in ids], names, catalog, language, most)
    for what, heading in (
        ("department", Text(ja="利用者のいない部署", en="Departments without users")),
        ("seats", Text(ja="使われていないアカウント", en="Seats not used")),
    ):
        gaps = [
            row for row in rows if row["what"] == what and row["cell"] == "gap" and row["customer_id"] in ids
        ]
        if gaps:
            click.echo(f"\n{heading[language]}: {len(gaps):,}")
            for row in gaps[: most or None]:
                name = names.get(str(row["customer_id"])) or row["customer_id"]
                detail = row["item"] if what == "department" else f"{row['used']:.0f} / {row['total']:.0f}"
                click.echo(f"  {name}: {detail}")
    click.echo(
        Text(ja=f"\n顧客 {len(ids):,} / {len(cells):,}", en=f"\n{len(ids):,} of {len(cells):,} customers")[
            language
        ]
    )


def _show_catalog(catalog: "Catalog", columns: list[str], language: Language) -> None:
    """Print what the columns are: the work step of a product, the lead features that a product or option brings."""
    for product_id, product in catalog.products.items():
        brought = [feature for plan in product.plans.values() for feature in plan.features]
        items = [(product_id, product.label, brought)]
        items += [(name, option.label, list(option.features)) for name, option in product.options.items()]
        for item, label, features in items:
            if item in columns:
                serves = f" – {product.serves[language]}" if product.serves and item == product_id else ""
                click.echo(f"  {item}: {label[language]}{serves}{_leading(catalog, features, language)}")


def _leading(catalog: "Catalog", features: list[str], language: Language) -> str:
    known = [catalog.features[name] for name in dict.fromkeys(features) if name in catalog.features]
    lead = Text(ja="、", en=", ")[language].join(f.label[language] for f in known if f.lead)
    return Text(ja=f"（指標機能: {lead}）", en=f" (lead features: {lead})")[language] if lead else ""


def _show_busy(
    rows: list[dict[str, Any]], names: dict[str, str], catalog: "Catalog", language: Language, most: int
) -> None:
    """Print where the event that shows a bottleneck occurred, and the product that serves that work is not used."""
    busy = sorted(
        (row for row in rows if row["bottleneck_times"]),
        key=lambda row: (-row["bottleneck_times"], row["customer_id"], row["item"]),
    )
    if not busy:
        return
    click.echo(f"\n{_BUSY[language]}: {len(busy):,}")
    for row in busy[: most or None]:
        name = names.get(row["customer_id"]) or row["customer_id"]
        label = catalog.products[row["item"]].label[language]
        times = _TIMES.fill({"event": row["bottleneck"], "n": f"{row['bottleneck_times']:,}"})[language]
        click.echo(f"  {name}: {label} – {row[f'serves_{language}'] or '–'} ({times})")
