"""Movements of MRR as a list for people."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import click

from minori.cli.shared import print_table
from minori.core.money import shown
from minori.core.named import MOVEMENTS
from minori.core.text import Language, Text

_CAUSES = {
    "start": Text(ja="利用開始", en="start of pay"),
    "end": Text(ja="利用終了", en="end of pay"),
    "plan": Text(ja="プラン", en="plan"),
    "seats": Text(ja="アカウント数", en="seats"),
    "capacity": Text(ja="容量", en="capacity"),
    "option": Text(ja="オプション", en="option"),
    "product": Text(ja="商品", en="product"),
    "price": Text(ja="価格", en="price"),
    "term": Text(ja="契約期間", en="term"),
    "rate": Text(ja="為替レート", en="rate"),
    "priced": Text(ja="金額が判明", en="amount became known"),
    "unpriced": Text(ja="金額が不明", en="amount is not known"),
}


def print_movements(
    rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], currency: str, language: Language
) -> None:
    """Print one line per movement, and what they sum to."""
    headings = [
        Text(ja="日付", en="Day"),
        Text(ja="顧客", en="Customer"),
        Text(ja="商品", en="Product"),
        Text(ja="種類", en="Kind"),
        Text(ja="要因", en="Cause"),
        Text(ja="MRRの増減", en="Change of MRR"),
    ]
    lines = [
        [
            f"{row['day']}",
            names.get(row["customer_id"]) or row["customer_id"],
            row["product_id"] or "–",
            MOVEMENTS[row["kind"]][language],
            _CAUSES[row["cause"]][language],
            shown(row["amount"], currency),
        ]
        for row in rows
    ]
    print_table(headings, lines, language, right=(5,))
    total = shown(sum((row["amount"] for row in rows), Decimal(0)), currency)
    text = Text(ja=f"{len(rows):,}件、合計 {total}", en=f"{len(rows):,} movements, {total} together")
    click.echo(text[language])
