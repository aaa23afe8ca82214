"""The figures of a review as rows of words, the same on the page and in the deck."""

from minori.web.language import in_words
from minori.web.say import word
from minori.web.screens.qbr.pack import Pack, Step
from minori.web.templatetags import shown

Row = tuple[str, ...]


def say(key: str, **values: object) -> str:
    """Return a word of the review in the language of the request."""
    return in_words(word(f"qbr.{key}", **values))


def use_rows(pack: Pack) -> list[Row]:
    """Return use in the period, in the one before, and the change."""
    now, before = pack.times
    rows: list[Row] = [(say("times"), f"{now:,}", _before(before), _change(now, before))]
    if (users := pack.users) is not None:
        rows.append(
            (say("users_weekly"), f"{users[0]:,.1f}", _before(users[1], 1), _change(users[0], users[1], 1))
        )
    return rows


def done_rows(pack: Pack) -> list[Row]:
    """Return what was done most, in the period and in the one before."""
    return [(d.name, f"{d.times:,}", _before(d.before), _change(d.times, d.before)) for d in pack.done]


def value_rows(pack: Pack) -> list[Row]:
    """Return what support and surveys say, each with how many it was counted from."""
    found = pack.answered
    rows: list[Row] = []
    if found.median_hours is not None:
        hours = say("hours", n=f"{found.median_hours:,.1f}")
        rows.append((say("answered"), hours, say("answered_of", n=found.answered, every=found.tickets)))
    if found.tickets or found.still_open:
        rows.append((say("open"), say("cases", n=found.still_open), ""))
    if found.nps is not None:
        rows.append((say("nps"), f"{found.nps:.1f}", say("answers", n=found.nps_answers)))
    return rows


def price(step: Step) -> str:
    """Return what a step costs, in words."""
    parts = []
    if step.mrr_change:
        parts.append(say("a_month", amount=shown.signed_money(round(step.mrr_change, 4))))
    if step.once:
        parts.append(say("once", amount=shown.money(round(step.once, 4))))
    return " / ".join(parts) or say("quote" if step.asks_for_money else "free")


def _before(value: float | None, decimals: int = 0) -> str:
    return shown.UNKNOWN if value is None else f"{value:,.{decimals}f}"


def _change(now: float, before: float | None, decimals: int = 0) -> str:
    return shown.UNKNOWN if before is None else f"{now - before:+,.{decimals}f}"
