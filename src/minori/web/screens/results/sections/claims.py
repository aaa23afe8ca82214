"""Published claims beside the company's own values, and CS as a profit centre."""

from minori.core.text import Text
from minori.web.say import word
from minori.web.screens.results.asked import Asked
from minori.web.screens.results.blocks import Block, Head, Pivot, Tiles
from minori.web.screens.results.section import Section
from minori.web.screens.results.shown import Shown

_SIDES = ("published", "own", "seen")


def blocks(asked: Asked) -> list[Block]:
    """Return the verdicts, the sides of each claim, and what CS earned and cost."""
    verdicts = asked.verdicts("claims")
    says = {row.subject: row.why or row.subject for row in verdicts}
    readings = asked.readings("claims")
    sides = [one for side in _SIDES for one in readings if one.row.aspect == side]
    cs = tuple(one for one in readings if one.row.aspect == "cs")
    found: list[Block] = []
    if sides:
        pivot = Pivot(lambda one: Head(one.row.subject, says.get(one.row.subject, one.label)), _side).add(
            sides
        )
        pivot.rows = {row.subject: Head(row.subject, says[row.subject], note=row.label) for row in verdicts}
        found.append(pivot.table("claims", word("results.claims"), corner=word("results.claim")))
    if cs:
        found.append(Tiles("cs", word("results.cs"), word("results.cs_says"), readings=cs))
    return found


def _side(reading: Shown) -> Head:
    return Head(reading.row.aspect, word(f"results.claim_{reading.row.aspect}"))


KIND = Section(
    Text(ja="通説と自社の実測", en="Claims and own values"),
    Text(
        ja="よく引用される数字を、自社で実際に測った値と並べます。",
        en="Often quoted numbers, beside what was really measured here.",
    ),
    ("claims",),
    blocks,
    90,
)
