"""The review as PowerPoint that can be edited: native text, tables and charts, in fonts that Japanese offices have."""

import math
from collections.abc import Sequence
from unicodedata import east_asian_width

from pptx.util import Inches

from minori.web.language import in_words, spoken
from minori.web.models import CustomerRow
from minori.web.say import word
from minori.web.screens.qbr.figures_said import done_rows, price, say, use_rows, value_rows
from minori.web.screens.qbr.pack import Pack, Step
from minori.web.screens.qbr.slides import HEIGHT, LEFT, QUIET, TOP, WIDTH, Box, Deck
from minori.web.templatetags import shown

_HALF = Inches(5.9)
_RIGHT = LEFT + WIDTH - _HALF
_ROOM = Inches(2.9)
_SIGNS_A_LINE = 84


def deck(pack: Pack, customer: CustomerRow, company: str, person: str) -> bytes:
    """Return the file, in the language of the request."""
    made = Deck(spoken())
    period = say("period", since=shown.day(pack.since), until=shown.day(pack.until))
    made.cover(f"{customer.name}\n{say('title')}", [period, say("by", company=company, person=person)])
    _goals(made, pack)
    _usage(made, pack)
    _actions(made, pack)
    _value(made, pack)
    _health(made, pack, customer)
    _next(made, pack)
    return made.bytes()


def _goals(made: Deck, pack: Pack) -> None:
    slide = made.slide(f"1. {say('goals')}")
    if not pack.said:
        made.text(slide, [say("no_goals")], Box())
        return
    made.text(slide, [say("goals_says")], Box(height=Inches(0.4)), colour=QUIET)
    heads = (
        in_words(word("customers.kind")),
        in_words(word("customers.their_words")),
        in_words(word("customers.when")),
    )
    rows = [
        (
            in_words(word(f"timeline.statement.{s.kind}")),
            s.words[:120],
            " ".join(filter(None, (shown.day(s.day), s.who))),
        )
        for s in pack.said
    ]
    made.table(slide, heads, rows, Box(top=TOP + Inches(0.5)), widths=(1, 5, 2))


def _usage(made: Deck, pack: Pack) -> None:
    slide = made.slide(f"2. {say('usage')}")
    if pack.seen_until is None:
        made.text(slide, [say("no_use")], Box())
        return
    heads = ("", say("this_period"), say("period_before"), say("difference"))
    end = made.table(slide, heads, use_rows(pack), Box(), widths=(3, 2, 2, 1), right=1)
    made.text(slide, [say("weekly")], Box(top=end + Inches(0.15), height=Inches(0.35)), colour=QUIET)
    days = [f"{week.until:%m/%d}" for week in pack.weeks]
    series: list[tuple[str, list[int | None]]] = [(say("times"), [week.times for week in pack.weeks])]
    if pack.users is not None:
        series.append((say("users"), [week.users for week in pack.weeks]))
    top = end + Inches(0.5)
    made.columns(slide, days, series, Box(top=top, height=TOP + HEIGHT - top))
    made.notes(slide, _sources(pack))


def _actions(made: Deck, pack: Pack) -> None:
    slide = made.slide(f"2. {say('usage')}")
    rows = done_rows(pack) if pack.seen_until else []
    if rows:
        heads = (say("action"), say("this_period"), say("period_before"), say("difference"))
        made.text(slide, [say("done")], Box(width=_HALF, height=Inches(0.35)), colour=QUIET)
        made.table(
            slide, heads, rows, Box(top=TOP + Inches(0.45), width=_HALF), widths=(3, 2, 2, 1.2), right=1
        )
    if pack.bars:
        made.text(slide, [say("limits")], Box(left=_RIGHT, width=_HALF, height=Inches(0.35)), colour=QUIET)
        heads = (say("limit"), say("used"), say("limit"), "%")
        cells = [(bar.label, bar.used, bar.limit, bar.share) for bar in pack.bars]
        box = Box(left=_RIGHT, top=TOP + Inches(0.45), width=_HALF)
        made.table(slide, heads, cells, box, widths=(3, 2, 2, 1), right=1)
    if not rows and not pack.bars:
        made.text(slide, [say("no_use")], Box())
    made.notes(slide, _sources(pack))


