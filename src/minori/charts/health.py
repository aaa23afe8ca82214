"""How health is spread over the customers, band by band."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from minori.charts.framed import Heading, framed, nothing
from minori.charts.look import BANDS, Look
from minori.charts.marks import count, data, tooltip
from minori.charts.rows import Row, Rows, plain
from minori.core import named
from minori.core.text import Text

TITLE = Text(ja="ヘルススコアの分布", en="Distribution of health")
_SCORE = Text(ja="ヘルススコア", en="Health score")
_CUSTOMERS = Text(ja="顧客数", en="Customers")
_BAND = Text(ja="帯", en="Band")
_HEIGHT = 220


def health(
    rows: Rows,
    look: Look,
    *,
    customers: Mapping[str, int],
    notes: tuple[Text | None, ...] = (),
    missing: Text | None = None,
) -> Any:
    """
    Draw the histogram of the score.

    Parameters
    ----------
    rows
        ``from``, ``until`` (score), ``band`` and ``customers``: those with a score in ``[from, until)``.
    customers
        How many customers each band has; ``unknown`` are those without a score.
    """
    found = [
        {
            **row,
            "name": _name(row["band"], customers, look),
            "between": f"{row['from']:g}–{row['until']:g}",
            "number": count(row["customers"]),
        }
        for row in plain(rows, look.language)
    ]
    if not found:
        return nothing(look, Heading(TITLE, notes), missing)
    names = [_name(band, customers, look) for band in BANDS if customers.get(band) or band != "unknown"]
    return framed(_bars(found, names, look), look, Heading(TITLE, notes), _HEIGHT)


def _bars(rows: Sequence[Row], names: Sequence[str], look: Look) -> Any:
    axis = alt.Axis(grid=False, tickCount=5, format="d")
    scores = alt.Scale(domain=[0, 100])
    x = alt.X("from:Q", bin="binned", scale=scores, title=_SCORE[look.language], axis=axis)
    counts = alt.Axis(tickMinStep=1, tickCount=5, format=",d")
    scale = alt.Scale(domain=names, range=list(BANDS.values())[: len(names)])
    legend = alt.Legend(columns=2 if look.narrow else 5, labelLimit=220)
    bars = data(rows).mark_bar(stroke=look.palette.paper, strokeWidth=1)
    return bars.encode(
        x=x,
        x2="until:Q",
        y=alt.Y("customers:Q", title=_CUSTOMERS[look.language], axis=counts),
        color=alt.Color("name:N", scale=scale, legend=legend),
        order=alt.Order("from:Q"),
        tooltip=tooltip(look, between=_SCORE, name=_BAND, number=_CUSTOMERS),
    )


def _name(band: str, customers: Mapping[str, int], look: Look) -> str:
    return f"{named.BANDS[band][look.language]} {count(customers.get(band, 0))}"
