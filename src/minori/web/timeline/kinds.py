"""What a timeline is made of: each kind names its fact table, its columns, and how a row of it reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from minori.core.text import Text
from minori.web.say import every_word, word

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Names:
    """What ids are called: plays, plans, features and people of the customer."""

    plays: Mapping[str, Text]
    plans: Mapping[str, Text]
    features: Mapping[str, Text]
    users: Mapping[str, str]


@dataclass(frozen=True)
class Kind:
    """One kind of entry. ``at`` is the column of its time, ``key`` the column of its id.

    ``title`` says what happened, ``words`` are the customer's or the team's own (personal), ``by`` who of the team.
    """

    table: str
    at: str
    key: str
    columns: tuple[str, ...]
    title: Callable[[Row, Names], Text]
    words: str | None = None
    by: str | None = None


@dataclass(frozen=True)
class Entry:
    """One line of a timeline. ``moment`` is None where only the day is known; ``waiting``: not in the lake yet."""

    kind: str
    day: date
    moment: datetime | None
    title: Text
    words: str = ""
    by: str = ""
    who: str = ""
    key: str = ""
    waiting: bool = False


def code(group: str, value: str | None) -> Text:
    """Return what a code is called; what no word is declared for stays as the source wrote it."""
    every = every_word()
    known = every.get(f"timeline.{group}.{value}") or every.get(f"{group}.{value}")
    if known is not None:
        return known
    return Text(ja=value, en=value) if value and value.strip() else word("timeline.unknown")


def said(key: str, **values: Text | str) -> Text:
    """Return a word filled with texts, each in its own language."""
    text = word(key)
    ja = {name: value.ja if isinstance(value, Text) else value for name, value in values.items()}
    en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
    return Text(ja=text.fill(ja).ja, en=text.fill(en).en)


def called(names: Mapping[str, Text], key: str | None) -> Text:
    """Return what an id is called; the id where nobody named it."""
    return names.get(key or "") or (Text(ja=key, en=key) if key else word("timeline.unknown"))


def amount(value: Any) -> str:
    """Write a decimal without the zeros that only its type adds."""
    return f"{value:,.6f}".rstrip("0").rstrip(".") if value is not None else "–"


def _contract(row: Row, names: Names) -> Text:
    key = "timeline.trial_begins" if row["is_trial"] else "timeline.contract_begins"
    return said(key, plan=called(names.plans, row["plan_id"]), quantity=amount(row["quantity"]))


def _contract_end(row: Row, names: Names) -> Text:
    return said("timeline.contract_ends", plan=called(names.plans, row["plan_id"]))


def _ticket(row: Row, _: Names) -> Text:
    key = "timeline.ticket_closed" if row["closed_at"] else "timeline.ticket_open"
    return said(key, topic=code("topic", row["topic"]), severity=code("severity", row["severity"]))


def _survey(row: Row, _: Names) -> Text:
    return said("timeline.answered", kind=(row["kind"] or "").upper() or "–", score=amount(row["score"]))


def _contact(row: Row, _: Names) -> Text:
    return said(
        "timeline.contact_in" if row["direction"] == "in" else "timeline.contact_out",
        channel=code("channel", row["channel"]),
        about=code("about", row["about"]),
    )


def _statement(row: Row, names: Names) -> Text:
    plain = said("timeline.said", kind=code("statement", row["kind"]))
    if not row["feature"]:
        return plain
    feature = names.features.get(row["feature"]) or code("feature", row["feature"])
    named = said("timeline.said_about", said=plain, feature=feature)
    return (
        named
        if row["amount"] is None
        else said("timeline.said_number", said=named, amount=amount(row["amount"]))
    )


def _proposal(row: Row, names: Names) -> Text:
    channel = code("channel", row["channel"])
    return said("timeline.proposed", play=called(names.plays, row["play"]), channel=channel)


def _outcome(row: Row, names: Names) -> Text:
    result = code("outcome", row["result"])
    if not row["reason"]:
        return said("timeline.outcome", play=called(names.plays, row["play"]), result=result)
    reason = code("reason", row["reason"])
    return said(
        "timeline.outcome_because", play=called(names.plays, row["play"]), result=result, reason=reason
    )


def _organisation(row: Row, _: Names) -> Text:
    values = {"kind": code("change", row["kind"]), "department": row["department"] or word("timeline.whole")}
    if row["headcount_before"] is None or row["headcount_after"] is None:
        return said("timeline.changed", **values)
    before, after = str(row["headcount_before"]), str(row["headcount_after"])
    return said("timeline.changed_people", **values, before=before, after=after)


def _order(row: Row, _: Names) -> Text:
    key = "timeline.returned" if row["amount"] < 0 else "timeline.ordered"
    return said(key, amount=f"{amount(abs(row['amount']))} {row['currency'] or ''}".strip())


def _consent(row: Row, _: Names) -> Text:
    key = "timeline.consent_given" if row["granted"] else "timeline.consent_withdrawn"
    return said(key, channel=code("channel", row["channel"]))


_CONTRACT = ("contract_id", "plan_id", "quantity", "starts_on", "ends_on", "is_trial")
KINDS: dict[str, Kind] = {
    "contracts": Kind("contracts", "starts_on", "contract_id", _CONTRACT, _contract),
    "contract_ends": Kind("contracts", "ends_on", "contract_id", _CONTRACT, _contract_end),
    "tickets": Kind(
        "tickets", "opened_at", "ticket_id",
        ("ticket_id", "user_id", "topic", "severity", "subject", "opened_at", "closed_at"), _ticket, "subject",
    ),
    "surveys": Kind(
        "surveys", "answered_at", "survey_id",
        ("survey_id", "user_id", "kind", "score", "comment", "answered_at"), _survey, "comment",
    ),
    "contacts": Kind(
        "interactions", "occurred_at", "interaction_id",
        ("interaction_id", "user_id", "channel", "direction", "about", "by", "occurred_at", "words"),
        _contact, "words", "by",
    ),
    "statements": Kind(
        "statements", "said_at", "statement_id",
        ("statement_id", "user_id", "kind", "words", "feature", "amount", "said_at", "recorded_by"),
        _statement, "words", "recorded_by",
    ),
    "proposals": Kind(
        "proposals", "proposed_at", "proposal_id",
        ("proposal_id", "user_id", "play", "kind", "channel", "by", "proposed_at"), _proposal, None, "by",
    ),
    "outcomes": Kind(
        "outcomes", "answered_at", "proposal_id",
        ("proposal_id", "play", "result", "reason", "answered_at"), _outcome,
    ),
    "organisation": Kind(
        "organisation_changes", "effective_on", "change_id",
        ("change_id", "department", "kind", "headcount_before", "headcount_after", "effective_on"), _organisation,
    ),
    "orders": Kind("orders", "ordered_at", "order_id", ("order_id", "amount", "currency", "ordered_at"), _order),
    "consents": Kind("consents", "said_at", "channel", ("user_id", "channel", "granted", "said_at"), _consent),
}  # fmt: skip
EVENTS = "events"
"""The kind of what was done in the product; it is counted by day, never listed line by line."""
SHOWN: tuple[str, ...] = (EVENTS, *(name for name in KINDS if name != "contract_ends"))
"""Kinds that people choose from; the ends of contracts belong to contracts."""