def _value(made: Deck, pack: Pack) -> None:
    slide = made.slide(f"3. {say('value')}")
    rows = value_rows(pack)
    end = TOP
    if rows:
        end = made.table(slide, (say("what"), say("figure"), say("sample")), rows, Box(), widths=(3, 1.5, 3))
    else:
        made.text(slide, [say("no_value")], Box(height=Inches(0.5)))
        end = TOP + Inches(0.6)
    if pack.held:
        heads = (say("plan"), say("since"), say("purpose"))
        made.text(slide, [say("held")], Box(top=end + Inches(0.2), height=Inches(0.35)), colour=QUIET)
        cells = [(label, shown.day(since), purpose or shown.UNKNOWN) for label, since, purpose in pack.held]
        made.table(slide, heads, cells, Box(top=end + Inches(0.6)), widths=(2, 1.2, 4))
    made.notes(slide, _sources(pack))


def _health(made: Deck, pack: Pack, customer: CustomerRow) -> None:
    slide = made.slide(f"4. {say('health')}")
    if customer.health is None:
        made.text(slide, [say("no_score")], Box(height=Inches(0.5)))
    else:
        band = in_words(word(f"band.{customer.band}"))
        made.text(slide, [f"{say('score')}  {customer.health:.0f}  {band}"], Box(height=Inches(0.5)), size=20)
    top = TOP + Inches(0.7)
    scores = [(f"{day:%m/%d}", score) for day, score in pack.history]
    if sum(score is not None for _, score in scores) > 1:
        days, values = [day for day, _ in scores], [None if s is None else round(s, 1) for _, s in scores]
        made.line(slide, days, [(say("score"), values)], Box(top=top, width=_HALF, height=Inches(4.4)))
    if pack.ledger.parts:
        unknown = in_words(word("customers.no_data"))
        cells = [
            (p.label, p.value, unknown if p.points is None else f"{p.points:.0f}") for p in pack.ledger.parts
        ]
        heads = (say("part"), say("state"), say("points"))
        made.table(slide, heads, cells, Box(left=_RIGHT, top=top, width=_HALF), widths=(3, 1.5, 2), right=1)
    made.notes(slide, _sources(pack))


def _next(made: Deck, pack: Pack) -> None:
    slide = made.slide(f"5. {say('next')}")
    end = TOP + Inches(0.6)
    shown_steps = _fitting(pack.steps)
    if shown_steps:
        cells = [(step.label, _why(step), price(step)) for step in shown_steps]
        made.table(slide, (say("offer"), say("words"), say("price")), cells, Box(), widths=(2, 5, 1.5))
        end = TOP + Inches(0.4) + sum(_height(step) for step in shown_steps)
        made.text(slide, [say("way_out")], Box(top=end, height=Inches(0.4)), colour=QUIET)
    else:
        made.text(slide, [say("no_step")], Box(height=Inches(0.5)))
    blank: list[tuple[str, ...]] = [("", "", ""), ("", "", "")]
    heads = (say("agreed"), in_words(word("customers.task_owner")), in_words(word("customers.due_on")))
    end = made.table(slide, heads, blank, Box(top=end + Inches(0.45)), widths=(5, 2, 1.5))
    made.text(slide, [say("next_date")], Box(top=end + Inches(0.1), height=Inches(0.4)))
    made.notes(slide, "\n".join((*_assumed(pack.steps), _sources(pack))))


def _fitting(steps: Sequence[Step]) -> list[Step]:
    """Return the first steps that leave room for what is agreed in the meeting; always the first."""
    shown_steps: list[Step] = []
    used = 0
    for step in steps:
        used += _height(step)
        if shown_steps and used > _ROOM:
            break
        shown_steps.append(step)
    return shown_steps


def _height(step: Step) -> int:
    """Estimate how high the row of a step becomes: its words take as many lines as their width asks for."""
    lines = sum(max(1, math.ceil(_width(line) / _SIGNS_A_LINE)) for line in _why(step).split("\n"))
    return int(Inches(0.12) + Inches(0.21) * lines)


def _width(text: str) -> int:
    """Return the width in half-width signs; Japanese ones are twice as wide."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _why(step: Step) -> str:
    return "\n".join(filter(None, (step.words, *step.benefits, *step.proof)))


def _assumed(steps: Sequence[Step]) -> list[str]:
    found = [assumption for step in steps for assumption in step.assumptions]
    return [f"{say('assumed')}: {text}" for text in dict.fromkeys(found)]


def _sources(pack: Pack) -> str:
    lines = [say("source", day=shown.day(pack.until))]
    if pack.seen_until and pack.seen_until < pack.until:
        lines.append(say("seen_until", day=shown.day(pack.seen_until)))
    return "\n".join(lines)
