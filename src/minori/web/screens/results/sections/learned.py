"""The chances of acceptance in use, against the answers that came."""

from minori.core.text import Text
from minori.web.say import word
from minori.web.screens.results.asked import Asked
from minori.web.screens.results.blocks import Block, Head, Pivot, Verdicts, of_figure
from minori.web.screens.results.section import Section


def blocks(asked: Asked) -> list[Block]:
    """Return what is in use, how forecasts did, and their charts."""
    readings, verdicts = asked.readings("learned"), asked.verdicts("learned")
    rows = tuple((Head(row.subject, asked.subject(row.subject)), row) for row in verdicts)
    pivot = Pivot(of_figure, lambda one: Head(one.row.subject, asked.subject(one.row.subject))).add(readings)
    found: list[Block] = [
        Verdicts("learned", word("results.in_use"), rows=rows),
        *asked.pictures("acceptance"),
    ]
    return [*found, pivot.table("forecasts", word("results.forecasts"), corner=word("results.figure"))]


KIND = Section(
    Text(ja="承諾見込みの検証", en="Chances of acceptance, checked"),
    Text(
        ja="提案に付けた承諾の見込みが、実際の回答とどれだけ合っていたかを示します。",
        en="How well the chances shown with proposals fit the answers that came.",
    ),
    ("learned",),
    blocks,
    100,
)
