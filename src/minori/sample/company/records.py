"""What the company itself wrote down: levels, contacts, proposals and answers, consents, costs."""

import numpy as np

from minori.sample.company.catalogue import monthly, storage_limit
from minori.sample.company.life import Life, customer_id
from minori.sample.company.people import CSM, SALES, owners, user_id
from minori.sample.company.proposing import Asked
from minori.sample.company.world import ASKS_FOR_MONEY, FAMILIES
from minori.sample.draws import Flags, Ints, generator
from minori.sample.files import Columns, days, local_times

_DAY = 86_400
PLAYS = {
    "seats": "seats_near_limit", "storage": "storage_near_limit", "api": "api_near_limit",
    "analytics": "csv_downloads_rising", "connector": "data_imports_repeated", "security": "security_needs",
    "desk": "handover_bottleneck", "help": "few_features_used", "rescue": "churn_risk",
    "downsell": "idle_seats_downsell", "plan": "outgrew_plan",
}  # fmt: skip
_KINDS = {
    "seats": "seats", "storage": "capacity", "api": "plan", "analytics": "option", "connector": "option",
    "security": "option", "desk": "product", "help": "help", "rescue": "rescue", "downsell": "downgrade",
    "plan": "plan",
}  # fmt: skip
_OPEN_DAYS = 30


def gauges(life: Life) -> Columns:
    """Return the levels that the product reports at the end of each week."""
    week, customer = np.nonzero(life.weeks.alive)
    rng = generator(life.seed, "company", "gauges")
    limit = storage_limit(life.weeks.plan, life.weeks.options)[week, customer]
    kept = np.minimum(life.weeks.storage[week, customer], limit * rng.uniform(0.985, 1.01, len(week)))
    at = local_times(life.first_day, 7 * _DAY * week + 6 * _DAY + 23 * 3600)
    return {
        "account_id": [customer_id(n) for n in customer.tolist()] * 2,
        "metric": ["seats_used"] * len(week) + ["storage_gb"] * len(week),
        "measured_at": at * 2,
        "level": [*life.weeks.accounts[week, customer].tolist(), *np.round(kept, 1).tolist()],
    }


