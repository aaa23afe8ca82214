"""Contracts, read off the weeks: a change of plan, seats or term ends one row and starts the next."""

from dataclasses import dataclass

import numpy as np

from minori.sample.company.catalogue import (
    FREE,
    OPTION_PER_SEAT,
    OPTIONS,
    PLANS,
    PRODUCT,
    SECOND_PLANS,
    SECOND_PRODUCT,
    desk_price,
    option_price,
    second_plan,
    suite_price,
)
from minori.sample.company.life import Life, customer_id
from minori.sample.draws import Flags, Floats, Ints
from minori.sample.files import Columns, days

_TERM_DAYS = 365


@dataclass(frozen=True)
class _Line:
    """One thing that can be held: per week and customer whether, how, and for how much."""

    suffix: str
    product: str
    plans: tuple[str, ...]
    held: Flags
    plan: Ints
    quantity: Ints
    price: Floats
    signature: Ints  # a new row begins where it changes


@dataclass(frozen=True)
class _Rows:
    """Where each row begins and ends: positions and days from the first exported day."""

    week: Ints
    customer: Ints
    spell: Ints  # how often the customer had begun it before
    starts: Ints
    ends: Ints  # -1: not ended


def subscriptions(life: Life) -> Columns:
    """Return the export of the billing system, oldest first."""
    parts = [_exported(life, line) for line in _lines(life)]
    merged = {name: [value for part in parts for value in part[name]] for name in parts[0]}
    order = sorted(
        range(len(merged["account_id"])),
        key=lambda n: (merged["valid_from"][n], merged["subscription_id"][n]),
    )
    return {name: [values[n] for n in order] for name, values in merged.items()}


def _lines(life: Life) -> list[_Line]:
    w, ones = life.weeks, np.ones_like(life.weeks.seats)
    changes = w.plan + 10 * w.on_trial + 100 * w.term + 100_000 * w.seats
    lines = [_Line("M-", PRODUCT, PLANS, w.alive, w.plan, w.seats, suite_price(w.plan, w.seats), changes)]
    price = option_price(w.seats)
    for number, option in enumerate(OPTIONS):
        quantity = w.seats if OPTION_PER_SEAT[number] else ones
        held = w.alive & w.options[:, :, number] & (w.plan > FREE)
        lines.append(
            _Line(
                f"O{number + 1}-", PRODUCT, (option,), held, 0 * ones, quantity, price[:, :, number], quantity
            )
        )
    held = w.alive & (w.desk > 0)
    lines.append(
        _Line(
            "D-", SECOND_PRODUCT, SECOND_PLANS, held, second_plan(w.desk), w.desk, desk_price(w.desk), w.desk
        )
    )
    return lines


def _rows(life: Life, line: _Line) -> _Rows:
    """Find the rows, ordered by customer and week."""
    held, signature = line.held.T, line.signature.T
    before = np.zeros_like(held)
    before[:, 1:] = held[:, :-1]
    begins = held & ~before
    changed = begins.copy()
    changed[:, 1:] |= held[:, 1:] & (signature[:, 1:] != signature[:, :-1])
    customer, week = np.nonzero(changed)
    spell = (np.cumsum(begins, axis=1) - 1)[customer, week]
    starts = _day_of_change(life, customer, week)
    ends = np.full(len(starts), -1)
    lost_customer, lost_week = np.nonzero(before & ~held)
    lost_day = _day_of_change(life, lost_customer, lost_week)
    goes_on = np.flatnonzero((customer[1:] == customer[:-1]) & (spell[1:] == spell[:-1]))
    ends[goes_on] = starts[goes_on + 1]
    last_of_spell = {(c, s): n for n, (c, s) in enumerate(zip(customer, spell, strict=True))}
    spell_of_loss = (np.cumsum(begins, axis=1) - 1)[lost_customer, lost_week]
    for c, s, day in zip(lost_customer, spell_of_loss, lost_day, strict=True):
        ends[last_of_spell[c, s]] = day
    return _Rows(week, customer, spell, starts, ends)


def _day_of_change(life: Life, customer: Ints, week: Ints) -> Ints:
    """Return the day on which a customer's change of a week takes effect."""
    traits, term = life.traits, life.weeks.term
    day = 7 * week + traits.offset[customer]
    before = np.where(week > 0, term[np.maximum(week - 1, 0), customer], term[0, customer])
    renewed = term[week, customer] > before
    day = np.where(renewed, traits.start_day[customer] + _TERM_DAYS * term[week, customer], day)
    from_before = (week == 0) & (traits.start_day[customer] < 0)
    return np.where(from_before, traits.start_day[customer], day)


def _exported(life: Life, line: _Line) -> dict[str, list[object]]:
    rows, traits = _rows(life, line), life.traits
    c, w = rows.customer, rows.week
    trial = life.weeks.on_trial[w, c] & (line.suffix == "M-")
    annual = traits.annual[c]
    renewal = traits.start_day[c] + _TERM_DAYS * (life.weeks.term[w, c] + 1)
    trial_end = 7 * life.weeks.trial_until[w, c] + traits.offset[c]
    fee = np.where(trial, 0.0, np.rint(line.price[w, c] * traits.price_factor[c]))
    first = life.first_day
    return {
        "subscription_id": [f"S{n + 1:05d}-{line.suffix}{s + 1}" for n, s in zip(c, rows.spell, strict=True)],
        "account_id": [customer_id(n) for n in c],
        "product": [line.product] * len(c),
        "plan": [line.plans[plan].upper() for plan in line.plan[w, c]],
        "units": line.quantity[w, c].tolist(),
        "monthly_fee": fee.astype(np.int64).tolist(),
        "currency": ["JPY"] * len(c),
        "status": ["trial" if is_trial else "active" for is_trial in trial],
        "billing_cycle": ["annual" if yearly else "monthly" for yearly in annual],
        "valid_from": list(days(first, rows.starts)),
        "valid_to": _where(rows.ends >= 0, days(first, rows.ends)),
        "next_renewal": _where(annual, days(first, renewal)),
        "trial_end": _where(trial, days(first, trial_end)),
    }


def _where(known: Flags, texts: list[str]) -> list[object]:
    return [text if shown else None for text, shown in zip(texts, known, strict=True)]
