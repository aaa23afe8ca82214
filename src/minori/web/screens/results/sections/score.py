"""Bands that come true: what happened to customers of each band of the health score."""

from collections.abc import Sequence

from minori.core.named import BANDS
from minori.core.text import Text
from minori.web.models import VerdictRow
from minori.web.say import word
from minori.web.screens.results.asked import Asked, filled
from minori.web.screens.results.blocks import Block, Head, Pivot, Verdicts, of_figure
from minori.web.screens.results.section import Section
from minori.web.screens.results.shown import Shown

_SIDES = ("good", "bad", "all")
_OF_ALL = ("bad_", "good_", "lost_", "gained_", "stayed")  # figures that only the whole has


def blocks(asked: Asked) -> list[Block]:
    """Return the verdict, the chart and its table in all or of one segment, and what the score must reach."""
    chosen = asked.request.GET.get("segment", "")
    verdicts = asked.verdicts("score")
    readings = [one for one in asked.readings("score", subject=chosen) if one.row.aspect != "floor"]
    if not readings:
        chosen, readings = (
            "",
            [one for one in asked.readings("score", subject="") if one.row.aspect != "floor"],
        )
    said = [row for row in verdicts if row.aspect != "floor"]
    found: list[Block] = [
        Verdicts(
            "verdict",
            word("results.score_true"),
            rows=tuple((_segment(asked, row.subject), row) for row in said),
        )
    ]
    found += asked.pictures("calibration") if not chosen else []
    found += [_bands(asked, chosen, readings), _order(readings), *_floor(asked, verdicts)]
    return [*found, *asked.pictures("health")]


def _segment(asked: Asked, name: str) -> Head:
    if not name:
        return Head("", word("results.all"), "?segment=")
    return Head(name, asked.name("segments", name), f"?segment={name}")


def _bands(asked: Asked, chosen: str, readings: Sequence[Shown]) -> Block:
    of_band = [one for one in readings if one.row.aspect in BANDS or one.row.aspect in _SIDES]
    pivot = Pivot(_band, of_figure).add(one for one in of_band if not one.row.figure.startswith(_OF_ALL))
    segment = Text(**asked.name("segments", chosen)) if chosen else word("results.all")
    title = filled("results.bands", of=segment)
    return pivot.table("bands", title, corner=word("results.band"))


def _band(reading: Shown) -> Head:
    name = reading.row.aspect
    if name in BANDS:
        return Head(name, BANDS[name], f"/customers/?band={'-' if name == 'unknown' else name}")
    return Head(name, word(f"results.bands_{name}"))


def _order(readings: Sequence[Shown]) -> Block:
    whole = [one for one in readings if one.row.aspect == "all" and one.row.figure.startswith(_OF_ALL)]
    pivot = Pivot(of_figure, lambda _: Head("value", word("results.value"))).add(whole)
    return pivot.table("order", word("results.order"), corner=word("results.figure"))


def _floor(asked: Asked, verdicts: Sequence[VerdictRow]) -> list[Block]:
    rows = [row for row in verdicts if row.aspect == "floor"]
    readings = {one.row.subject: one for one in asked.readings("score", aspect="floor")}
    if not rows:
        return []
    heads = tuple((_criterion(row, readings), row) for row in rows)
    pivot = Pivot(of_figure, lambda _: Head("value", word("results.value"))).add(readings.values())
    return [
        Verdicts("criteria", word("results.floor"), word("results.floor_says"), rows=heads),
        pivot.table("floor", word("results.floor_values"), corner=word("results.figure")),
    ]


def _criterion(row: VerdictRow, readings: dict[str, Shown]) -> Head:
    reading = readings.get(row.subject)
    return Head(row.subject, reading.label if reading else row.subject, reading.address if reading else "")


KIND = Section(
    Text(ja="ヘルススコアの検証", en="Health score, checked"),
    Text(
        ja="スコアの帯ごとに、その後に解約や拡大が実際に起きた割合を示します。",
        en="Of the customers of each band, how many really left or grew afterwards.",
    ),
    ("score",),
    blocks,
    40,
)