def proposals(life: Life) -> Columns:
    """Return the proposals that the company's people made."""
    asked, second, _ = _asked(life)
    names = [FAMILIES[one.family] for one in asked]
    rng = generator(life.seed, "company", "proposers")
    by_sales = rng.random(len(asked)) < 0.2
    csm, seller = owners(life)
    return {
        "deal_id": _deal_ids(len(asked)),
        "account_id": [customer_id(one.customer) for one in asked],
        "contact": [user_id(one.customer, 0) for one in asked],
        "campaign": [PLAYS[name] for name in names],
        "offer_type": [_KINDS[name] for name in names],
        "paid": ["1" if one.family in ASKS_FOR_MONEY else "0" for one in asked],
        "channel": ["meeting" if sales else "mail" for sales in by_sales],
        "owner": [
            SALES[seller[one.customer]] if sales else CSM[csm[one.customer]]
            for sales, one in zip(by_sales, asked, strict=True)
        ],
        "proposed_at": local_times(life.first_day, second),
        "valid_until": days(life.first_day, second // _DAY + _OPEN_DAYS),
        "monthly_change": [round(one.mrr_change) for one in asked],
    }


def outcomes(life: Life) -> Columns:
    """Return the answers that had come by the end of the exported time."""
    asked, _, answered = _asked(life)
    known = np.flatnonzero(answered < 7 * _DAY * life.count)
    ids = _deal_ids(len(asked))
    return {
        "deal_id": [ids[n] for n in known],
        "result": [asked[n].result for n in known],
        "lost_reason": [asked[n].reason or None for n in known],
        "closed_at": local_times(life.first_day, answered[known]),
    }


def contacts(life: Life) -> Columns:
    """Return the contact history: onboarding, support, reviews, renewals, proposals."""
    rng = generator(life.seed, "company", "contacts")
    parts = [
        (_onboarding(life), "onboarding", "meeting"),
        (_reviews(life), "qbr", "meeting"),
        (_renewals(life), "renewal", "mail"),
        (life.weeks.alive & (rng.random(life.weeks.mood.shape) < 0.02), "support", "call"),
        (life.weeks.alive & (rng.random(life.weeks.mood.shape) < 0.003), "sales", "call"),
        (life.weeks.alive & (rng.random(life.weeks.mood.shape) < 0.01), "survey", "mail"),
    ]
    rows: list[tuple[int, int, str, str]] = []
    for happened, about, channel in parts:
        week, customer = np.nonzero(happened & life.weeks.alive)
        day = np.maximum(7 * week + rng.integers(0, 5, len(week)), life.traits.start_day[customer])
        second = day * _DAY + rng.integers(9 * 3600, 18 * 3600, len(week))
        rows += [(s, c, about, channel) for s, c in zip(second.tolist(), customer.tolist(), strict=True)]
    asked, proposed, _ = _asked(life)
    rows += [(s, one.customer, "proposal", "mail") for one, s in zip(asked, proposed.tolist(), strict=True)]
    rows.sort()
    csm = owners(life)[0]
    inward = rng.random(len(rows)) < 0.5
    return {
        "activity_id": [f"C{number + 1:06d}" for number in range(len(rows))],
        "account_id": [customer_id(row[1]) for row in rows],
        "contact": [user_id(row[1], 0) for row in rows],
        "type": [row[3] for row in rows],
        "direction": [
            "inbound" if i and row[2] == "support" else "outbound"
            for i, row in zip(inward, rows, strict=True)
        ],
        "purpose": [row[2] for row in rows],
        "staff": [CSM[csm[row[1]]] for row in rows],
        "done_at": local_times(life.first_day, np.array([row[0] for row in rows], dtype=np.int64)),
    }


def consents(life: Life) -> Columns:
    """Return consent to mail at the start, and the few who took it back."""
    rng = generator(life.seed, "company", "consents")
    granted = rng.random(life.traits.count) < 0.93
    start = life.traits.start_day * _DAY + 10 * 3600
    chance = 0.002 * life.weeks.irritation + 0.0002
    week, customer = np.nonzero(life.weeks.alive & (rng.random(chance.shape) < chance))
    second = (7 * week + life.traits.offset[customer]) * _DAY + 12 * 3600
    said = np.concatenate([start, second])
    return {
        "account_id": [customer_id(n) for n in (*range(life.traits.count), *customer.tolist())],
        "channel": ["mail"] * len(said),
        "consent": ["Y" if yes else "N" for yes in granted] + ["N"] * len(customer),
        "recorded_at": local_times(life.first_day, said),
    }


def costs(life: Life) -> Columns:
    """Return what winning each new customer cost, and looking after each per quarter."""
    rng = generator(life.seed, "company", "costs")
    w = life.weeks
    price = monthly(w.plan, w.seats, w.options, w.desk)
    new = np.flatnonzero(life.traits.start_day >= 0)
    spent = np.rint(rng.lognormal(11.6, 0.5, len(new)) / 100) * 100
    week, customer = np.nonzero(w.alive & (np.arange(life.count) % 13 == 12)[:, None])
    kept = np.rint((2_000 + 0.06 * price[week, customer]) * rng.lognormal(0, 0.3, len(week)))
    day = np.concatenate([life.traits.start_day[new], 7 * week + 6])
    return {
        "account_id": [customer_id(n) for n in (*new.tolist(), *customer.tolist())],
        "cost_type": ["acquisition"] * len(new) + ["retention"] * len(week),
        "yen": [*spent.astype(np.int64).tolist(), *kept.astype(np.int64).tolist()],
        "spent_on": days(life.first_day, day),
    }


def _asked(life: Life) -> tuple[list[Asked], Ints, Ints]:
    """Return the proposals by time, when each was made, and when answered (perhaps after the end)."""
    rng = generator(life.seed, "company", "answers")
    asked = life.asked
    change = np.array([7 * one.week for one in asked]) + life.traits.offset[[one.customer for one in asked]]
    proposed = (change - rng.integers(2, 10, len(asked))) * _DAY + rng.integers(
        9 * 3600, 18 * 3600, len(asked)
    )
    waited = rng.integers(2, 14, len(asked)) * _DAY
    by_result = {"accepted": change * _DAY + 9 * 3600, "expired": proposed + _OPEN_DAYS * _DAY}
    answered = proposed + waited
    for result, at in by_result.items():
        answered = np.where([one.result == result for one in asked], at, answered)
    order = np.lexsort((np.arange(len(asked)), proposed))
    return [asked[n] for n in order], proposed[order], answered[order]


def _deal_ids(count: int) -> list[str]:
    return [f"P{number + 1:05d}" for number in range(count)]


def _onboarding(life: Life) -> Flags:
    since = np.arange(life.count)[:, None] - life.traits.start_week
    return np.asarray(np.isin(since, (0, 2, 5)))


def _reviews(life: Life) -> Flags:
    """Quarterly reviews with the customers who pay most."""
    w = life.weeks
    price = monthly(w.plan, w.seats, w.options, w.desk)
    quarter = (np.arange(life.count)[:, None] - life.traits.start_week) % 13 == 0
    return np.asarray(quarter & (price > 60_000) & (np.arange(life.count)[:, None] > life.traits.start_week))


def _renewals(life: Life) -> Flags:
    day = 7 * np.arange(life.count)[:, None] - life.traits.start_day
    near = (day % 365 >= 365 - 45) & (day % 365 < 365 - 38)
    return np.asarray(life.traits.annual & near & (day > 0))
