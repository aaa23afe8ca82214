"""What people do with a proposal before it leaves: edit, look at the talk script, snooze, not now, undo."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from minori.core.text import LANGUAGES, Text
from minori.web.life.conflict import NOT_YOURS, Conflict, Refused, overtaken, too_late
from minori.web.life.leaving import cancel_message
from minori.web.life.states import REASONS, RULES, UNDO_WITHIN, Action, Actor
from minori.web.life.steps import acting, noted, step, taking
from minori.web.models import HandOver, Person, State, Step, Work

LONGEST = {"subject": 200, "body": 10_000}  # signs
SNOOZE_DAYS = 365  # at most
_TOO_LONG = Text(
    ja="{part}は{most}文字以内で入力してください（現在{length}文字）。",
    en="At most {most} signs in {part}; there are {length}.",
)
_EMPTY = Text(ja="{part}を入力してください。", en="{part} must not be empty.")
_PARTS = {"subject": Text(ja="件名", en="the subject"), "body": Text(ja="本文", en="the text")}
_SNOOZE = Text(
    ja="延期する日は、明日から{most}日後までの日付で指定してください。",
    en="Snooze until a day from tomorrow on, at most {most} days ahead.",
)
_REASON = Text(ja="理由を選んでください。", en="Choose a reason: {reasons}.")


def edit(person: Person, proposal_id: str, version: int, words: Mapping[str, Mapping[str, str]]) -> Work:
    """Replace the words in one or both languages: ``{"ja": {"subject", "body"}}``. They are data, never templates.

    An approved proposal that still waits becomes a draft again. Raises Refused if a part is empty or too long.
    """
    checked = {language: _checked(words[language]) for language in LANGUAGES if language in words}
    with taking(person, proposal_id, version, Action.EDIT) as work:
        _stop(work)
        step(
            work, Action.EDIT, person, words={**work.words, **checked}, detail={"languages": sorted(checked)}
        )
        return work


def talk(person: Person, proposal_id: str, version: int) -> Work:
    """Note that somebody looked at the talk script; nothing changes."""
    with taking(person, proposal_id, version, Action.TALK) as work:
        noted(work, Action.TALK, person)
        return work


def snooze(person: Person, proposal_id: str, version: int, until: date, today: date) -> Work:
    """Put a proposal away until a day; then it stands on Today again."""
    if not 0 < (until - today).days <= SNOOZE_DAYS:
        raise Refused(_SNOOZE.fill({"most": str(SNOOZE_DAYS)}))
    with taking(person, proposal_id, version, Action.SNOOZE) as work:
        _stop(work)
        step(work, Action.SNOOZE, person, snoozed_until=until, detail={"until": until.isoformat()})
        return work


def not_now(person: Person, proposal_id: str, version: int, reason: str) -> Work:
    """Decide not to make a proposal, with a reason; no later run brings it back."""
    if reason not in REASONS:
        raise Refused(_REASON.fill({"reasons": ", ".join(REASONS)}))
    with taking(person, proposal_id, version, Action.NOT_NOW) as work:
        _stop(work)
        step(work, Action.NOT_NOW, person, reason=reason, detail={"reason": reason})
        return work


def undo(person: Person, proposal_id: str, version: int, at: datetime) -> Work:
    """Take back one's own last step, within ten minutes and while nothing has left the house.

    A manager may undo another's. Raises Conflict where it is too late.
    """
    with taking(person, proposal_id, version, Action.UNDO) as work:
        last = Step.objects.filter(work=work).order_by("-id").first()
        if last is None or last.version != work.version:
            raise overtaken(work)
        action = Action(last.action)
        undoable = last.person_id is not None and action in RULES and RULES[action].undoable
        if not undoable or at - last.at > UNDO_WITHIN or (work.sent_at and action is not Action.HAND_OVER):
            raise too_late(UNDO_WITHIN)
        if last.person_id != person.pk and Actor.MANAGER not in acting(person, work):
            raise Conflict(NOT_YOURS)
        if action is Action.APPROVE:
            cancel_message(work)
        if action is Action.HAND_OVER:
            HandOver.objects.filter(work=work, closed_at=None).delete()
        step(
            work,
            Action.UNDO,
            person,
            to=State(last.before),
            detail={"undone": last.action},
            **_as_it_was(last),
        )
        return work


def may_be_undone(last: Step | None, work: Work, at: datetime) -> bool:
    """Say whether a page should offer to undo the last step."""
    if last is None or last.version != work.version or last.person_id is None:
        return False
    return RULES[Action(last.action)].undoable and at - last.at <= UNDO_WITHIN and work.sent_at is None


def _as_it_was(last: Step) -> dict[str, Any]:
    found = dict(last.detail.get("undo", {}))
    if found.get("snoozed_until"):
        found["snoozed_until"] = date.fromisoformat(found["snoozed_until"])
    return found


def _stop(work: Work) -> None:
    """Take an approved proposal's message out of the outbox before something else is done with it."""
    if work.state == State.APPROVED:
        cancel_message(work)


def _checked(words: Mapping[str, str]) -> dict[str, str]:
    return {part: _plain(part, words.get(part, "")) for part in LONGEST}


def _plain(part: str, text: str) -> str:
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    if part == "subject":
        kept = kept.replace("\n", " ")
    kept = "".join(
        sign for sign in kept if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")
    ).strip()
    name, most = _PARTS[part], LONGEST[part]
    if not kept:
        raise Refused(_both(_EMPTY, name))
    if len(kept) > most:
        raise Refused(_both(_TOO_LONG, name).fill({"most": f"{most:,}", "length": f"{len(kept):,}"}))
    return kept


def _both(words: Text, part: Text) -> Text:
    return Text(ja=words.ja.replace("{part}", part.ja), en=words.en.replace("{part}", part.en))
