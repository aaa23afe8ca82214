"""Accounts, users, departments and reorganisations, as the customer register holds them."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from minori.core.text import Language
from minori.sample.company.life import Life, customer_id
from minori.sample.draws import Floats, Ints, counted_positions, generator
from minori.sample.files import Columns, days
from minori.sample.names import (
    DEPARTMENTS,
    INDUSTRIES,
    SUPPORT_DEPARTMENT,
    company_names,
    person_names,
    region_names,
)

CSM = ("sato", "suzuki", "takahashi", "ito")
SALES = ("yamada", "kobayashi")
_ROLES = ("champion", "budget", "approver")
_SOURCES = ("webinar", "referral", "search", "exhibition")


@dataclass(frozen=True)
class Users:
    """One element per user; ``rank`` counts within the customer, the first is the champion."""

    customer: Ints
    rank: Ints
    joined_week: Ints
    department: Ints  # of the customer's departments
    zeal: Floats  # how often compared with others

    @property
    def ids(self) -> list[str]:
        """Outside ids."""
        return [user_id(c, r) for c, r in zip(self.customer, self.rank, strict=True)]


@dataclass(frozen=True)
class Departments:
    """One element per department of a customer."""

    customer: Ints
    place: Ints  # within the customer
    kind: Ints  # of DEPARTMENTS
    headcount: Ints
    first: Ints  # [customer], position of the customer's first
    size: Ints  # [customer], how many


People: TypeAlias = tuple[Users, Departments]


def user_id(customer: int, rank: int) -> str:
    """Return the outside id of a customer's user, both numbers from 0."""
    return f"U{customer + 1:05d}-{rank + 1:03d}"


