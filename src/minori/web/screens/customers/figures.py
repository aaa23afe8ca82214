"""Values of metrics as people read them, and where each was counted from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from minori.core.counted import agreeing
from minori.core.text import Text
from minori.web.language import in_words
from minori.web.screens.customers.kept_policy import kept
from minori.web.screens.customers.queries import Seen
from minori.web.templatetags import shown
from minori.web.timeline.kinds import EVENTS, KINDS

_KIND_OF_TABLE = {kind.table: name for name, kind in KINDS.items() if name != "contract_ends"} | {
    "events": EVENTS
}
_BEFORE = "before__"
_INNER = ("_rank", "_points")  # parts of other metrics, of no use by themselves


@dataclass(frozen=True)
class Figure:
    """A metric of a customer: ``kind`` is the part of the timeline that it is made of, empty if there is none."""

    name: str
    label: str
    value: str
    before: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Bar:
    """A use held against a limit. ``width`` is of 100, bounded; ``level`` is near, over or empty."""

    label: str
    used: str
    limit: str
    share: str
    width: float
    level: str
    kind: str


def written(value: Any, metric: Mapping[str, Any]) -> str:
    """Write a metric's value with its unit; unknown is said."""
    unit = metric.get("unit")
    if value is None or isinstance(value, bool):
        return shown.UNKNOWN
    if isinstance(value, str):
        return shown.day(value) if _is_day(value) else value
    if unit == "share":
        return shown.share(value, 1 if 0 < abs(float(value)) < 0.01 else 0)
    if unit == "money":
        return shown.money(round(float(value), 4))
    plain = plainly(float(value))
    if unit == "days":
        return in_words(Text(ja=f"{plain}日", en=agreeing(f"{plain} days")))
    if isinstance(unit, dict):
        return in_words(Text(ja=f"{plain}{unit['ja']}", en=agreeing(f"{plain} {unit['en']}")))
    return plain


def plainly(value: float) -> str:
    """Write a number with the decimals that say something: small ones with two, others with one."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:,.1f}".removesuffix(".0")
    return "0" if text in ("-0", "") else text


def figures(customer: Seen) -> list[Figure]:
    """Return every metric of the customer that has a value, in the order of the policy, with the window before."""
    metrics, values = (
        customer.run.totals.get("names", {}).get("metrics", {}),
        customer.row.detail.get("metric", {}),
    )
    return [
        Figure(
            name,
            in_words(customer.called("metrics", name)),
            written(values[name], metric),
            written(values[_BEFORE + name], metric) if _BEFORE + name in values else "",
            source_of(name),
        )
        for name, metric in metrics.items()
        if values.get(name) is not None and not name.endswith(_INNER)
    ]


def bars(customer: Seen) -> list[Bar]:
    """Return what the customer uses against the limits of the contract, the fullest first."""
    detail = customer.row.detail
    values, state = detail.get("metric", {}), detail.get("state", {})
    metrics = customer.run.totals.get("names", {}).get("metrics", {})
    found = []
    for one in kept().limits:
        share, limit = values.get(one.share), state.get(f"limit__{one.limit}")
        if share is None or limit is None:
            continue
        used = written(values.get(one.used), metrics.get(one.used, {}))
        unit = metrics.get(one.used, {})
        label = in_words(customer.called("metrics", one.share))
        bar = Bar(
            label, used, written(float(limit), unit), shown.share(share), *_drawn(share), source_of(one.used)
        )
        found.append((float(share), bar))
    return [bar for _, bar in sorted(found, key=lambda pair: -pair[0])]


def source_of(metric: str) -> str:
    """Return which part of the timeline shows what a metric was counted from; empty if it is none alone."""
    tables = tables_of(metric)
    kinds = {_KIND_OF_TABLE[table] for table in tables if table in _KIND_OF_TABLE} - {"contracts"}
    return kinds.pop() if len(kinds) == 1 else ""


def tables_of(metric: str) -> frozenset[str]:
    """Return the fact tables that a metric is counted from."""
    return kept().behind.get(metric, frozenset())


def _drawn(share: float) -> tuple[float, str]:
    return round(min(max(share, 0.0), 1.0) * 100, 1), "over" if share >= 1 else "near" if share >= 0.8 else ""


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return len(value) >= 10
