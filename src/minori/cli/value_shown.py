"""What customers are worth, as tables for people and as plain rows for programs."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import click

from minori.cli.shared import print_table
from minori.core.figure import Reading
from minori.core.readable import DASH, readable
from minori.core.text import Language, Text
from minori.kpis import value_figures as figures
from minori.kpis.value_read import CAC_MARKS
from minori.pipeline.proof.value import Valued, Values
from minori.pipeline.proof.value_slices import Window

BASES = {
    "contracts": Text(ja="契約の顧客", en="Customers with contracts"),
    "orders": Text(ja="注文の顧客", en="Customers who order"),
}
_FIGURE = Text(ja="指標", en="Figure")
_BEFORE = Text(ja="前の期間", en="Before")
_NOW = Text(ja="この期間", en="This period")
_CLASS = {
    "segment": Text(ja="セグメント", en="Segment"),
    "touch": Text(ja="タッチ層", en="Touch"),
    "plan": Text(ja="プラン", en="Plan"),
}
_NO_CLASS = Text(ja="(なし)", en="(none)")
_SHORT = (
    figures.PRICE,
    figures.DURATION,
    figures.LTV,
    figures.LTV_MARGIN,
    figures.LTV_NET,
    figures.TO_CAC,
)
_ASSUMED = Text(
    ja="粗利率はカタログにないため0.8と仮定しています。",
    en="The catalogue names no gross margin; 0.8 is assumed.",
)
_NOTHING = Text(
    ja="期間中に契約も注文もありません。", en="There were no contracts and no orders in the period."
)
_BEYOND = Text(
    ja="継続期間は観測した期間より長く、離脱率が変わらないとした見込みです。",
    en="The duration is longer than what was watched: it takes churn to stay as it is.",
)


def print_values(found: Values, language: Language) -> None:
    """Print LTV and what it is made of, what moved it, what less churn would be worth; and classes."""
    if not found.found:
        click.echo(_NOTHING[language])
    for basis in ("contracts", "orders"):
        mine = [one for one in found.found if one.basis == basis]
        if mine:
            _print_whole(mine[0], found, language)
            _print_classes(mine[1:], found, language)
    if found.found and found.margin_assumed:
        click.echo(f"\n{_ASSUMED[language]}")


def _print_whole(one: Valued, found: Values, language: Language) -> None:
    click.echo(f"\n{click.style(BASES[one.basis][language], bold=True)}")
    click.echo(
        f"  {_NOW[language]}: {_window(one.window)}  {_BEFORE[language]}: {_window(one.window_before)}"
    )
    was = {reading.figure.id: reading for reading in one.readings_before}
    rows = [
        [reading.figure.label[language], _or_dash(was.get(reading.figure.id), found, language),
         readable(reading, language, found.currency).cell(sample=True)]
        for reading in one.readings
    ]  # fmt: skip
    print_table((_FIGURE, _BEFORE, _NOW), rows, language)
    _print_list(one.change, found, language)
    _print_list(one.what_if, found, language)
    _remarks(one, language)


def _print_list(readings: Sequence[Reading], found: Values, language: Language) -> None:
    click.echo()
    for reading in readings:
        said = readable(reading, language, found.currency).text(sample=True)
        click.echo(f"  {reading.figure.label[language]}: {said}")


def _remarks(one: Valued, language: Language) -> None:
    click.echo()
    named = {reading.figure.id: reading for reading in one.readings}
    reasons = {
        reading.missing[language]: reading.figure.label[language]
        for reading in one.readings
        if reading.missing
    }
    for reason, label in reasons.items():
        click.echo(f"  {label}: {reason}")
    ratio = named[figures.TO_CAC.id]
    if ratio.value is not None:
        click.echo(f"  {ratio.figure.label[language]}: {CAC_MARKS.of(float(ratio.value))[language]}")
    duration = named[figures.DURATION.id].value
    if duration is not None and float(duration) > one.window.days / 30.4:
        click.echo(f"  {_BEYOND[language]}")


def _print_classes(every: Sequence[Valued], found: Values, language: Language) -> None:
    if not every or found.by is None:
        return
    click.echo()
    rows = []
    for one in every:
        named = {reading.figure.id: reading for reading in one.readings}
        rows.append(
            [
                one.name or _NO_CLASS[language],
                *(readable(named[f.id], language, found.currency).cell(sample=True) for f in _SHORT),
            ]
        )
    print_table((_CLASS[found.by], *(figure.label for figure in _SHORT)), rows, language)


def _or_dash(reading: Reading | None, found: Values, language: Language) -> str:
    return DASH if reading is None else readable(reading, language, found.currency).cell(sample=True)


def _window(window: Window | None) -> str:
    return f"{window.start} – {window.end - timedelta(days=1)}" if window else "–"


def as_object(found: Values) -> dict[str, Any]:
    """Return everything as one plain object."""
    return {
        "as_of": found.as_of.isoformat(),
        "currency": found.currency,
        "by": found.by,
        "margin_assumed": found.margin_assumed,
        "marks": {figures.TO_CAC.id: CAC_MARKS.high},
        "values": [
            {
                "basis": one.basis,
                "class": one.name,
                "watched": _watched(one.window),
                "watched_before": _watched(one.window_before),
                "readings": [reading.as_object() for reading in one.readings],
                "before": [reading.as_object() for reading in one.readings_before],
                "change": [reading.as_object() for reading in one.change],
                "what_if": [reading.as_object() for reading in one.what_if],
            }
            for one in found.found
        ],
    }


def _watched(window: Window | None) -> list[str] | None:
    return [window.start.isoformat(), window.end.isoformat()] if window else None


def rows(found: Values) -> Iterator[dict[str, Any]]:
    """Yield one row per basis, class, period and figure; the class is empty for all together."""
    for one in found.found:
        for period, window, readings in (
            ("before", one.window_before, one.readings_before),
            ("period", one.window, (*one.readings, *one.change, *one.what_if)),
        ):
            for reading in readings if window else ():
                yield _row(one, period, window, reading)


def _row(one: Valued, period: str, window: Window | None, reading: Reading) -> dict[str, Any]:
    return {
        "basis": one.basis,
        "class": one.name,
        "period": period,
        "from": window.start if window else None,
        "until": window.end if window else None,
        "figure": reading.figure.id,
        "value": reading.value,
        "low": reading.low,
        "high": reading.high,
        "sample": reading.sample,
        "missing": reading.missing.en if reading.missing else None,
    }
