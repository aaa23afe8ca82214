"""What changed lifetime value from one period to the next: price, frequency, duration."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast

from minori.charts.look import Look
from minori.core.figure import Figure, Reading
from minori.core.money import shown
from minori.core.text import Text
from minori.kpis import value_figures as figures
from minori.kpis.value_sums import Basis
from minori.pipeline.chart import Asked, Charted
from minori.pipeline.proof.value import BASES, Valued, Values, values

_DAY = timedelta(days=1)
_NOTHING = Text(ja="顧客がいません", en="there are no customers")
_PARTS = {
    "price": figures.BY_PRICE,
    "frequency": figures.BY_FREQUENCY,
    "duration": figures.BY_DURATION,
}


def draw(asked: Asked, look: Look) -> Any:
    """Draw it; without a subject, of contracts, or of orders where there are no contracts."""
    with asked.workspace.session() as session:
        day = asked.workspace.day(session, asked.until)
        found = values(session, day, progress=asked.progress)
    return picture(found, (cast("Basis", asked.subject),) if asked.subject else BASES, look)


def picture(found: Values, wanted: Sequence[Basis], look: Look) -> Any:
    """Draw the first of the wanted bases of which there are customers."""
    from minori.charts.lifetime_split import lifetime_split

    one = next((one for basis in wanted if (one := found.of(basis))), None)
    if one is None:
        return lifetime_split([], look, currency=found.currency, missing=_NOTHING)
    change = _of(one.change, figures.CHANGE)
    notes = (_periods(found, one), _interval(change, found.currency))
    return lifetime_split(rows(one), look, currency=found.currency, notes=notes, missing=change.missing)


def rows(one: Valued) -> list[dict[str, Any]]:
    """Return LTV before, the three parts, LTV after; empty where one of both is unknown."""
    if _of(one.change, figures.CHANGE).value is None:
        return []
    parts = [(name, _of(one.change, figure).value) for name, figure in _PARTS.items()]
    before, after = (_of(side, figures.LTV) for side in (one.readings_before, one.readings))
    steps = (_total("before", before), *({"part": name, "amount": amount} for name, amount in parts))
    return [*steps, _total("after", after)]


def _total(name: str, ltv: Reading) -> dict[str, Any]:
    return {"part": name, "amount": ltv.value, "low": ltv.low, "high": ltv.high}


def _of(readings: tuple[Reading, ...], figure: Figure) -> Reading:
    return next(reading for reading in readings if reading.figure == figure)


def _periods(found: Values, one: Valued) -> Text:
    before, now = (one.before.customers if one.before else 0), one.after.customers
    days = [f"{period.start}–{period.until - _DAY}" for period in (found.before, found.period)]
    return Text(
        ja=f"前: {days[0]}(顧客 {before:,})、後: {days[1]}(顧客 {now:,})",
        en=f"Before: {days[0]} ({before:,} customers); after: {days[1]} ({now:,} customers)",
    )


def _interval(change: Reading, currency: str) -> Text | None:
    if change.low is None or change.high is None:
        return None
    both = " – ".join(shown(Decimal(end), currency) for end in (change.low, change.high))
    return Text(
        ja=f"変化の90％区間: {both}。太線は前後のLTVの90％区間。",
        en=f"90 % interval of the change: {both}; thick lines: those of LTV before and after",
    )


KIND = Charted(
    Text(ja="LTVの変化の内訳", en="What changed lifetime value"),
    draw,
    Text(ja="contracts(契約)か orders(注文)", en="contracts or orders"),
    BASES,
)
