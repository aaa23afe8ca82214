"""What each play did: fired, held by which guard, proposed, accepted, gained."""

from minori.core.text import Text
from minori.web.say import word
from minori.web.screens.results.asked import Asked
from minori.web.screens.results.blocks import Block, Head, Pivot, of_figure
from minori.web.screens.results.section import Section
from minori.web.screens.results.shown import Shown


def blocks(asked: Asked) -> list[Block]:
    """Return the plays, and which guards held them."""
    readings = asked.readings("plays")
    whole = [one for one in readings if not one.row.aspect]
    held = [one for one in readings if one.row.aspect]
    found: list[Block] = []
    if whole:
        pivot = Pivot(asked.play, of_figure).add(whole)
        found.append(pivot.table("plays", word("results.plays"), corner=word("results.play")))
    if held:
        pivot = Pivot(asked.play, lambda one: _guard(asked, one)).add(held)
        found.append(pivot.table("guards", word("results.guards"), corner=word("results.play")))
    return found


def _guard(asked: Asked, reading: Shown) -> Head:
    return Head(reading.row.aspect, asked.name("guards", reading.row.aspect))


KIND = Section(
    Text(ja="型ごとの成果", en="Plays"),
    Text(
        ja="この1年に、型ごとに兆候・提案・承諾がどれだけあったかを示します。",
        en="How often each play fired, was proposed and was accepted in the last year.",
    ),
    ("plays",),
    blocks,
    50,
)
