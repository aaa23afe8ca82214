"""What a part found, as rows of the tables of the stored proof."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from minori.core.text import Text
from minori.pipeline.proof.part import Drawn, Found, Said, Shown
from minori.schema.proof.stored import DARK, LIGHT
from minori.stats.rounding import significant

TABLES = ("proof_figure", "proof_verdict", "proof_movement", "proof_curve", "proof_chart")


def rows_of(found: Found) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Return the rows of each table, in the order in which they were found; day and part are not in them yet."""
    return {
        "proof_figure": [_figure(place, shown) for place, shown in enumerate(found.figures)],
        "proof_verdict": [_verdict(said) for said in found.verdicts],
        "proof_movement": found.movements,
        "proof_curve": found.curves,
        "proof_chart": [_chart(drawn) for drawn in found.charts],
    }


def _figure(place: int, shown: Shown) -> dict[str, Any]:
    reading, period = shown.reading, shown.period
    figure, money = reading.figure, reading.figure.unit == "money"
    return {
        "figure": figure.id,
        "subject": shown.subject,
        "aspect": shown.aspect,
        "period_from": period.start if period else None,
        "period_until": period.until if period else None,
        "place": place,
        "unit": figure.unit,
        "value": _number(reading.value),
        "low": _number(reading.low),
        "high": _number(reading.high),
        "level": None if reading.low is None and reading.high is None else reading.level,
        "amount": _amount(reading.value) if money else None,
        "sample": reading.sample,
        "observational": figure.observational,
        **_both("missing", reading.missing),
        **_both("note", shown.note),
    }


def _verdict(said: Said) -> dict[str, Any]:
    return {
        "subject": said.subject,
        "aspect": said.aspect,
        "code": said.code,
        **_both("label", said.label),
        **_both("why", said.why),
    }


def _chart(drawn: Drawn) -> dict[str, Any]:
    return {
        "chart": drawn.chart,
        "subject": drawn.subject,
        "language": drawn.look.language,
        "theme": DARK if drawn.look.dark else LIGHT,
        "width": drawn.look.width,
        "spec": json.dumps(drawn.spec, ensure_ascii=False, separators=(",", ":")),
    }


def _both(name: str, text: Text | None) -> dict[str, str | None]:
    return {f"{name}_ja": text.ja if text else None, f"{name}_en": text.en if text else None}


def _number(value: float | Decimal | None) -> float | None:
    return None if value is None else significant(float(value))


def _amount(value: float | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.0001"))