def draw_people(life: Life) -> People:
    """Draw who works for the customers and in which departments."""
    rng = generator(life.seed, "company", "people")
    departments = _draw_departments(life, rng)
    most = life.weeks.accounts.max(axis=0)
    customer, rank = counted_positions(most)
    cumulative = np.maximum.accumulate(life.weeks.accounts, axis=0)
    joined = (cumulative[:, customer] <= rank).sum(axis=0)
    # The first people come from the first departments; later ones spread to the others.
    reach = np.minimum(departments.size[customer], 1 + rank // 3)
    department = np.minimum((rng.random(len(rank)) ** 1.5 * reach).astype(np.int64), reach - 1)
    zeal = rng.lognormal(0.0, 0.5, len(rank)) * np.where(rank == 0, 1.8, 1.0)
    return Users(customer, rank, joined, department, zeal), departments


def _draw_departments(life: Life, rng: np.random.Generator) -> Departments:
    employees = life.traits.employees
    size = np.clip(np.rint(np.log2(employees / 6) + rng.normal(0, 0.7, len(employees))), 1, len(DEPARTMENTS))
    size = size.astype(np.int64)
    customer, place = counted_positions(size)
    kind = np.argsort(rng.random((len(employees), len(DEPARTMENTS))), axis=1)[customer, place]
    weight = rng.uniform(0.5, 1.5, len(customer))
    total = np.bincount(customer, weights=weight)[customer]
    heads = np.maximum(np.rint(employees[customer] * weight / total), 1).astype(np.int64)
    return Departments(customer, place, kind, heads, np.cumsum(size) - size, size)


def owners(life: Life) -> tuple[Ints, Ints]:
    """Return each customer's customer manager and sales person, as places in ``CSM`` and ``SALES``."""
    rng = generator(life.seed, "company", "owners")
    return rng.integers(0, len(CSM), life.traits.count), rng.integers(0, len(SALES), life.traits.count)


def accounts(life: Life, language: Language) -> Columns:
    """Return the export of the CRM."""
    rng = generator(life.seed, "company", "accounts")
    traits = life.traits
    count = traits.count
    names = company_names(traits.industry, language, rng)
    regions = region_names(count, language, rng)
    source = rng.integers(0, len(_SOURCES), count)
    owner, seller = owners(life)
    return {
        "account_id": [customer_id(n) for n in range(count)],
        "account_name": names,
        "industry": [INDUSTRIES[traits.industry[n]].en.replace(" ", "_") for n in range(count)],
        "employee_count": [int(traits.employees[n]) for n in range(count)],
        "prefecture": regions,
        "csm": [CSM[place] for place in owner],
        "sales_rep": [SALES[place] for place in seller],
        "contact_mail": [f"info@a{n + 1:05d}.example" for n in range(count)],
        "customer_since": days(life.first_day, traits.start_day),
        "lead_source": [_SOURCES[place] for place in source],
    }


def users(life: Life, people: People, language: Language) -> Columns:
    """Return the export of the product's user administration."""
    who, departments = people
    rng = generator(life.seed, "company", "users")
    names = person_names(len(who.rank), language, rng)
    created = _created(life, who, rng)
    last = life.weeks.accounts[-1][who.customer]
    kinds = departments.kind[departments.first[who.customer] + who.department]
    approvers = who.rank < np.where(life.traits.employees[who.customer] >= 60, 3, 1)
    return {
        "member_id": who.ids,
        "account_id": [customer_id(n) for n in who.customer],
        "full_name": names,
        "mail": [f"user{r + 1}@a{n + 1:05d}.example" for n, r in zip(who.customer, who.rank, strict=True)],
        "department": [DEPARTMENTS[kind][language] for kind in kinds],
        "role": [_ROLES[r] if high else "user" for r, high in zip(who.rank, approvers, strict=True)],
        "enabled": [
            "yes" if r < accounts_now else "no" for r, accounts_now in zip(who.rank, last, strict=True)
        ],
        "created": days(life.first_day, created),
    }


def _created(life: Life, who: Users, rng: np.random.Generator) -> Ints:
    """Return the day of each account: within its week, or anywhere between start and first exported day."""
    start = life.traits.start_day[who.customer]
    early = start - np.rint(start * rng.random(len(start)) * 0.8).astype(np.int64)
    day = np.maximum(7 * who.joined_week + life.traits.offset[who.customer], start)
    return np.where((who.joined_week == 0) & (start < 0), np.where(who.rank == 0, start, early), day)


def departments(life: Life, people: People, language: Language) -> Columns:
    """Return what the customer managers noted about departments."""
    who = people[1]
    known = days(life.first_day, np.maximum(life.traits.start_day, 0)[who.customer])
    could = ["suite desk" if kind == SUPPORT_DEPARTMENT else "suite" for kind in who.kind]
    return {
        "department_id": [f"{customer_id(n)}-{p + 1}" for n, p in zip(who.customer, who.place, strict=True)],
        "account_id": [customer_id(n) for n in who.customer],
        "department": [DEPARTMENTS[kind][language] for kind in who.kind],
        "people": who.headcount.tolist(),
        "could_use": could,
        "noted_on": known,
    }


def org_changes(life: Life, people: People, language: Language) -> Columns:
    """Return reorganisations that became known, dated."""
    who = people[1]
    week, customer = np.nonzero((life.heads != 1.0) & life.weeks.alive)
    rng = generator(life.seed, "company", "reorganisations")
    place = who.first[customer] + rng.integers(0, who.size[customer]) if len(customer) else customer
    after = np.maximum(np.rint(who.headcount[place] * life.heads[week, customer]), 1).astype(np.int64)
    kinds = np.where(after > who.headcount[place], "growth", "reorganisation")
    return {
        "account_id": [customer_id(n) for n in customer.tolist()],
        "department": [DEPARTMENTS[kind][language] for kind in who.kind[place]],
        "change": kinds.tolist(),
        "people_before": who.headcount[place].tolist(),
        "people_after": after.tolist(),
        "effective_on": days(life.first_day, 7 * week + life.traits.offset[customer]),
    }
