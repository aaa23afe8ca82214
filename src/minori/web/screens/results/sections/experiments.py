"""What the hold-outs prove."""

from minori.core.text import Text
from minori.web.models import VerdictRow
from minori.web.say import word
from minori.web.screens.results.asked import Asked
from minori.web.screens.results.blocks import Block, Head, Pivot, Verdicts, of_figure
from minori.web.screens.results.section import Section
from minori.web.screens.results.shown import Shown


def blocks(asked: Asked) -> list[Block]:
    """Return the verdicts with their numbers; of one play its chart and its classes, if it is asked for."""
    verdicts = asked.verdicts("experiments")
    readings = asked.readings("experiments")
    chosen = asked.request.GET.get("play", "")
    if chosen in {row.subject for row in verdicts}:
        return _of_play(asked, chosen, verdicts, readings)
    rows = tuple((_play(asked, row.subject), row) for row in verdicts if not row.aspect)
    pivot = Pivot(lambda one: _play(asked, one.row.subject), of_figure).add(
        r for r in readings if not r.row.aspect
    )
    return [
        Verdicts("verdicts", word("results.verdicts"), rows=rows),
        pivot.table("experiments", word("results.experiments"), corner=word("results.play")),
    ]


def _play(asked: Asked, name: str) -> Head:
    return Head(name, asked.name("plays", name), f"?play={name}")


def _of_play(asked: Asked, play: str, verdicts: list[VerdictRow], readings: list[Shown]) -> list[Block]:
    said = tuple((_class(asked, row.aspect), row) for row in verdicts if row.subject == play)
    mine = [one for one in readings if one.row.subject == play]
    pivot = Pivot(of_figure, lambda one: _class(asked, one.row.aspect)).add(mine)
    title = Text(**asked.name("plays", play))
    return [
        Verdicts("verdicts", title, rows=said),
        *asked.pictures("experiment", subjects=[play]),
        pivot.table("classes", word("results.classes"), corner=word("results.figure")),
    ]


def _class(asked: Asked, aspect: str) -> Head:
    if not aspect:
        return Head("", word("results.all"))
    _stratum, _, name = aspect.partition(":")
    known = asked.proof.names.get("segments", {}).get(name)
    return Head(aspect, known or aspect)


KIND = Section(
    Text(ja="実験", en="Experiments"),
    Text(
        ja="抽選で提案を控えたお客様と比べ、提案の効果として証明できることだけを示します。",
        en="Only what can be proven as an effect, against customers whom the lot left alone.",
    ),
    ("experiments",),
    blocks,
    60,
)
