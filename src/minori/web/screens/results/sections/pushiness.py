"""What proposals cost customers, by play, channel, owner or month."""

from urllib.parse import quote

from minori.core.text import Text
from minori.learning.pushiness import BY
from minori.web.say import word
from minori.web.screens.results.asked import Asked
from minori.web.screens.results.blocks import Block, Head, Pivot, Verdicts, of_figure
from minori.web.screens.results.section import Section
from minori.web.screens.results.shown import Shown
from minori.web.templatetags.shown import member


def blocks(asked: Asked) -> list[Block]:
    """Return plays that were stopped, the chart, and a table for each grouping."""
    stopped = asked.verdicts("pushiness")
    found: list[Block] = []
    if stopped:
        rows = tuple((Head(row.subject, asked.name("plays", row.subject)), row) for row in stopped)
        found.append(Verdicts("stopped", word("results.stopped"), rows=rows))
    found += asked.pictures("pushiness")
    readings = asked.readings("pushiness")
    for by in BY:
        mine = [one for one in readings if one.row.aspect == by]
        if by == "month":
            mine.sort(key=lambda one: one.row.subject, reverse=True)
        if mine:
            pivot = Pivot(lambda one: _group(asked, one), of_figure).add(mine)
            found.append(pivot.table(by, word(f"results.pushiness_{by}"), corner=word(f"results.{by}")))
    return found


def _group(asked: Asked, reading: Shown) -> Head:
    name, by = reading.row.subject, reading.row.aspect
    if by == "play":
        return asked.play(reading)
    if by == "owner":
        return Head(name, member(name), f"/customers/?owner={quote(name)}")
    return Head(name, asked.subject(name))


KIND = Section(
    Text(ja="押し売り度", en="Pushiness"),
    Text(
        ja="ご提案のあとに起きた見送り・配信停止・苦情・スコア低下・解約を点数にしたものです。低いほど良い値です。",
        en="Declines, opt-outs, complaints, falls of health and losses after proposals, in points. Less is better.",
    ),
    ("pushiness",),
    blocks,
    70,
)
