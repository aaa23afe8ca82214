"""Limits of plans, and how much of them the customer needs."""

from collections.abc import Set as AbstractSet
from decimal import Decimal

from minori.core.text import Text
from minori.offers.case import Case
from minori.offers.meaning import measured_against
from minori.offers.present import Present
from minori.policy.catalog import Catalog, PerSeat, Plan
from minori.query.condition import parse_condition

ROOM = Decimal(
    "0.8"
)  # a new limit is filled to this share at most: an offer that is full on its first day is none
UNLIMITED = Decimal("Infinity")
LIMITS = {
    "seats": Text(ja="アカウント数", en="seats"),
    "users": Text(ja="利用者数", en="users"),
    "storage_gb": Text(ja="保存容量(GB)", en="storage (GB)"),
    "api_calls": Text(ja="API呼び出し(回)", en="API calls"),
    "devices": Text(ja="端末数", en="devices"),
    "contents": Text(ja="ご利用件数", en="items"),
}


def limit_of(plan: Plan, name: str, seats: Decimal | None) -> Decimal | None:
    """Return a limit of a plan: UNLIMITED if it names none, None if it hangs on seats that nobody knows."""
    limit = plan.limits.get(name)
    if limit is None:
        return UNLIMITED
    if isinstance(limit, Decimal):
        return limit
    per_seat = limit.per_seat if isinstance(limit, PerSeat) else Decimal(1)
    return None if seats is None else per_seat * seats


def limit_now(present: Present, name: str) -> Decimal | None:
    """Return the limit of the plan held with the options beside it."""
    limit = limit_of(present.plan, name, present.seats)
    added = sum((option.adds.get(name, Decimal(0)) * n for _, option, n in present.options), Decimal(0))
    return None if limit is None else limit + added


def needed(case: Case, name: str) -> Decimal | None:
    """Return how much of a limit the customer needs; None if no such number is known.

    What fills a limit is read from the policy: ``active_users / limit(seats)`` in a metric or a play; a
    metric called like the limit fills it as well. Numbers behind the play's own condition go first; of
    several the greatest counts.
    """
    condition = parse_condition(case.play.when)
    compared = {column for limit, column in measured_against(case.play.when) if limit == name}
    names = compared | case.meaning.uses.get(name, frozenset()) | {name} - {"seats"}
    behind = {m for read in condition.reads for m in case.meaning.made_of.get(read, ())} | condition.reads
    return _most(case, names & (behind | compared)) or _most(case, names)


def _most(case: Case, names: AbstractSet[str]) -> Decimal | None:
    return max((n for n in map(case.exact, names) if n is not None), default=None)


def limit_words(catalog: Catalog, name: str) -> Text | None:
    """Return what people call a limit: as a feature of the catalogue, else in usual words, else None."""
    return catalog.features[name].label if name in catalog.features else LIMITS.get(name)


def covers(limit: Decimal | None, need: Decimal | None, *, room: Decimal = Decimal(1)) -> bool:
    """Return whether a limit holds what is needed, filled to the share ``room`` at most."""
    return limit is not None and (need is None or need <= limit * room)
