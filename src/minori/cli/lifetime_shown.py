"""Predicted lifetime value for people: first how true such predictions were, then totals, then customers."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

import click

from minori.cli.shared import print_table, say
from minori.core.figure import Reading, Unit
from minori.core.readable import DASH, interval, number, readable
from minori.core.text import LANGUAGES, Language, Text
from minori.kpis.lifetime_read import Judged, Lifetimes, Total

_BASES = {"orders": Text(ja="注文", en="orders"), "contracts": Text(ja="契約", en="contracts")}
_COHORTS = {"month": Text(ja="月契約", en="monthly"), "year": Text(ja="年契約", en="yearly")}
_WHAT = {
    "purchases": Text(ja="購入回数", en="purchases"),
    "spend": Text(ja="購入金額", en="spend"),
    "months": Text(ja="契約月数", en="months"),
}
_METHODS = {
    "bgnbd": Text(ja="BG/NBD", en="BG/NBD"),
    "gamma_gamma": Text(ja="BG/NBD+ガンマ・ガンマ", en="BG/NBD + gamma-gamma"),
    "own_mean": Text(ja="BG/NBD×これまでの単価", en="BG/NBD × own mean"),
    "own_rate": Text(ja="これまでの購入ペース、新規はBG/NBD", en="own pace, newcomers BG/NBD"),
    "sbg": Text(ja="sBG", en="sBG"),
    "plain": Text(ja="単純な予測", en="plain figure"),
}
_USED = Text(ja="← 使用", en="← used")
_CHECK = (
    Text(ja="予測の対象", en="Predicted"),
    Text(ja="方法", en="By"),
    Text(ja="予測の合計と実績との差", en="Total, off by"),
    Text(ja="相関", en="Correlation"),
    Text(ja="平均絶対誤差", en="Mean error"),
    Text(ja="二乗平均平方根誤差", en="RMSE"),
    Text(ja="判定", en="Chosen"),
)
_TOTAL = (
    Text(ja="範囲", en="Scope"),
    Text(ja="顧客", en="Customers"),
    Text(ja="購入回数・契約月数(90%区間)", en="Purchases or months (90 %)"),
    Text(ja="金額(90%区間)", en="Amount (90 %)"),
)
_CUSTOMER = (
    Text(ja="顧客", en="Customer"),
    Text(ja="根拠", en="From"),
    Text(ja="セグメント", en="Segment"),
    Text(ja="これまでの再購入・契約期間数", en="Repeats or periods"),
    Text(ja="継続の確率", en="Still there"),
    Text(ja="購入回数・契約月数(90%区間)", en="Purchases or months (90 %)"),
    Text(ja="金額(90%区間)", en="Amount (90 %)"),
)


def show_lifetimes(
    found: Lifetimes, names: Mapping[str, str], currency: str, language: Language, most: int
) -> None:
    """Print everything; ``most`` customers by expected amount (0: all)."""
    _show_checks(found, language)
    _show_models(found, language)
    heading = Text(
        ja=f"\n{found.as_of} から {found.months}か月間の予測",
        en=f"\nThe {found.months} months after {found.as_of}",
    )
    say(heading, language)
    rows = [_total_cells(total, currency, language) for total in found.totals]
    print_table(_TOTAL, rows, language, right=(1, 2, 3))
    customers = sorted(
        found.customers.to_pylist(), key=lambda row: (-(row["amount"] or 0), row["customer_id"])
    )
    listed = customers[: most or None]
    click.echo()
    rows = [_customer_cells(row, names, currency, language) for row in listed]
    print_table(_CUSTOMER, rows, language, right=(3, 4, 5, 6))
    more = Text(
        ja=f"\n顧客 {len(listed):,} / {len(customers):,}",
        en=f"\n{len(listed):,} of {len(customers):,} customers",
    )
    say(more, language)


def _show_checks(found: Lifetimes, language: Language) -> None:
    for (cut, days), checks in groupby(found.checks, key=lambda c: (c.cut_on, c.held_out_days)):
        listed = list(checks)
        heading = Text(
            ja=f"検証: {cut} の時点で予測し、その後 {days}日間の実績と比べた結果",
            en=f"Check: predicted as of {cut}, against what came in the {days} days after",
        )
        say(heading, language)
        cells = [row for _, of in groupby(listed, key=_subject) for row in _check_cells(list(of), language)]
        print_table(_CHECK, cells, language, right=(2, 3, 4, 5))
        for check in listed:
            _say_gain(check, language)


def _subject(check: Judged) -> tuple[str, str]:
    return check.cohort, check.what


def _check_cells(checks: list[Judged], language: Language) -> list[list[str]]:
    """Return a line per model of one subject, and one for the plain figure."""
    first = checks[0]
    what = _WHAT[first.what][language]
    if first.cohort in _COHORTS:
        what = f"{what} ({_COHORTS[first.cohort][language]})"
    plain = ("plain", first.plain, not any(check.used for check in checks))
    rows = []
    for method, readings, used in (*((c.method, c.model, c.used) for c in checks), plain):
        total, correlation, mae, rmse = readings
        cells = [_off(total), *(readable(r, language).cell() for r in (correlation, mae, rmse))]
        rows.append([what, _METHODS[method][language], *cells, _USED[language] if used else ""])
    return rows


def _say_gain(check: Judged, language: Language) -> None:
    gain = check.gain
    what, sample = _WHAT[check.what], f"{gain.sample:,}"
    if gain.value is None:
        return
    by = _METHODS[check.method]
    ja, en = (readable(gain, each).text() for each in LANGUAGES)
    said = Text(
        ja=f"  {what['ja']}、{by['ja']}: 単純な予測の二乗誤差を {ja} 減らしました(顧客 {sample})",
        en=f"  {what['en']}, {by['en']}: takes {en} off the squared error of the plain figure ({sample} customers)",
    )
    say(said, language)


def _show_models(found: Lifetimes, language: Language) -> None:
    for model in found.models:
        if model.why is None:
            continue
        name = _METHODS[model.method][language]
        cohort = f" ({_COHORTS[model.cohort][language]})" if model.cohort in _COHORTS else ""
        click.echo(f"  {name}{cohort}: {model.why[language]}")


def _total_cells(total: Total, currency: str, language: Language) -> list[str]:
    scope = _BASES[total.basis][language]
    if total.scope == "segment":
        scope = f"  {total.segment or '–'}"
    counted = f"{total.customers:,}"
    if total.unknown:
        counted += Text(ja=f"(不明 {total.unknown:,})", en=f" ({total.unknown:,} unknown)")[language]
    return [scope, counted, *(readable(r, language, currency).cell() for r in (total.expected, total.amount))]


def _customer_cells(
    row: Mapping[str, Any], names: Mapping[str, str], currency: str, language: Language
) -> list[str]:
    return [
        names.get(row["customer_id"]) or row["customer_id"],
        _BASES[row["basis"]][language],
        row["segment"] or "–",
        f"{row['seen']:,}",
        DASH if row["alive"] is None else number(row["alive"], "share", language),
        _ends([row[name] for name in ("expected", "low", "high")], "number", language),
        _ends([row[name] for name in ("amount", "amount_low", "amount_high")], "money", language, currency),
    ]


def _ends(
    values: Sequence[float | Decimal | None], unit: Unit, language: Language, currency: str = ""
) -> str:
    middle, low, high = values
    if middle is None:
        return DASH
    written = number(middle, unit, language, currency)
    if low is None or high is None:
        return written
    return f"{written} {interval(low, high, unit, language, currency, like=middle)}"


def _off(total: Reading) -> str:
    return DASH if total.value is None else f"{total.value:+.1%}"
