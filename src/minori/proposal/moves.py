"""How many customers moved from one plan to another within two years, counted from the contracts.

Of the customers who began on a plan at least two years ago: how many had moved to each plan above it within
two years. Those who have left since are counted too, trials are not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from minori.lake.stage import Pass
from minori.query.sql import sql

WITHIN_DAYS = 730
SIMILAR = Decimal(2)  # between half and twice the seats

_MOVES = sql("""
    with held as (
        select c.as_of, c.customer_key, p.product_id, c.plan_id, p.rank, min(c.starts_on) as began,
               arg_min(c.quantity, struct_pack(a := c.starts_on, b := c._id)) as seats
        from contracts c
        join catalog_plan p
          on p.plan_id = c.plan_id and (c.product_id is null or p.product_id = c.product_id)
        where not coalesce(c.is_trial, false) and not p.is_option
        group by c.as_of, c.customer_key, p.product_id, c.plan_id, p.rank
    ), followed as (
        select b.as_of, b.product_id, b.plan_id as plan_from, t.plan_id as plan_to, b.seats,
               case when a.began > b.began and date_diff('day', b.began, a.began) <= $days then 1 else 0 end
                 as moved
        from held b
        join catalog_plan t on t.product_id = b.product_id and t.rank > b.rank and not t.is_option
        left join held a
          on a.as_of = b.as_of and a.customer_key = b.customer_key and a.product_id = b.product_id
         and a.plan_id = t.plan_id
        where date_diff('day', b.began, b.as_of) >= $days
    )
    select product_id, plan_from, plan_to, seats, count(*) as customers, sum(moved) as moved
    from followed
    where as_of = $as_of
    group by product_id, plan_from, plan_to, seats
    order by product_id, plan_from, plan_to, seats
""")


@dataclass(frozen=True)
class Change:
    """A change of plan that an offer proposes, and the seats it is for."""

    product_id: str
    plan_from: str
    plan_to: str
    seats: Decimal | None


class Moves:
    """How many customers moved from plan to plan, by the seats they began with."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._rows: dict[tuple[str, str, str], list[tuple[Decimal | None, int, int]]] = {}
        for row in rows:
            key = (row["product_id"], row["plan_from"], row["plan_to"])
            self._rows.setdefault(key, []).append((row["seats"], int(row["customers"]), int(row["moved"])))

    def count(self, change: Change, *, similar: bool) -> tuple[int, int]:
        """Return (customers, of them moved) for a change, all or those with a similar number of seats."""
        rows = self._rows.get((change.product_id, change.plan_from, change.plan_to), [])
        chosen = [(n, m) for seats, n, m in rows if not similar or _alike(seats, change.seats)]
        return sum(n for n, _ in chosen), sum(m for _, m in chosen)


def moves_of(run: Pass) -> Moves:
    """Count the moves between plans as seen at the pass's date; reads ``contracts`` and ``catalog_plan``."""
    return Moves(run.fetch(_MOVES.bind(days=WITHIN_DAYS, as_of=run.as_of)).to_pylist())


def change_of(offer: Mapping[str, Any]) -> Change | None:
    """Return the change of plan that a stored offer proposes; None if it proposes none, or a smaller plan."""
    target = next((item for item in offer.get("items", ()) if "plan" in item), None)
    choices = offer.get("choices", ())
    held = [c for c in choices if not c["recommended"] and Decimal(c["difference"]) == 0]
    chosen = [c for c in choices if c["recommended"] and Decimal(c["difference"]) >= 0]
    if target is None or not held or not chosen or held[0]["plan_id"] == target["plan"]:
        return None
    seats = Decimal(target["quantity"]) if "quantity" in target else None
    return Change(target["product"], held[0]["plan_id"], target["plan"], seats)


def _alike(seats: Decimal | None, other: Decimal | None) -> bool:
    if seats is None or other is None:
        return False
    return other / SIMILAR <= seats <= other * SIMILAR
