"""Revenue as tables for people, and as plain rows for programs."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import click

from minori.cli.shared import print_table
from minori.core.figure import Reading
from minori.core.money import rounded, shown
from minori.core.named import MOVEMENTS
from minori.core.readable import readable
from minori.core.text import Language, Text
from minori.kpis.figures import MARKS
from minori.kpis.periods import Period
from minori.pipeline.proof.kpi import Kpis

_PERIOD = Text(ja="期間", en="Period")
_CUSTOMERS = Text(ja="顧客数", en="Customers")
_AFTER = (0, 1, 2, 3, 6, 12, 18, 24)  # months after the start that fit on a line


def print_kpis(found: Kpis, language: Language) -> None:
    """Print everything of interest: movements, rates, marks, cohorts, plans; and a shop's purchases."""
    if found.contracts:
        _heading(Text(ja="MRRの増減", en="Movements of MRR"), language)
        _walks(found, language)
        _heading(Text(ja="比率(括弧内は対象数)", en="Rates (in brackets: sample)"), language)
        _readings(found, [readings[:6] for readings in found.readings], language)
        _readings(found, [readings[6:10] for readings in found.readings], language)
        _readings(found, [readings[10:] for readings in found.readings], language)
        _marks(found, language)
        _cohorts(found, language)
        _tiers(found, language)
    if found.orders:
        _heading(Text(ja="購入(括弧内は対象数)", en="Purchases (in brackets: sample)"), language)
        _readings(found, found.shop_readings, language)
        _purchase_cohorts(found, language)
    _remarks(found, language)


def as_object(found: Kpis) -> dict[str, Any]:
    """Return everything as one plain object."""
    return {
        "as_of": found.as_of.isoformat(),
        "by": found.by,
        "currency": found.currency,
        "periods": [
            {
                **_dates(walk.period),
                "label": walk.period.label.as_dict(),
                "mrr": _money(walk.amounts, found.currency),
                "by_product": [
                    {"product_id": product, **_money(amounts, found.currency)}
                    for product, amounts in walk.by_product.items()
                ],
                "opening_customers": walk.opening_customers,
                "closing_customers": walk.closing_customers,
                "readings": [reading.as_object() for reading in readings if found.contracts],
                "shop": [reading.as_object() for reading in bought if found.orders],
            }
            for walk, readings, bought in zip(found.walks, found.readings, found.shop_readings, strict=True)
        ],
        "last_12_months": [reading.as_object() for reading in found.year_readings if found.contracts],
        "marks": {name: [marks.low, marks.high] for name, marks in MARKS.items()},
        "losses_seen_from": found.losses_from,
        "cohorts": found.cohorts,
        "purchase_cohorts": found.purchase_cohorts,
        "tiers": found.tiers,
        "unknown_customers": found.unknown,
    }


def rows(found: Kpis) -> Iterator[dict[str, Any]]:
    """Return one row per period and figure; movements by product too, an empty product being all of them."""
    for walk, readings, bought in zip(found.walks, found.readings, found.shop_readings, strict=True):
        products: list[tuple[str | None, Any]] = [("", walk.amounts), *walk.by_product.items()]
        for product, amounts in products if found.contracts else []:
            for name, value in amounts.items():
                amount = rounded(Decimal(value), found.currency)
                yield _row(walk.period, product, f"mrr_{name}", amount, walk.closing_customers, None)
        shown_here = (*(readings if found.contracts else ()), *(bought if found.orders else ()))
        for reading in shown_here:
            missing = reading.missing.en if reading.missing else None
            yield _row(
                walk.period, "", reading.figure.id, _plain(reading, found.currency), reading.sample, missing
            )


def _row(
    period: Period, product: str | None, figure: str, amount: object, sample: int, missing: str | None
) -> dict[str, Any]:
    return {
        **_dates(period),
        "product_id": product,
        "figure": figure,
        "value": amount,
        "sample": sample,
        "missing": missing,
    }


def _plain(reading: Reading, currency: str) -> Decimal | float | None:
    return rounded(reading.value, currency) if isinstance(reading.value, Decimal) else reading.value


def _dates(period: Period) -> dict[str, Any]:
    return {"from": period.start.isoformat(), "until": period.until.isoformat(), "whole": period.whole}


def _money(amounts: Any, currency: str) -> dict[str, str]:
    return {name: str(rounded(Decimal(amount), currency)) for name, amount in amounts.items()}


def _heading(text: Text, language: Language) -> None:
    click.echo(f"\n{text[language]}")


def _label(period: Period, language: Language) -> str:
    partly = Text(ja="(途中)", en=" (so far)")
    return period.label[language] + ("" if period.whole else partly[language])


def _walks(found: Kpis, language: Language) -> None:
    usual = [name for name in MOVEMENTS if name not in ("currency", "unknown")]
    kept = [n for n in MOVEMENTS if n in usual or any(walk.amounts[n] for walk in found.walks)]
    lines = [
        [
            _label(walk.period, language),
            *(shown(Decimal(walk.amounts[name]), found.currency) for name in kept),
            f"{walk.opening_customers:,} → {walk.closing_customers:,}",
        ]
        for walk in found.walks
    ]
    headings = [_PERIOD, *(MOVEMENTS[name] for name in kept), _CUSTOMERS]
    print_table(headings, lines, language, right=range(1, len(headings)))


