"""What a customer is worth: LTV by its formulas, what moved it, what is expected, what less churn would be worth."""

from collections.abc import Sequence

from minori.core.text import Text
from minori.web.say import word
from minori.web.screens.results.asked import Asked, filled
from minori.web.screens.results.blocks import Block, Head, Pivot, Table, of_figure
from minori.web.screens.results.section import Section
from minori.web.screens.results.shown import Shown

_SIDES = ("before", "period")


def blocks(asked: Asked) -> list[Block]:
    """Return the tables of each basis, contracts and orders, and predictions."""
    readings = asked.readings("value")
    found: list[Block] = []
    for basis in dict.fromkeys(one.row.subject for one in readings):
        mine = [one for one in readings if one.row.subject == basis]
        found += asked.pictures("ltv", subjects=[basis])
        found.append(_sides(asked, basis, mine))
        for aspect in ("change", "what_if"):
            of = [one for one in mine if one.row.aspect == aspect]
            found += [_list(basis, aspect, of)] if of else []
    return [*found, *_predicted(asked)]


def _sides(asked: Asked, basis: str, readings: Sequence[Shown]) -> Table:
    def column(reading: Shown) -> Head:
        period = asked.period(reading).label
        return Head(reading.row.aspect, word(f"results.side_{reading.row.aspect}"), note=period)

    pivot = Pivot(of_figure, column).add(one for one in readings if one.row.aspect in _SIDES)
    title = filled("results.value_of", basis=asked.subject(basis))
    return pivot.table(f"value-{basis}", title, corner=word("results.figure"), says=_note(readings))


def _list(basis: str, aspect: str, readings: Sequence[Shown]) -> Table:
    pivot = Pivot(of_figure, lambda _: Head("value", word("results.value")))
    table = pivot.add(readings)
    return table.table(f"{aspect}-{basis}", word(f"results.side_{aspect}"), corner=word("results.figure"))


def _note(readings: Sequence[Shown]) -> dict[str, str] | str:
    return next((one.row.note for one in readings if one.row.note), "")


def _predicted(asked: Asked) -> list[Block]:
    readings = asked.readings("lifetime")
    sums = [one for one in readings if ":" not in one.row.aspect]
    checks = [one for one in readings if ":" in one.row.aspect]
    found: list[Block] = []
    if sums:
        pivot = Pivot(lambda one: _class(asked, one), of_figure).add(sums)
        found.append(pivot.table("expected", word("results.expected"), corner=word("results.segment")))
    if checks:
        pivot = Pivot(of_figure, _tried).add(checks)
        says = word("results.checked_says")
        found.append(
            pivot.table("checked", word("results.checked"), corner=word("results.figure"), says=says)
        )
    return found


def _class(asked: Asked, reading: Shown) -> Head:
    basis, _, segment = reading.row.subject.partition(":")
    if reading.row.aspect != "segment":
        return Head(reading.row.subject, word("results.all"))
    return Head(
        reading.row.subject, asked.name("segments", segment), _customers(segment), asked.subject(basis)
    )


def _customers(segment: str) -> str:
    return f"/customers/?segment={segment}"


def _tried(reading: Shown) -> Head:
    cohort, _, rest = reading.row.aspect.partition(":")
    _what, _, by = rest.partition(":")
    return Head(reading.row.aspect, word(f"results.predicted_by_{by or 'gain'}"), note=cohort)


KIND = Section(
    Text(ja="顧客の価値（LTV）", en="What a customer is worth"),
    Text(
        ja="お客様1件あたりの価値を、価格・頻度・期間に分けて示します。目安はLTV÷獲得費用が3以上です。",
        en="The worth of a customer by price, frequency and duration. The mark: LTV at least 3 times the cost of winning one.",
    ),
    ("value", "lifetime"),
    blocks,
    30,
)
