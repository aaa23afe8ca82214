"""Planted effects: drawn beforehand, so that a proposal changes what happens to its own customer, and nothing else."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from minori.core.errors import InputError
from minori.sample.planted import EFFECTS, SITUATIONS, Planted, lived, plant, run_days
from minori.sample.planted_workspace import write_exports

FIRST, DAYS = date(2026, 1, 28), 63
END = FIRST + timedelta(days=DAYS + 60)


@pytest.fixture(scope="module")
def planted() -> Planted:
    return plant(6_000, DAYS, FIRST, 1)


def rates(planted: Planted, effect: str, *, treated: bool) -> tuple[float, float]:
    """Shares of a play's customers who ever buy and leave, if all or none of them are proposed to."""
    asked = dict.fromkeys(planted.customer_ids, FIRST) if treated else {}
    life = lived(planted, asked, END)
    own = planted.situation == SITUATIONS.index(planted.play(effect))
    return float((life.bought <= life.today)[own].mean()), float((life.left <= life.today)[own].mean())


class TestEffects:
    @pytest.mark.parametrize("effect", EFFECTS)
    @pytest.mark.parametrize("treated", [False, True])
    def test_come_true(self, planted: Planted, effect: str, treated: bool) -> None:
        bought, left = rates(planted, effect, treated=treated)
        assert left == pytest.approx(EFFECTS[effect].leaves[treated], abs=0.04)
        assert bought == pytest.approx(EFFECTS[effect].bought[treated], abs=0.04)

    def test_are_given_to_plays_by_the_seed(self) -> None:
        found = {plant(3, DAYS, FIRST, seed).play("harmful") for seed in range(20)}
        assert found == set(SITUATIONS)

    def test_a_proposal_changes_nobody_else(self, planted: Planted) -> None:
        one = planted.customer_ids[:10]
        alone, asked = lived(planted, {}, END), lived(planted, dict.fromkeys(one, FIRST), END)
        assert np.array_equal(alone.left[10:], asked.left[10:])
        assert np.array_equal(alone.bought[10:], asked.bought[10:])

    def test_a_proposal_afterwards_changes_nothing(self, planted: Planted) -> None:
        late = dict.fromkeys(planted.customer_ids, END)
        alone, asked = lived(planted, {}, END), lived(planted, late, END)
        assert np.array_equal(alone.left, asked.left) and np.array_equal(alone.bought, asked.bought)


def test_runs_are_weekly_and_end_on_the_last_day(planted: Planted) -> None:
    days = run_days(planted)
    assert len(days) == 9 and days[-1] == FIRST + timedelta(days=DAYS - 1)
    assert {(b - a).days for a, b in pairwise(days)} == {7}


def test_exports_show_only_what_has_happened(tmp_path: Path) -> None:
    small, today = plant(60, DAYS, FIRST, 1), FIRST + timedelta(days=30)
    for name in ("a", "b"):
        write_exports(tmp_path / name, small, {}, today, "en")
    for file in ("accounts.csv", "subscriptions.csv", "usage.csv"):
        written = (tmp_path / "a" / "exports" / file).read_text(encoding="utf-8")
        assert written == (tmp_path / "b" / "exports" / file).read_text(encoding="utf-8")
        later = [str(today + timedelta(days=ahead)) for ahead in range(1, 60)]
        assert not [day for day in later if day in written]


def test_too_small_a_company_is_refused() -> None:
    with pytest.raises(InputError, match="at least 3 customers and 22 days, read 2 and 63"):
        plant(2, DAYS, FIRST, 1)