def _readings(found: Kpis, readings: Sequence[Sequence[Reading]], language: Language) -> None:
    headings = [_PERIOD, *(reading.figure.label for reading in readings[0])]
    lines = [
        [
            _label(period, language),
            *(readable(r, language, found.currency).cell(sample=True) for r in of_period),
        ]
        for period, of_period in zip(found.periods, readings, strict=True)
    ]
    print_table(headings, lines, language, right=range(1, len(headings)))


def _marks(found: Kpis, language: Language) -> None:
    """Hold the last twelve months against the marks, which are meant for a year."""
    until = found.year.end - timedelta(days=1)
    _heading(
        Text(
            ja=f"直近12か月({found.year.start}〜{until})",
            en=f"Last 12 months ({found.year.start} to {until})",
        ),
        language,
    )
    for reading in found.year_readings:
        marks = MARKS.get(reading.figure.id)
        if marks is None:
            continue
        said = readable(reading, language, found.currency).text(sample=reading.value is not None)
        mark = "" if reading.value is None else f" – {marks.of(float(reading.value))[language]}"
        click.echo(f"  {reading.figure.label[language]}: {said}{mark}")


def _cohorts(found: Kpis, language: Language) -> None:
    if not found.cohorts:
        return
    _heading(
        Text(
            ja="開始月別の継続率(顧客 / MRR、開始月末比)",
            en="Retention by start month (customers / MRR, of the end of the start month)",
        ),
        language,
    )
    _print_cohorts(found.cohorts, "mrr", language)


def _purchase_cohorts(found: Kpis, language: Language) -> None:
    if not found.purchase_cohorts:
        return
    _heading(
        Text(
            ja="初回購入月別(購入者 / 売上、初回月比)",
            en="By month of first purchase (buyers / revenue, of it)",
        ),
        language,
    )
    _print_cohorts(found.purchase_cohorts, "amount", language)


def _print_cohorts(cells: Sequence[dict[str, Any]], money: str, language: Language) -> None:
    cohorts: dict[date, dict[int, dict[str, Any]]] = {}
    for cell in cells:
        cohorts.setdefault(cell["start_month"], {})[cell["months"]] = cell
    lines = []
    for start, months in sorted(cohorts.items())[-13:]:
        first = months.get(0)
        parts = [_left(months.get(n), first, money) for n in _AFTER]
        lines.append([f"{start:%Y-%m}", f"{next(iter(months.values()))['started']:,}", *parts])
    after = [Text(ja=f"{n}か月後", en=f"month {n}") for n in _AFTER]
    headings = [Text(ja="開始月", en="Start"), Text(ja="開始数", en="Started"), *after]
    print_table(headings, lines, language, right=range(1, len(headings)))


def _left(cell: dict[str, Any] | None, first: dict[str, Any] | None, money: str) -> str:
    if cell is None or first is None:
        return ""
    amount = f"{cell[money] / first[money]:.0%}" if first[money] else "–"
    return f"{cell['customers'] / cell['started']:.0%} / {amount}"


def _tiers(found: Kpis, language: Language) -> None:
    whole = [period for period in found.periods if period.whole] or found.periods
    chosen = [row for row in found.tiers if row["period_from"] == whole[-1].start]
    if not chosen:
        return
    label = whole[-1].label[language]
    heading = Text(ja=f"プランの選択({label})", en=f"Plans chosen ({label})")
    _heading(heading, language)
    totals: dict[str | None, int] = {}
    for row in chosen:
        totals[row["product_id"]] = totals.get(row["product_id"], 0) + row["chosen"]
    lines = [
        [
            row["product_id"] or "–",
            row["plan_id"],
            f"{row['chosen'] / totals[row['product_id']]:.0%} ({row['chosen']} / {totals[row['product_id']]})"
            if totals[row["product_id"]]
            else "–",
            f"{row['held']:,}",
        ]
        for row in chosen
    ]
    headings = [
        Text(ja="商品", en="Product"),
        Text(ja="プラン", en="Plan"),
        Text(ja="選ばれた割合", en="Chosen"),
        Text(ja="期末の利用顧客", en="Held at the end"),
    ]
    print_table(headings, lines, language, right=(2, 3))


def _remarks(found: Kpis, language: Language) -> None:
    if found.unknown:
        names = ", ".join(row["customer_id"] for row in found.unknown[:5])
        more = "…" if len(found.unknown) > 5 else ""
        count = f"{len(found.unknown):,}"
        text = Text(
            ja=f"\nMRRが不明な顧客 {count}件は集計に含めていません(金額または為替レートがありません): {names}{more}",
            en=f"\nLeft out: {count} customers whose MRR is unknown (no amount, or no rate): {names}{more}",
        )
        click.echo(text[language])
    if found.contracts and (found.losses_from is None or found.losses_from > found.periods[0].start):
        click.echo(_survivors(found)[language])
    if not (found.contracts or found.orders):
        click.echo(Text(ja="契約も注文もありません。", en="There are no contracts and no orders.")[language])


def _survivors(found: Kpis) -> Text:
    if found.losses_from is None:
        return Text(
            ja="\n終了した契約がデータにありません。終了分が取り込まれていない場合、率は実際より良く見えます。",
            en="\nNo contract in the data has ended. If ended ones were not loaded, rates look better than they are.",
        )
    return Text(
        ja=f"\n{found.losses_from}より前に終了した契約がデータにありません。それ以前の率は、残った顧客だけを見ている可能性があります。",
        en=f"\nNothing in the data was lost before {found.losses_from}: earlier rates may show only the customers who stayed.",
    )
