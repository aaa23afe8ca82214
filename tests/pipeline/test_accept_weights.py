"""An accepted change of weights: written as shown, kept with its grounds, refused if the file changed meanwhile."""

from pathlib import Path

import pytest

from build import NOW, TODAY, lake_with
from minori.core.errors import WorkspaceError
from minori.learning.weights import Weighed
from minori.pipeline.proof.weights import Weights, accept
from minori.policy.edit import PartChange, with_parts
from minori.policy.load import load_policy

BEFORE = "# Ours.\nparts:\n  nps:\n    weight: 20  # since May\n"
AFTER = with_parts(BEFORE, {"nps": PartChange(12, {0: 0, 6: 20, 7: 50, 9: 90, 10: 100})})
NONE = Weighed("churn", 0, 0, None, {}, None)
FOUND = Weights(TODAY, (), NONE, NONE, BEFORE, AFTER)


def test_the_change_is_written_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "policy" / "health.yaml"
    path.parent.mkdir()
    path.write_text(BEFORE, encoding="utf-8")
    lake = lake_with(tmp_path, {})
    accept(lake, tmp_path, FOUND, by="佐藤", now=NOW)
    assert "# Ours." in path.read_text(encoding="utf-8") and "# since May" in path.read_text(encoding="utf-8")
    part = load_policy(tmp_path, extends="b2b_saas").policy.health.parts["nps"]
    assert (part.weight, part.points[7]) == (12, 50)
    kept = lake.snapshot().arrow("results/weight_change").to_pylist()
    assert [(row["accepted_by"], row["diff"]) for row in kept] == [("佐藤", FOUND.diff)]
    with pytest.raises(WorkspaceError, match="changed meanwhile"):
        accept(lake, tmp_path, FOUND, by="佐藤", now=NOW)
