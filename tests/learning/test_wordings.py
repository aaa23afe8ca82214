"""Wordings under test: one stable lot per customer, each variant against the others, by who accepted."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pydantic import ValidationError

from build import TODAY, WORKSPACE, ago, lake_with, noon
from learning.experiment_case import Truth, policy
from minori.core.keys import key64
from minori.lake.engines.duckdb import DuckDBEngine
from minori.lake.types import arrow_schema
from minori.learning.experiment_words import WORDING
from minori.learning.experiments import Cell
from minori.pipeline.proof.experiments import experiments, verdict_rows
from minori.pipeline.session import Session
from minori.policy.definitions import Play, Policy
from minori.proposal.variants import as_worded, dearest_first, wording_of
from minori.schema.results import RESULTS

_PROPOSAL = arrow_schema(RESULTS["proposal"], technical=False)


def _policy(**variants: dict[str, Any]) -> Policy:
    made = policy({"sell": Truth()}).model_dump(by_alias=True)
    made["plays"]["sell"]["variants"] = variants
    return Policy.model_validate(made)


def _play(**variants: dict[str, Any]) -> Play:
    return _policy(**variants).plays["sell"]


class TestLot:
    def test_each_customer_keeps_a_variant_and_all_are_as_likely(self) -> None:
        play = _play(gain={}, loss={"template": "sell_loss"}, proof={})
        lots = [wording_of(play, f"c{number}") for number in range(900)]
        assert lots == [wording_of(play, f"c{number}") for number in range(900)]
        assert all(240 < count < 360 for count in Counter(lot.variant for lot in lots if lot).values())

    def test_another_set_is_another_experiment(self) -> None:
        one, two = wording_of(_play(gain={}, loss={}), "c1"), wording_of(_play(gain={}, fear={}), "c1")
        assert one and two and one.experiment != two.experiment

    def test_a_variant_names_its_template_or_shows_the_dearest_first(self) -> None:
        play = _play(anchor={"anchor": True}, loss={"template": "sell_loss"})
        by_name = {lot.variant: lot for n in range(20) if (lot := wording_of(play, f"c{n}"))}
        assert as_worded(play, by_name["loss"]).message == "sell_loss"
        assert as_worded(play, by_name["anchor"]) is play
        assert dearest_first(play, by_name["anchor"]) and not dearest_first(play, by_name["loss"])

    def test_without_variants_there_is_no_lot(self) -> None:
        assert wording_of(_play(), "c1") is None and not dearest_first(_play(), None)

    @pytest.mark.parametrize("variants", [{"gain": {}}, {"gain": {}, "Loss, too": {}}])
    def test_what_is_no_experiment_is_refused(self, variants: dict[str, Any]) -> None:
        with pytest.raises(ValidationError, match="variant"):
            _play(**variants)


def _cells(root: Path, yes: dict[str, int], *, of: int = 100) -> list[Cell]:
    """Cells of a play whose customers accepted ``yes`` times in ``of``, by variant drawn."""
    made = _policy(gain={}, loss={})
    names, asked = [f"c{number:03}" for number in range(400)], ago(90)
    drawn = {name: lot for name in names if (lot := wording_of(made.plays["sell"], name))}
    keys = {"as_of": asked, "play": "sell"}
    proposals = [
        {**keys, "proposal_id": n, "customer_id": n, "customer_key": key64(n), "wording": w, "variant": v}
        for n, (w, v) in drawn.items()
    ]
    again = [
        {**row, "as_of": asked + timedelta(days=1), "proposal_id": f"{row['proposal_id']}b"}
        for row in proposals
    ]
    accepted = [n for number, (n, lot) in enumerate(drawn.items()) if number % of < yes[lot.variant]]
    answered = {"result": "accepted", "answered_at": noon(asked + timedelta(days=9))}
    root.mkdir(parents=True, exist_ok=True)
    lake = lake_with(root, {"outcomes": [{"proposal_id": n, "customer_id": n, **answered} for n in accepted]})
    with lake.change("runs") as change:
        change.replace("results/proposal", pa.Table.from_pylist([*proposals, *again], _PROPOSAL))
    session = Session(DuckDBEngine(root / "temporary", threads=1), lake.snapshot(), made, WORKSPACE)
    found = experiments(session, TODAY)
    assert verdict_rows(found) == []
    return list(found.cells)


class TestCompared:
    def test_better_words_are_proven_and_worse_ones_told(self, tmp_path: Path) -> None:
        cells = _cells(tmp_path, {"gain": 15, "loss": 45})
        assert {cell.name: cell.verdict for cell in cells} == {"gain": "harmful", "loss": "proven"}
        assert {cell.label.en for cell in cells} == {"worse", "proven better"}
        assert all(cell.stratum == WORDING and len(cell.arms.treated) == 400 for cell in cells)

    def test_equal_words_are_not(self, tmp_path: Path) -> None:
        cells = _cells(tmp_path, {"gain": 20, "loss": 20})
        assert {cell.verdict for cell in cells} == {"not_yet"}
