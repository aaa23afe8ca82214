"""The evidence of an experiment as customers' outcomes came in: what is staked on benefit, what on harm."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from minori.charts.framed import Heading, framed, nothing
from minori.charts.look import Look
from minori.charts.marks import across, count, data, haloed, tooltip
from minori.charts.rows import Row, Rows, known, plain
from minori.core.text import Text

TITLE = Text(ja="実験の証拠の推移", en="Evidence of the experiment")
_SIDES = {
    "benefit": Text(ja="効果の証拠", en="evidence of benefit"),
    "harm": Text(ja="害の証拠", en="evidence of harm"),
}
_ACCOUNTS = Text(ja="結果が確定した顧客数", en="Customers whose outcome is known")
_SIDE = Text(ja="側", en="Side")
_STAKE = Text(ja="e値(対数目盛)", en="e-value (log scale)")
_PROVEN = Text(ja="{limit}以上: 効果が証明された", en="{limit} or more: proven")
_HARMFUL = Text(ja="{limit}以上: 有害、自動停止", en="{limit} or more: harmful, stopped")
_KEY = Text(
    ja="いつ見ても、いつ止めてもよい検定です。1なら証拠なし。",
    en="It may be looked at, and stopped, at any time; 1 is no evidence.",
)
_HEIGHT = 270
_LEAST, _MOST = 1e-3, 1e6  # of what is drawn: beyond, nothing more is decided
_POINTS = 300


def sequential(
    rows: Rows,
    look: Look,
    *,
    proven_at: float,
    harmful_at: float,
    title: Text = TITLE,
    notes: tuple[Text | None, ...] = (),
    missing: Text | None = None,
) -> Any:
    """
    Draw the path of both stakes on a logarithmic scale; values beyond 0.001 and a million are drawn at these ends.

    Parameters
    ----------
    rows
        ``accounts`` (1, 2, …), ``benefit`` and ``harm`` (e-values then), in order.
    proven_at, harmful_at
        From where on a play is proven, or stopped.
    """
    found = known(plain(rows, look.language), "benefit", "harm")
    if not found:
        return nothing(look, Heading(title, notes), missing)
    points = [point for side in _SIDES for point in _path(_thinned(found), side, look)]
    drawn = [point["drawn"] for point in points]
    domain = [min(*drawn, 0.5) * 0.7, max(*drawn, proven_at, harmful_at) * 2.2]
    x = alt.X(
        "accounts:Q",
        title=_ACCOUNTS[look.language],
        scale=alt.Scale(zero=True, nice=False),
        axis=alt.Axis(tickMinStep=1, format=",d", tickCount=4 if look.narrow else 8, grid=False),
    )
    layers = [*_lines(points, look, x, _y(domain, look)), *_limits(look, proven_at, harmful_at)]
    return framed(alt.layer(*layers), look, Heading(title, (*notes, _KEY)), _HEIGHT)


def _y(domain: list[float], look: Look) -> Any:
    powers = [10.0**power for power in range(-3, 7) if domain[0] <= 10.0**power <= domain[1]]
    axis = alt.Axis(values=powers, labelExpr="format(datum.value, datum.value < 1 ? '~g' : ',~f')")
    scale = alt.Scale(type="log", domain=domain, nice=False)
    return alt.Y("drawn:Q", scale=scale, title=_STAKE[look.language], axis=axis)


def _path(rows: Sequence[Row], side: str, look: Look) -> list[dict[str, Any]]:
    return [
        {
            "accounts": row["accounts"],
            "name": _SIDES[side][look.language],
            "drawn": min(max(row[side], _LEAST), _MOST),
            "stake": f"{row[side]:,.3g}" if row[side] < 1000 else f"{row[side]:,.0f}",
            "accounts_said": count(row["accounts"]),
        }
        for row in rows
    ]


def _thinned(rows: Sequence[Row]) -> Sequence[Row]:
    """Return at most about 300 rows: the highest of both, the last, and others evenly apart."""
    step = -(-len(rows) // _POINTS)
    kept = {max(range(len(rows)), key=lambda place: rows[place][side]) for side in _SIDES}
    kept |= {len(rows) - 1, *range(0, len(rows), step)}
    return [rows[place] for place in sorted(kept)]


def _limits(look: Look, proven_at: float, harmful_at: float) -> list[Any]:
    proven = _PROVEN[look.language].replace("{limit}", f"{proven_at:g}")
    harmful = _HARMFUL[look.language].replace("{limit}", f"{harmful_at:g}")
    higher = proven_at >= harmful_at
    return [
        *across(look, 1.0, ""),
        *across(look, proven_at, proven, colour=look.palette.main, below=not higher),
        *across(look, harmful_at, harmful, colour=look.palette.loss, below=higher),
    ]


def _lines(points: Sequence[Row], look: Look, x: Any, y: Any) -> list[Any]:
    names = [text[look.language] for text in _SIDES.values()]
    colours = alt.Scale(domain=names, range=[look.palette.main, look.palette.loss])
    color = alt.Color("name:N", scale=colours, legend=alt.Legend(symbolType="stroke", direction="horizontal"))
    tips = tooltip(look, accounts_said=_ACCOUNTS, name=_SIDE, stake=_STAKE)
    last = [next(p for p in reversed(points) if p["name"] == name) for name in names]
    named = {"x": x, "y": y, "text": "stake:N", "color": color}
    return [
        data(points).mark_line(interpolate="step-after").encode(x=x, y=y, color=color),
        data(points).mark_point(size=30, opacity=0).encode(x=x, y=y, color=color, tooltip=tips),
        data(last).mark_point().encode(x=x, y=y, color=color, tooltip=tips),
        *haloed(data(last), look, named, align="right", dx=-8, dy=-10, fontWeight=600),
    ]
