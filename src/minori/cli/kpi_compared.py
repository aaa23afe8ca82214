"""Differences between named ways of counting, for people and for programs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from minori.cli.shared import print_table
from minori.core.readable import readable
from minori.core.text import Language, Text
from minori.kpis.variants import UNTOLD
from minori.pipeline.proof.compared import Difference

_MOST = 5  # customers named per difference on screen; --json and --csv have all


def print_differences(
    found: Sequence[Difference], names: Mapping[str, str], currency: str, language: Language
) -> None:
    """Print the newest period that is over, both values, and who makes the difference."""
    whole = [d.period for d in found if d.period.whole] or [d.period for d in found]
    shown = [d for d in found if d.period == whole[-1]] if whole else []
    if shown:
        click.echo(shown[0].period.label[language])
    lines = [
        [
            d.variant.label[language],
            d.base.figure.label[language],
            readable(d.base, language, currency).cell(),
            readable(d.other, language, currency).cell(),
            str(len(d.items)),
            _customers(d, names, language),
        ]
        for d in shown
        if d.items
    ]
    headings = [
        Text(ja="別の数え方", en="Counted instead"),
        Text(ja="指標", en="Figure"),
        Text(ja="現在の設定", en="As set"),
        Text(ja="別の数え方", en="Instead"),
        Text(ja="差のある顧客数", en="Customers"),
        Text(ja="内訳(影響の大きい順)", en="By customer, the largest first"),
    ]
    print_table(headings, lines, language, right=(2, 3, 4))
    same = [d.variant.label[language] for d in shown if not d.items]
    unchanged = sorted(set(same) - {line[0] for line in lines})
    for label in unchanged:
        click.echo(f"{label}: {Text(ja='差はありません', en='no difference')[language]}")
    for untold in UNTOLD:
        click.echo(f"{untold.label[language]}: {untold.why[language]}")


def as_objects(found: Sequence[Difference]) -> dict[str, Any]:
    """Return every difference with every customer, and what facts cannot tell."""
    return {
        "differences": [
            {
                "from": d.period.start.isoformat(),
                "until": d.period.until.isoformat(),
                "setting": d.variant.setting,
                "value": d.variant.value,
                "base": d.base.as_object(),
                "other": d.other.as_object(),
                "customers": list(_items(d)),
            }
            for d in found
        ],
        "untold": [
            {"setting": u.setting, "label": u.label.as_dict(), "why": u.why.as_dict()} for u in UNTOLD
        ],
    }


def rows(found: Sequence[Difference]) -> Iterator[dict[str, Any]]:
    """Return one row per difference and customer."""
    for d in found:
        for item in _items(d):
            yield {
                "from": d.period.start.isoformat(),
                "until": d.period.until.isoformat(),
                "setting": d.variant.setting,
                "value": d.variant.value,
                "figure": d.base.figure.id,
                **item,
            }


def _items(difference: Difference) -> Iterator[dict[str, Any]]:
    for item in difference.items:
        yield {
            "customer_id": item.customer_id,
            "numerator": str(item.numerator),
            "denominator": str(item.denominator),
            "other_numerator": str(item.other_numerator),
            "other_denominator": str(item.other_denominator),
            "adds": None if item.adds is None else float(item.adds),
        }


def _customers(difference: Difference, names: Mapping[str, str], language: Language) -> str:
    share = difference.base.figure.unit == "share"
    parts = []
    for item in difference.items[:_MOST]:
        name = names.get(item.customer_id) or item.customer_id
        if item.adds is None:
            parts.append(name)
        else:
            parts.append(f"{name} {100 * item.adds:+.1f}pt" if share else f"{name} {item.adds:+.2f}")
    more = len(difference.items) - _MOST
    rest = Text(ja=f" ほか{more}件", en=f" and {more} more")[language] if more > 0 else ""
    return ", ".join(parts) + rest
