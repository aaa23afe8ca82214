"""Is the score true? Per band what was lost, with its interval, beside what the score said."""

from typing import Any

import altair as alt

from minori.charts import words
from minori.charts.framed import Heading, framed, nothing
from minori.charts.look import BANDS, Look
from minori.charts.marks import INTERVAL, SAMPLE, count, data, named_axis, tooltip
from minori.charts.rows import Row, Rows, known, plain
from minori.core import named
from minori.core.text import Text

TITLE = Text(ja="ヘルススコアの検証: 帯ごとの離脱率", en="Health score, checked: lost by band")
_BAND = Text(ja="帯", en="Band")
_SEEN = Text(ja="実績", en="Observed")
_SAID = Text(ja="予測", en="Predicted")
_LOST = Text(ja="離脱した割合", en="Share lost")
_KEY = Text(
    ja="丸は実績と90％区間、ひし形はスコアによる予測。括弧内は件数。",
    en="Dots: observed, with the 90 % interval; diamonds: predicted by the score; in brackets: n.",
)
_LINE = 46


def calibration(
    rows: Rows, look: Look, *, notes: tuple[Text | None, ...] = (), missing: Text | None = None
) -> Any:
    """
    Draw observed and predicted loss per band.

    Parameters
    ----------
    rows
        ``band``, ``observed`` with ``low`` and ``high``, ``predicted`` (None where not comparable), ``customers`` and
        ``lost``, the best band first. A band without customers is named and left empty.
    """
    every = [_said(row, look) for row in plain(rows, look.language)]
    found = known(every, "observed")
    if not found:
        return nothing(look, Heading(TITLE, notes), missing)
    names = [row["line"] for row in every]
    y = alt.Y("line:N", sort=names, title=None, axis=named_axis(names, grid=True))
    axis = alt.Axis(format=".0%", tickCount=4 if look.narrow else 8, title=_LOST[look.language])
    scale = alt.Scale(domain=[0, max(_ends(row) for row in found) * 1.02], nice=True)
    tips = tooltip(look, name=_BAND, seen=_SEEN, between=INTERVAL, said=_SAID, sample_said=SAMPLE)
    color = alt.Color("band:N", scale=alt.Scale(domain=list(BANDS), range=list(BANDS.values())), legend=None)
    x = alt.X("observed:Q", scale=scale, axis=axis)
    drawn = data(every)
    layers = [
        drawn.mark_rule(strokeWidth=3, opacity=0.7).encode(
            x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", y=y, color=color
        ),
        drawn.mark_point(size=110, invalid="filter").encode(x=x, y=y, color=color, tooltip=tips),
        drawn.mark_text(align="left", dx=-6, dy=-14, fontWeight=600).encode(x=x, y=y, text="seen:N"),
        drawn.mark_point(shape="diamond", filled=False, size=130, strokeWidth=2, invalid="filter").encode(
            x=alt.X("predicted:Q", scale=scale), y=y, color=alt.value(look.palette.ink), tooltip=tips
        ),
    ]
    heading = Heading(TITLE, (*notes, _KEY, words.OBSERVED_ONLY))
    return framed(alt.layer(*layers), look, heading, _LINE * len(every))


def _said(row: Row, look: Look) -> dict[str, Any]:
    name, sample = named.BANDS[row["band"]][look.language], count(row["customers"])
    return {
        **row,
        "name": name,
        "line": f"{name} ({sample})",
        "sample_said": sample,
        "seen": "" if row["observed"] is None else words.share(row["observed"]),
        "between": words.span(row["low"], row["high"]),
        "said": words.share(row["predicted"]),
    }


def _ends(row: Row) -> float:
    return max(float(row["high"] or row["observed"]), float(row["predicted"] or 0.0))
