"""The hidden truth: needs are dated episodes, and show in the exports without being written there."""

import csv
import gzip
from collections import Counter
from datetime import date

import numpy as np
import pytest

from minori.sample.company.world import draw_world
from minori.sample.truth import Truth
from minori.sample.write import Written


def _week(truth: Truth, time: str) -> int:
    days = (date.fromisoformat(time[:10]) - truth.first_day).days
    return min(max(days // 7, 0), truth.weeks - 1)


def test_a_need_is_an_episode_with_a_beginning(written: Written) -> None:
    truth = written.truth
    needed, since = truth.need > 0, truth.since
    assert ((since >= 0) == needed).all()
    assert (since <= np.arange(truth.weeks)[:, None, None]).all()
    goes_on = needed[1:] & needed[:-1] & (truth.root[1:] == truth.root[:-1])
    later = since[1:][goes_on] - since[:-1][goes_on]
    assert (later >= 0).all()
    assert (later == 0).mean() > 0.97


def test_chances_and_harm_are_sensible(written: Written) -> None:
    truth = written.truth
    there = truth.present[:, :, None] & np.ones_like(truth.need, dtype=bool)
    assert ((truth.chance >= 0) & (truth.chance <= 1) & (truth.harm >= 0)).all()
    assert (truth.chance[~there] == 0).all()
    assert (truth.gain[~there] == 0).all()
    paid = np.array([name not in truth.free for name in truth.families])
    needed, unneeded = there & (truth.need > 0) & paid, there & (truth.need == 0) & paid
    assert truth.chance[needed].mean() > 5 * truth.chance[unneeded].mean()
    assert truth.harm[unneeded].mean() > 3 * truth.harm[needed].mean()
    assert (truth.gain[needed] > 0).mean() > 0.95


def test_some_need_much_and_most_need_little(written: Written) -> None:
    truth = written.truth
    share = (truth.need > 0)[truth.present].mean(axis=0)
    assert (share > 0).mean() > 0.9
    assert share.max() < 0.6


def test_acceptance_follows_its_chance(written: Written) -> None:
    truth = written.truth
    there = truth.present[:, :, None] & (truth.need > 0)
    assert truth.accepts[there].mean() == pytest.approx(truth.chance[there].mean(), abs=0.02)


def test_thresholds_are_drawn_per_seed() -> None:
    worlds = [draw_world(seed) for seed in range(30)]
    felt = np.array([world.limit_felt_from[0] for world in worlds])
    assert len(set(felt)) == len(worlds)
    assert felt.max() - felt.min() > 0.15


def test_a_need_shows_in_what_users_do(company: Written) -> None:
    truth = company.truth
    analytics = truth.families.index("analytics")
    downloads, actions = Counter[str](), Counter[str]()
    with gzip.open(company.folder / "exports" / "usage.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            strength = truth.need[_week(truth, row["at"]), truth.place[row["account"]], analytics]
            group = "needs" if strength > 0.4 else "not"
            actions[group] += 1
            downloads[group] += row["action"] == "csv_download"
    assert downloads["needs"] / actions["needs"] > 1.3 * downloads["not"] / actions["not"]


def test_moods_show_in_nps(company: Written) -> None:
    truth = company.truth
    rescue = truth.families.index("rescue")
    scores: dict[bool, list[int]] = {True: [], False: []}
    with (company.folder / "exports" / "nps.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            week = _week(truth, row["answered_at"])
            scores[bool(truth.need[week, truth.place[row["account_id"]], rescue] > 0.3)].append(
                int(row["score"])
            )
    assert np.mean(scores[True]) < np.mean(scores[False])
