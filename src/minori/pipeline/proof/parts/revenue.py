"""Contract revenue by month: rates, movements, cohorts, chosen plans."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from minori.core.figure import Reading
from minori.core.text import Text
from minori.kpis.cohort_figures import CUSTOMERS_LEFT, REVENUE_LEFT
from minori.kpis.figures import MARKS, TIER_SHARE
from minori.kpis.read import ratio
from minori.pipeline.charted import cohorts, nrr, retention, waterfall
from minori.pipeline.proof.kpi import FLOWS, Kpis, Walk
from minori.pipeline.proof.part import Found, Part, Shown, Working

_NO_CONTRACTS = Text(ja="契約のデータがありません", en="there are no contracts")


def find(work: Working) -> Found:
    """Return what ``minori kpi`` shows, for the last two years."""
    found, result = work.kpis, Found()
    if not found.contracts:
        return Found(missing=_NO_CONTRACTS)
    for period, readings in zip(found.periods, found.readings, strict=True):
        result.show(readings, period=period)
    years = nrr.yearly(work.session, work.as_of)
    result.figures += [_marked(Shown(reading, aspect="year", period=year)) for year, reading in years]
    result.figures += _of_the_year(found, {(year.start, reading.figure.id) for year, reading in years})
    result.figures += [*_cohorts(found), *_tiers(found)]
    result.movements += [row for walk in found.walks for row in steps_of(walk)]
    _draw(work, result, years)
    return result


def _of_the_year(found: Kpis, known: set[tuple[date, str]]) -> Iterator[Shown]:
    """Yield the rates of the last twelve months, but for those that stand among the years already."""
    for reading in found.year_readings:
        if (found.year.start, reading.figure.id) not in known:
            yield _marked(Shown(reading, aspect="year", period=found.year))


def _marked(shown: Shown) -> Shown:
    marks, value = MARKS.get(shown.reading.figure.id), shown.reading.value
    note = marks.of(float(value)) if marks and value is not None else None
    return Shown(shown.reading, shown.subject, shown.aspect, shown.period, note)


def _cohorts(found: Kpis) -> Iterator[Shown]:
    for of, figure in ((cohorts.CUSTOMERS, CUSTOMERS_LEFT), (cohorts.REVENUE, REVENUE_LEFT)):
        for row in cohorts.rows(found.cohorts, of):
            if row["share"] is not None:
                reading = Reading(figure, row["share"], row["started"])
                yield Shown(reading, subject=f"{row['start']:%Y-%m}", aspect=str(row["months"]))


def _tiers(found: Kpis) -> Iterator[Shown]:
    for period in found.periods:
        rows = [row for row in found.tiers if row["period_from"] == period.start]
        for row in rows:
            chosen = sum(other["chosen"] for other in rows if other["product_id"] == row["product_id"])
            reading = ratio(TIER_SHARE, row["chosen"], chosen, chosen)
            yield Shown(reading, subject=row["plan_id"], aspect=row["product_id"] or "", period=period)


def steps_of(walk: Walk) -> Iterator[dict[str, Any]]:
    """Yield the steps from opening to closing of one period, of all products together and of each."""
    ends = {"opening": walk.opening_customers, "closing": walk.closing_customers}
    for product, amounts in ((None, walk.amounts), *walk.by_product.items()):
        for place, step in enumerate(("opening", *FLOWS, "closing")):
            yield {
                "period_from": walk.period.start,
                "period_until": walk.period.until,
                "whole": walk.period.whole,
                "product_id": product,
                "place": place,
                "step": step,
                "amount": amounts[step],
                "customers": ends.get(step) if product is None else None,
            }


def _draw(work: Working, result: Found, years: list[nrr.Yearly]) -> None:
    found, session = work.kpis, work.session
    result.draw("waterfall", partial(waterfall.picture, found))
    result.draw("nrr", partial(nrr.picture, years))
    for of in (cohorts.CUSTOMERS, cohorts.REVENUE):
        result.draw("cohorts", partial(cohorts.picture, found, of), of)
    spells = retention.spells_of(session, work.as_of)
    known_until = work.as_of - timedelta(days=session.workspace.company.renewal_grace)
    kind = retention.most(spells)
    result.draw("retention", partial(retention.picture, spells, kind, known_until), kind)


KIND = Part(Text(ja="契約の売上", en="Contract revenue"), find, order=0)
