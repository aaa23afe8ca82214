"""Experiments over a real lake: the useful play is proven, the harmful one stopped, an empty one neither."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from build import TODAY, ago, noon
from learning.experiment_case import HORIZON, Company, Truth, decision
from minori.core.errors import UnknownName
from minori.learning import experiment_figures as figures
from minori.learning.experiments import Cell
from minori.pipeline.proof.experiments import Experiments, experiments, verdict_rows

PLAYS = {
    "useful": Truth(buys=(0.1, 0.35)),
    "harmful": Truth(leaves=(0.03, 0.25)),
    "pushed": Truth(buys=(0.3, 0.08)),
    "empty": Truth(),
    "kept": Truth(kind="rescue", buys=(0, 0), leaves=(0.3, 0.08)),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Experiments]:
    for session in Company(PLAYS).session(tmp_path_factory.mktemp("experiments")):
        yield experiments(session, TODAY)


def _cell(found: Experiments, play: str) -> Cell:
    return next(cell for cell in found.cells if cell.play == play)


class TestVerdicts:
    @pytest.mark.parametrize(
        ("play", "verdict"),
        [
            ("useful", "proven"),
            ("harmful", "harmful"),
            ("pushed", "harmful"),
            ("empty", "not_yet"),
            ("kept", "proven"),
        ],
    )
    def test_each_play_is_judged_as_it_is(self, found: Experiments, play: str, verdict: str) -> None:
        assert _cell(found, play).verdict == verdict

    def test_a_customer_counts_once_however_often_drawn(self, found: Experiments) -> None:
        _, treated, _, held_out = _cell(found, "useful").arms.counts
        assert treated + held_out == 400 and 150 < held_out < 250

    def test_effect_and_leaving_with_their_intervals(self, found: Experiments) -> None:
        effect, left = (_cell(found, "useful").reading(f) for f in (figures.EFFECT, figures.LEFT))
        assert effect.low and effect.value and effect.high and effect.low < 0.25 < effect.high
        assert left.low is not None and left.high is not None and left.low < 0 < left.high
        drives_away = _cell(found, "harmful").reading(figures.LEFT)
        assert drives_away.low is not None and float(drives_away.low) > 0

    def test_revenue_moved_per_customer(self, found: Experiments) -> None:
        mrr = _cell(found, "useful").reading(figures.MRR)
        assert mrr.low and mrr.high and 0 < float(mrr.low) < 5000 * 0.25 < float(mrr.high)

    def test_what_could_be_proven_is_said(self, found: Experiments) -> None:
        rise = _cell(found, "empty").reading(figures.PROVABLE)
        assert rise.value is not None and float(rise.value) >= 0.1 and rise.sample == 400

    def test_every_verdict_becomes_a_row(self, found: Experiments) -> None:
        rows = verdict_rows(found)
        assert [row["play"] for row in rows] == sorted(PLAYS) and all(row["as_of"] == TODAY for row in rows)


class TestWhoCounts:
    def test_who_still_waits_is_counted_apart(self, tmp_path: Path) -> None:
        company = Company({"useful": PLAYS["useful"]}, customers=60)
        company.decisions.append(decision("useful-0000x", "useful", ago(HORIZON), "proposed"))
        for session in company.session(tmp_path):
            cell = experiments(session, TODAY).cells[0]
            assert cell.arms.waiting == 1 and len(cell.arms.treated) == 60

    def test_merged_customers_count_once_with_their_first_lot(self, tmp_path: Path) -> None:
        company = Company({"useful": PLAYS["useful"]}, customers=60)
        company.links = [{"from_id": "useful-0059", "into_id": "useful-0000", "at": noon(ago(1))}]
        fates = {row["customer_id"]: row["fate"] for row in company.decisions}
        del fates["useful-0000"]  # drawn later than the one that was merged into it
        for session in company.session(tmp_path):
            _, treated, _, held_out = experiments(session, TODAY).cells[0].arms.counts
            assert treated + held_out == 59
            assert treated == sum(fate == "proposed" for fate in fates.values())

    def test_few_customers_are_not_enough(self, tmp_path: Path) -> None:
        for session in Company({"useful": PLAYS["useful"]}, customers=20).session(tmp_path):
            assert experiments(session, TODAY).cells[0].verdict == "not_enough"

    def test_without_lots_there_is_nothing_to_say(self, tmp_path: Path) -> None:
        company = Company({"useful": PLAYS["useful"]}, customers=20)
        company.decisions.clear()
        for session in company.session(tmp_path):
            assert experiments(session, TODAY).cells == ()

    def test_declared_classes_are_judged_apart(self, tmp_path: Path) -> None:
        company = Company({"useful": Truth(buys=(0.05, 0.9), strata=("segment",))}, customers=200)
        company.standing = [
            {"as_of": row["as_of"], "customer_key": row["customer_key"], "segment": "abc"[n // 2 % 3]}
            for n, row in enumerate(company.decisions)
        ]
        for session in company.session(tmp_path):
            whole, *classes = experiments(session, TODAY).cells
            assert (whole.stratum, [(c.stratum, c.name) for c in classes]) == (
                "",
                [("segment", n) for n in "abc"],
            )
            assert sum(len(c.arms.treated) for c in classes) == len(whole.arms.treated) == 200
            assert {whole.verdict, *(c.verdict for c in classes)} == {"proven"}

    def test_an_unknown_stratum_is_refused(self, tmp_path: Path) -> None:
        company = Company({"useful": Truth(strata=("segmentt",))}, customers=20)
        for session in company.session(tmp_path):
            with pytest.raises(UnknownName, match="did you mean 'segment'"):
                experiments(session, TODAY)
