"""The JSON Schema of what ``minori run --json`` prints (``report.py``): a promise to programs that read it.

Only additions are made within a version; a program should pass over what it does not know.
"""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]


def _object(about: str, optional: Mapping[str, Schema] | None = None, /, **required: Schema) -> Schema:
    """Return an object whose named parts are all there."""
    return {
        "type": "object",
        "description": about,
        "properties": {**required, **(optional or {})},
        "required": list(required),
    }


def _list(of: Schema, about: str) -> Schema:
    return {"type": "array", "items": of, "description": about}


def _text(about: str) -> Schema:
    return {"type": "string", "description": about}


def _number(about: str) -> Schema:
    return {"type": "number", "description": about}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _share(about: str) -> Schema:
    return {"type": "number", "minimum": 0, "maximum": 1, "description": about}


_BOTH = _object("A text in both languages.", ja={"type": "string"}, en={"type": "string"})
_DATE: Schema = {"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}
_AMOUNT: Schema = {"type": "string", "pattern": "^-?\\d+(\\.\\d+)?$"}
_COUNT: Schema = {"type": "integer", "minimum": 0}


def _date(about: str) -> Schema:
    return {**_DATE, "description": about}


def _amount(about: str) -> Schema:
    return {**_AMOUNT, "description": about}


_CHOICE = _object(
    "One of up to three choices: the present plan, the recommended one, the top one.",
    label=_BOTH,
    monthly=_amount("Price a month, catalogue currency, exact decimal as text."),
    difference=_amount("Difference to what is paid today."),
    recommended={"type": "boolean"},
    summary=_BOTH,
    plan_id=_or_null(_text("Plan of the catalogue.")),
)
_BENEFIT = _object(
    "What it is worth to this customer, from their own numbers.",
    text=_BOTH,
    money=_or_null(_amount("What it is worth a month, company currency; null if it has no price.")),
    assumptions=_list(
        _BOTH, "Every input with its source: measured, told by the customer, or company default."
    ),
)
_OFFER = _object(
    "What is offered; amounts are exact decimals as text, in the catalogue's currency.",
    {"assumed": _list(_BOTH, "Beliefs behind its value that nobody has measured, each by its name.")},
    label=_BOTH,
    items=_list(
        {"type": "object", "additionalProperties": {"type": "string"}},
        "What changes: product with plan, option, item, trial or term, and quantity; or a coupon.",
    ),
    mrr_change=_amount("Change of monthly revenue."),
    once=_amount("One-time revenue."),
    until=_or_null(_date("A real limit of the offer; null if there is none.")),
    features=_list({"type": "string"}, "Features it brings that the customer does not have."),
    choices=_list(_CHOICE, "Choices side by side; empty where there is nothing to compare."),
    benefits=_list(_BENEFIT, "Benefits that could be computed; empty if an input is missing."),
)
_ACCEPT = _object(
    "The chance that the customer accepts.",
    chance=_share("Expected chance."),
    low=_share("Lower end of the 90 % interval."),
    high=_share("Upper end."),
    based_on=_BOTH,
)
_WORDS = _object(
    "What to write and say in one language.",
    subject=_text("Subject of the mail."),
    mail=_text("The mail."),
    talk=_text("A short script for a call."),
    product=_text("One or two sentences inside the product."),
)
_FOR_ROLE = _object(
    "What one role is told, in one language.",
    words=_text("The paragraph for this role."),
    mail=_text("The mail with that paragraph; its subject is the message's."),
)
_ROLE = _object(
    "People of the customer in one role, and the words for them.",
    role={"enum": ["user", "champion", "budget", "approver"], "description": "Their role."},
    label=_BOTH,
    people=_COUNT,
    user_ids=_list({"type": "string"}, "Who they are; the first twenty by id."),
    departments=_list({"type": "string"}, "Departments they work in."),
    message=_object("The words in both languages, to be edited.", ja=_FOR_ROLE, en=_FOR_ROLE),
)
_PROOF = _object(
    "Proof that the customer may be shown; what was counted and what was released are never mixed.",
    counted=_list(
        _object(
            "Counted from the company's own data.",
            customers=_COUNT,
            moved=_COUNT,
            similar={"type": "boolean", "description": "Among customers with about as many seats."},
            text=_BOTH,
        ),
        "Empty below 20 customers, or where fewer than half moved.",
    ),
    released=_list(_object("A released case.", case=_text("Its id."), text=_BOTH), "Cases of the library."),
)
_PROPOSAL = _object(
    "One decided offer to one customer, in the day's order.",
    {
        "roles": _list(
            _ROLE, "Words by the reader's role; empty where no role is known or nothing is written for it."
        )
    },
    proposal_id=_text("Names customer, play and start of the situation; a rerun gives the same."),
    customer_id=_text("The customer."),
    customer=_text("Name; the id where no name is known."),
    play=_text("Play that made it."),
    kind=_text("Kind of offer."),
    offer=_OFFER,
    mrr_change=_number("Change of monthly revenue, in currency."),
    once=_number("One-time revenue, in currency."),
    currency={"type": "string", "pattern": "^[A-Z]{3}$", "description": "The company's currency."},
    because=_BOTH,
    evidence={
        "type": "object",
        "description": "The numbers behind it by name; null is unknown. Dates are texts.",
        "additionalProperties": {"type": ["number", "string", "boolean", "null"]},
    },
    accept=_ACCEPT,
    expected_value=_number("Expected lifetime margin against doing nothing, in currency; more than 0."),
    owner=_or_null(_text("Who would do it; null if the data names nobody.")),
    channel=_text("How it would reach the customer."),
    person_decides={
        "type": "boolean",
        "description": "Never automatic: something about the customer is unknown.",
    },
    choices=_list(_CHOICE, "The offer's choices again."),
    message=_object("The words in both languages, to be edited.", ja=_WORDS, en=_WORDS),
    proof=_PROOF,
    valid_until=_date("Last day on which the situation asks."),
)
_HELD = _object(
    "A candidate that a guard holds.",
    customer_id=_text("The customer."),
    play=_text("Play that would have proposed."),
    guard=_text("What holds it."),
    reason=_BOTH,
    until=_or_null(_date("First day on which it would be clear again; null: while it lasts.")),
)
_COUNTS = _object(
    "What became of every candidate; the four fates add up to candidates.",
    candidates=_COUNT,
    proposed=_COUNT,
    held=_COUNT,
    outranked=_COUNT,
    hold_out=_COUNT,
)

_NOTICE = _object(
    "What people should know before they read the list.",
    kind={"enum": ["play_stopped"], "description": "What it is about."},
    play=_text("The play that is stopped."),
    source={"enum": ["experiment", "pushiness"], "description": "What proved it."},
    text=_BOTH,
    **{"class": _or_null(_text("Class of customers for which it is stopped; null: all."))},
)

_SCORE = _object(
    "How far the health score may be trusted, from the newest kept check (minori calibration).",
    verdict=_text("calibrated, indicative, does_not_predict, not_enough_data, not_checked or changed."),
    under_floor=_or_null({"type": "boolean", "description": "Under the ship floor; null: cannot be told."}),
    checked_as_of=_or_null(_date("Day of the check.")),
    flag=_or_null(_BOTH),
)
SCHEMA: Schema = _object(
    "One decided day.",
    {"notices": _list(_NOTICE, "Plays that were stopped because they do harm."), "score": _SCORE},
    as_of=_date("The day, to its end in the company's time zone."),
    policy=_text("Hash of the policy: the same hash, facts and day give the same result."),
    customers=_COUNT,
    counts=_COUNTS,
    proposals=_list(_PROPOSAL, "Whom to approach, in order."),
    held=_list(_HELD, "Whom to leave alone now, why, and until when."),
)
"""The schema, without its dialect and title."""
