"""How long customers stay: Kaplan-Meier with its band, and the fitted sBG curve over it."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from minori.charts import words
from minori.charts.framed import Heading, framed, nothing
from minori.charts.look import Look
from minori.charts.marks import INTERVAL, SAMPLE, count, data, tooltip
from minori.charts.rows import Row, Rows, known, plain
from minori.core.text import Text

TITLE = Text(ja="顧客の継続率", en="How long customers stay")
_TIME = Text(ja="契約開始からの月数", en="Months since the start of the contract")
_SHARE = Text(ja="継続している割合", en="Still there")
_SEEN = Text(ja="実績(Kaplan–Meier)", en="observed (Kaplan–Meier)")
_FITTED = Text(ja="モデル(sBG)", en="model (sBG)")
_FOLLOWED = Text(
    ja="下の数字は、その時点でまだ追跡している顧客数。", en="At the bottom: customers still followed."
)
_HEIGHT, _STRIP = 260, -0.08


def survival(
    rows: Rows,
    look: Look,
    *,
    fit: Rows = (),
    title: Text = TITLE,
    notes: tuple[Text | None, ...] = (),
    missing: Text | None = None,
) -> Any:
    """
    Draw the curve of who is still there.

    Parameters
    ----------
    rows
        ``months`` (in order, from 0), ``share`` with ``low`` and ``high``, ``sample`` (still followed).
    fit
        ``months`` and ``share`` of a fitted model, perhaps with ``low`` and ``high``; it may reach further.
    """
    seen = [_said(row) for row in known(plain(rows, look.language), "share")]
    if not seen:
        return nothing(look, Heading(title, notes), missing)
    fitted = [_said(row) for row in known(plain(fit, look.language), "share")]
    last = max(row["months"] for row in (*seen, *fitted))
    scale = alt.Scale(domain=[0, last or 1], nice=False)
    x = alt.X(
        "months:Q",
        scale=scale,
        title=_TIME[look.language],
        axis=alt.Axis(tickCount=6 if look.narrow else 12, format="d", grid=False),
    )
    layers = [*_fit(fitted, look, x), *_curve(seen, look, x), _followed(seen, look, x, last)]
    return framed(alt.layer(*layers), look, Heading(title, (*notes, _FOLLOWED)), _HEIGHT)


def _y(field: str, look: Look) -> Any:
    axis = alt.Axis(format=".0%", values=[0, 0.2, 0.4, 0.6, 0.8, 1])
    scale = alt.Scale(domain=[-0.13, 1], nice=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=axis, title=_SHARE[look.language])


def _curve(rows: Sequence[Row], look: Look, x: Any) -> list[Any]:
    tips = tooltip(look, month=_TIME, said=_SHARE, between=INTERVAL, sample_said=SAMPLE)
    drawn = data([{**row, "name": _SEEN[look.language]} for row in rows])
    color = _colour(look)
    return [
        drawn.mark_area(interpolate="step-after").encode(x=x, y=_y("low", look), y2="high:Q"),
        drawn.mark_line(interpolate="step-after").encode(x=x, y=_y("share", look), color=color),
        drawn.mark_point(size=40, opacity=0).encode(x=x, y=_y("share", look), tooltip=tips),
    ]


def _fit(rows: Sequence[Row], look: Look, x: Any) -> list[Any]:
    if not rows:
        return []
    drawn = data([{**row, "name": _FITTED[look.language]} for row in rows])
    banded = data(known(rows, "low", "high")).mark_area(color=look.palette.second, opacity=0.15)
    return [
        banded.encode(x=x, y=_y("low", look), y2="high:Q"),
        drawn.mark_line(strokeDash=[6, 3]).encode(x=x, y=_y("share", look), color=_colour(look)),
    ]


def _colour(look: Look) -> Any:
    names = [_SEEN[look.language], _FITTED[look.language]]
    scale = alt.Scale(domain=names, range=[look.palette.main, look.palette.second])
    legend = alt.Legend(symbolType="stroke", columns=1 if look.narrow else 2)
    return alt.Color("name:N", scale=scale, legend=legend)


def _followed(rows: Sequence[Row], look: Look, x: Any, last: float) -> Any:
    """Return how many are still followed, at rows far enough apart to be read."""
    apart = last / (6 if look.narrow else 12)
    shown = list[Row]()
    for row in rows:
        if not shown or row["months"] >= shown[-1]["months"] + apart:
            shown.append(row)
    text = data(shown).mark_text(fontSize=10, color=look.palette.quiet, baseline="middle")
    return text.encode(x=x, y=alt.datum(_STRIP), text="sample_said:N")


def _said(row: Row) -> dict[str, Any]:
    return {
        **row,
        "month": f"{row['months']:g}",
        "said": words.share(row["share"]),
        "between": words.span(row.get("low"), row.get("high")),
        "sample_said": count(row["sample"]) if row.get("sample") is not None else "",
    }
