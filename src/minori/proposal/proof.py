"""Proof that a customer may be shown: counted from our own data, or a released case; marked apart.

Nothing is invented: companies with a similar number of seats are counted first, then all; below 20
customers, or where fewer than half moved, nothing is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from minori.core.text import Text
from minori.policy.catalog import Catalog
from minori.policy.definitions import Play
from minori.proposal.cases import nearest_case
from minori.proposal.moves import Change, Moves, change_of

LEAST_CUSTOMERS = 20
LEAST_SHARE = Decimal("0.5")  # fewer than half is no reason to follow

_OUR_DATA = Text(ja="(当社の実績より集計)", en=" (counted from our own data)")
_SIMILAR = Text(
    ja="アカウント数が近い「{before}」の{n}社のうち{moved}社が、2年以内に「{after}」へ移られました",
    en="Of {n} companies on {before} with about as many seats, {moved} moved to {after} within two years",
)
_COMPANIES = Text(
    ja="「{before}」をご利用の{n}社のうち{moved}社が、2年以内に「{after}」へ移られました",
    en="Of {n} companies on {before}, {moved} moved to {after} within two years",
)
_PERSONS = Text(
    ja="「{before}」をご利用の{n}名様のうち{moved}名様が、2年以内に「{after}」へ移られました",
    en="Of {n} customers on {before}, {moved} moved to {after} within two years",
)


@dataclass(frozen=True)
class Counted:
    """What was counted from the company's own data."""

    customers: int
    moved: int
    similar: bool  # among customers with a similar number of seats
    text: Text


@dataclass(frozen=True)
class Proof:
    """Proof for one proposal; ``counted`` and ``released`` are never mixed."""

    counted: tuple[Counted, ...] = ()
    released: tuple[tuple[str, Text], ...] = ()  # id of the case, its words

    def as_dict(self) -> dict[str, list[dict[str, object]]]:
        """Return the proof for storing, each kind under its own name."""
        return {
            "counted": [
                {"customers": c.customers, "moved": c.moved, "similar": c.similar, "text": c.text.as_dict()}
                for c in self.counted
            ],
            "released": [{"case": name, "text": text.as_dict()} for name, text in self.released],
        }


NO_PROOF = Proof()


def proof_of(
    offer: Mapping[str, Any],
    play: Play,
    catalog: Catalog,
    moves: Moves,
    *,
    as_of: date,
    industry: str | None = None,
    business: bool = True,
) -> Proof:
    """Return the proof for an offer as stored in ``candidate``: what was counted, and the nearest case."""
    change = change_of(offer)
    counted = _counted(change, catalog, moves, business=business) if change else None
    issues = {*offer.get("features", ()), *_issues(play)}
    nearest = nearest_case(catalog, as_of, industry, issues, change.plan_to if change else None)
    return Proof((counted,) if counted else (), (nearest,) if nearest else ())


def _counted(change: Change, catalog: Catalog, moves: Moves, *, business: bool) -> Counted | None:
    before, after = (catalog.plan(change.product_id, plan) for plan in (change.plan_from, change.plan_to))
    if before is None or after is None:
        return None
    for similar, words in ((True, _SIMILAR), (False, _COMPANIES)) if business else ((False, _PERSONS),):
        n, moved = moves.count(change, similar=similar)
        if n >= LEAST_CUSTOMERS:
            said = _said(words, before.label, after.label, n, moved)
            return Counted(n, moved, similar, said) if moved >= LEAST_SHARE * n else None
    return None


def _said(words: Text, before: Text, after: Text, n: int, moved: int) -> Text:
    numbers = {"n": f"{n:,}", "moved": f"{moved:,}"}
    ja = words.fill({"before": before.ja, "after": after.ja, **numbers}).ja
    en = words.fill({"before": before.en, "after": after.en, **numbers}).en
    return Text(ja=ja + _OUR_DATA.ja, en=en + _OUR_DATA.en)


def _issues(play: Play) -> list[str]:
    named = (play.offer.settings.get(name) for name in ("with_feature", "feature", "lifts", "limit", "topic"))
    return [name for name in named if isinstance(name, str)]
