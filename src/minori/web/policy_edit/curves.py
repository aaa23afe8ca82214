"""The curve of a backtest: what would have followed with other thresholds, as plain rows and as pictures."""

from collections.abc import Iterator, Mapping
from typing import Any

from minori.charts.look import Look
from minori.charts.render import ChartsNotInstalled, need_charts, svg
from minori.core.text import LANGUAGES
from minori.learning import backtest_figures as figures
from minori.learning.backtest_summary import Followed
from minori.pipeline.charted import lift
from minori.pipeline.proof.backtest import Backtest, Variant
from minori.query.thresholds import Threshold, thresholds_of

THEMES = {"light": False, "dark": True}
_NUMBERS = {
    "rate": figures.AFTER_FIRE,
    "base_rate": figures.BASE,
    "lift": figures.LIFT,
    "foreseen": figures.FORESEEN,
}


def curve_rows(found: Backtest) -> list[dict[str, Any]]:
    """Return a row per threshold, value and outcome, under the names of the stored curve."""
    now = thresholds_of(found.question.play.when)
    return [row for variant in found.curve for row in _of_variant(variant, now)]


def pictures(found: Backtest) -> dict[str, str]:
    """Return the chart as SVG by look (``ja-light`` …); empty where the extra that draws is not installed."""
    try:
        need_charts()
    except ChartsNotInstalled:
        return {}
    outcome, threshold = lift.usual(found)
    return {
        f"{language}-{theme}": svg(lift.picture(found, outcome, threshold, Look(language, dark)))
        for language in LANGUAGES
        for theme, dark in THEMES.items()
    }


def _of_variant(variant: Variant, now: tuple[Threshold, ...]) -> Iterator[dict[str, Any]]:
    at = variant.threshold
    for outcome, one in variant.followed.items():
        yield {
            "threshold_place": at.place,
            "threshold_name": at.what,
            "comparison": at.comparison,
            "threshold": at.value,
            "current": at.value == now[at.place].value,
            "outcome": outcome,
            "fires": one.fires,
            "customers": one.customers,
            "happened": one.happened,
            **_numbers(one),
        }


def _numbers(one: Followed) -> Mapping[str, Any]:
    readings = {name: one.reading(figure) for name, figure in _NUMBERS.items()}
    values = {name: reading.value for name, reading in readings.items()}
    ends = {
        "rate_low": readings["rate"].low,
        "rate_high": readings["rate"].high,
        "low": readings["lift"].low,
        "high": readings["lift"].high,
    }
    numbers = {name: None if value is None else float(value) for name, value in {**values, **ends}.items()}
    return {**numbers, "sample": readings["lift"].sample}
