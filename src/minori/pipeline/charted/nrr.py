"""NRR and GRR of the twelve months up to each month's end: the marks are meant for a year."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from minori.charts.look import Look
from minori.core.figure import Reading
from minori.core.text import Text
from minori.kpis.figures import GRR, NRR
from minori.kpis.periods import Period, periods, twelve_months
from minori.kpis.read import ratios
from minori.pipeline.chart import Asked, Charted
from minori.pipeline.proof.kpi import TOTALS, recounted, revenue_pass
from minori.pipeline.session import Session

Yearly = tuple[Period, Reading]
_NOTE = Text(
    ja="各時点までの12か月。期首の顧客からのMRRが何割になったか。",
    en="Over the twelve months up to each date: what became of the MRR of the customers at their start.",
)
_NOTHING = Text(
    ja="12か月前のMRRがまだありません", en="there is no MRR from twelve months before any of the dates yet"
)


def draw(asked: Asked, look: Look) -> Any:
    """Draw it."""
    with asked.workspace.session() as session:
        return picture(yearly(session, asked.workspace.day(session, asked.until)), look)


def picture(years: Sequence[Yearly], look: Look) -> Any:
    """Draw both rates from the first month end on at which one of them is known."""
    from minori.charts.nrr import nrr

    rows = _since_known([_row(year, reading) for year, reading in years])
    return nrr(rows, look, notes=(_NOTE,), missing=_NOTHING)


def yearly(session: Session, as_of: date) -> list[Yearly]:
    """Return both rates over the twelve months up to each of the last thirteen month ends, as known at ``as_of``."""
    ends = [p.end - timedelta(days=1) for p in periods(_before(as_of), as_of, "month", 1) if p.whole]
    if not ends:
        return []
    run = revenue_pass(session, as_of, periods(None, as_of, "month", 1), place="chart_")
    years = [twelve_months(end) for end in ends]
    totals = recounted(session, run, years, "chart_year_").fetch(TOTALS.bind()).to_pylist()
    return [
        (year, reading)
        for year in years
        for reading in ratios(row for row in totals if row["period_from"] == year.start)
        if reading.figure in (NRR, GRR)
    ]


def _before(as_of: date) -> date:
    return date(as_of.year - 1, as_of.month, 1)


def _row(year: Period, reading: Reading) -> dict[str, Any]:
    last = year.end - timedelta(days=1)
    return {
        "period": f"{last:%Y-%m}",
        "figure": reading.figure.id,
        "value": reading.value,
        "sample": reading.sample,
    }


def _since_known(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    first = next((place for place, row in enumerate(rows) if row["value"] is not None), len(rows))
    return list(rows[first:])


KIND = Charted(Text(ja="NRRとGRRの推移", en="NRR and GRR over time"), draw)
