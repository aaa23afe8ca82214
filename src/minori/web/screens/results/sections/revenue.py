"""NRR and GRR with what moved them, and every rate by month, quarter or fiscal year."""

from collections.abc import Sequence
from datetime import date, timedelta

from minori.core.named import MOVEMENTS
from minori.core.text import Text
from minori.kpis.figures import GRR, NRR, TIER_SHARE
from minori.web.models import MovementRow
from minori.web.say import word
from minori.web.screens.results.asked import Asked, filled, period_words, section_address
from minori.web.screens.results.blocks import Amount, Block, Head, Line, Pivot, Table, Tiles, of_figure, only
from minori.web.screens.results.section import Section
from minori.web.screens.results.shown import Shown

MOST = {"month": 13, "quarter": 8, "fiscal-year": 3}
_LEADING = (
    "nrr",
    "grr",
    "upsell_rate",
    "cross_sell_rate",
    "gross_mrr_churn",
    "logo_churn",
    "quick_ratio",
    "arpa",
)


def blocks(asked: Asked) -> list[Block]:
    """Return the twelve months' rates, both charts, and their tables by period."""
    years = asked.readings("revenue", by="year")
    rates = [r for r in asked.readings("revenue", by=asked.by, aspect="") if r.row.figure != TIER_SHARE.id]
    found: list[Block] = [
        Tiles(
            "year",
            word("results.last_year"),
            word("results.marks"),
            readings=tuple(only(yearly(years), *_LEADING)),
        ),
        *asked.pictures("nrr"),
        _over_years(years),
        *(asked.pictures("waterfall") if asked.by == "month" else ()),
        *_movements(asked),
        rates_table(asked, rates),
    ]
    return [*found, *_tiers(asked)]


def yearly(years: Sequence[Shown]) -> list[Shown]:
    """Return the readings of the newest twelve months."""
    last = max((one.row.period_until for one in years if one.row.period_until), default=None)
    return [one for one in years if one.row.period_until == last]


def _over_years(years: Sequence[Shown]) -> Table:
    newest = sorted(years, key=lambda one: one.row.period_until or date.min, reverse=True)
    pivot = Pivot(_year, of_figure).add(only(newest, NRR.id, GRR.id))
    return pivot.table("nrr", word("results.nrr_table"), corner=word("results.twelve_until"))


def _year(reading: Shown) -> Head:
    until = reading.row.period_until
    return Head(until, str(until - timedelta(days=1)) if until else "")


def rates_table(asked: Asked, rates: Sequence[Shown]) -> Table:
    """Return figures by period, the newest first."""
    newest = sorted(rates, key=lambda one: one.row.period_from or date.min, reverse=True)
    kept = _newest_periods([one.row.period_from for one in newest if one.row.period_from], asked.by)
    pivot = Pivot(asked.period, of_figure).add(one for one in newest if one.row.period_from in kept)
    says = word("results.marks") if asked.by == "fiscal-year" else ""
    return pivot.table("rates", word("results.rates"), corner=word("results.period"), says=says)


def _newest_periods(days: Sequence[date], by: str) -> set[date]:
    return set(sorted(set(days), reverse=True)[: MOST[by]])


def _movements(asked: Asked) -> list[Block]:
    rows = list(
        MovementRow.objects.filter(proof=asked.proof, by=asked.by).order_by("period_from", "place", "pk")
    )
    if not rows:
        return []
    kept = _newest_periods([row.period_from for row in rows], asked.by)
    whole = [row for row in rows if row.product is None and row.period_from in kept]
    chosen = _chosen(asked, kept)
    products = [row for row in rows if row.product is not None and row.period_from == chosen]
    tables: list[Block] = [_by_period(asked, whole)]
    return [*tables, _by_product(asked, chosen, products)] if products else tables


def _chosen(asked: Asked, kept: set[date]) -> date:
    wanted = asked.request.GET.get("from", "")
    return next((day for day in kept if day.isoformat() == wanted), max(kept))


def _by_period(asked: Asked, rows: Sequence[MovementRow]) -> Table:
    starts = sorted({row.period_from for row in rows}, reverse=True)
    at = {(row.step, row.period_from): row for row in rows}
    columns = tuple(
        _period_head(asked, next(row for row in rows if row.period_from == start)) for start in starts
    )
    lines = tuple(
        Line(Head(step, MOVEMENTS[step]), tuple(_amount(at.get((step, start))) for start in starts))
        for step in MOVEMENTS
        if any((step, start) in at and at[step, start].amount for start in starts)
    )
    says = word("results.movements_say")
    return Table(
        "movements",
        word("results.movements"),
        says,
        corner=word("results.step"),
        columns=columns,
        lines=lines,
    )


def _period_head(asked: Asked, row: MovementRow) -> Head:
    label = period_words(row.by, row.period_from, row.period_until)
    address = section_address("revenue", by=asked.by, **{"from": row.period_from.isoformat()}) + "#products"
    if not row.whole and isinstance(label, Text):
        label = filled("results.not_over", period=label)
    return Head(row.period_from, label, address)


def _by_product(asked: Asked, start: date, rows: Sequence[MovementRow]) -> Table:
    products = list(dict.fromkeys(row.product for row in rows))
    at = {(row.step, row.product): row for row in rows}
    lines = tuple(
        Line(Head(step, MOVEMENTS[step]), tuple(_amount(at.get((step, product))) for product in products))
        for step in MOVEMENTS
        if any((step, product) in at and at[step, product].amount for product in products)
    )
    period = period_words(asked.by, start, None)
    title = filled("results.by_product", period=period) if isinstance(period, Text) else period
    columns = tuple(Head(product, product or word("results.no_product")) for product in products)
    return Table("products", title, corner=word("results.step"), columns=columns, lines=lines)


def _amount(row: MovementRow | None) -> Amount | None:
    return Amount(row.amount, row.customers) if row else None


def _tiers(asked: Asked) -> list[Block]:
    every = asked.readings("revenue", figure=TIER_SHARE.id)
    kept = _newest_periods([one.row.period_from for one in every if one.row.period_from], "month")
    newest = [one for one in reversed(every) if one.row.period_from in kept]
    if not newest:
        return []
    pivot = Pivot(
        asked.period,
        lambda one: Head((one.row.aspect, one.row.subject), asked.name("plans", one.row.subject)),
    )
    return [pivot.add(newest).table("tiers", word("results.tiers"), corner=word("results.period"))]


KIND = Section(
    Text(ja="売上の継続と拡大", en="Retention and growth of revenue"),
    Text(
        ja="既存のお客様からの売上がどう動いたかを示します。期首に増減を足すと期末に一致します。",
        en="What became of revenue from existing customers. Opening plus movements is closing, to the smallest unit.",
    ),
    ("revenue",),
    blocks,
    10,
    by_period=True,
)
