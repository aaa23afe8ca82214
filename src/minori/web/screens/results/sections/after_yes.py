"""What followed when customers said yes."""

from minori.core.text import Text
from minori.web.say import word
from minori.web.screens.results.asked import Asked
from minori.web.screens.results.blocks import Block, Head, Pivot, of_figure
from minori.web.screens.results.section import Section
from minori.web.screens.results.shown import Shown


def blocks(asked: Asked) -> list[Block]:
    """Return one table: plays and figures."""
    readings = asked.readings("after_yes")
    if not readings:
        return []
    pivot = Pivot(lambda one: _play(asked, one), of_figure).add(readings)
    return [pivot.table("after-yes", word("results.after_yes"), corner=word("results.play"))]


def _play(asked: Asked, reading: Shown) -> Head:
    return asked.play(reading) if reading.row.subject else Head("", word("results.all"))


KIND = Section(
    Text(ja="ご承諾の後", en="After the yes"),
    Text(
        ja="ご承諾いただいたあと、実際に使われ、満足につながったかを示します。",
        en="Whether what customers said yes to was used, and left them better off.",
    ),
    ("after_yes",),
    blocks,
    80,
)
