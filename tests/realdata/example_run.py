"""One example: its definitions and its data side by side in a folder of the test, loaded and run once."""

import json
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from minori.pipeline.load import SourceReport
from minori.pipeline.workspace import Workspace

EXAMPLES = Path(__file__).parents[2] / "examples"
DATA = Path(__file__).parents[3] / "shared" / "data"
REALDATA = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.is_dir(), reason="the third-party data is not here"),
]


class Example:
    """A workspace made of an example and the file it was written for."""

    def __init__(self, root: Path, name: str, data: str, now: datetime) -> None:
        place_example(root, name)
        self.file = Path(shutil.copy(DATA / data, root / "exports"))
        self.workspace = Workspace(root, lambda: now)
        self.loaded = self.workspace.load()
        self.ran = self.workspace.run()

    def source(self, name: str) -> SourceReport:
        """What the load said of one source."""
        return next(report for report in self.loaded.sources if report.source == name)

    def facts(self, table: str) -> pd.DataFrame:
        """Rows of a fact table."""
        return self.workspace.table(table).to_pandas()

    def result(self, table: str) -> pd.DataFrame:
        """Rows of a result table of the run, those of customers under their ids."""
        rows = self.ran.tables[table].to_pandas()
        if "customer_id" in rows or "customer_key" not in rows:
            return rows
        ids = self.ran.tables["point"].select(["customer_key", "customer_id"]).to_pandas()
        return rows.merge(ids, on="customer_key").set_index("customer_id")


def place_example(root: Path, name: str) -> Path:
    """Copy an example's definitions into an empty folder and return the folder for its data."""
    shutil.copytree(
        EXAMPLES / name, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("exports", "lake")
    )
    exports = root / "exports"
    exports.mkdir()
    return exports


def check_adds_up(example: Example) -> None:
    """Every candidate has one fate, with a reason unless it is proposed."""
    candidates, decision = example.result("candidate"), example.result("decision")
    assert sorted(decision.candidate_id) == sorted(candidates.candidate_id)
    counts = example.ran.counts
    assert counts.pop("candidates") == sum(counts.values()) == len(decision)
    assert decision.loc[decision.fate != "proposed", ["reason_ja", "reason_en"]].notna().all(axis=None)
    assert decision.loc[decision.fate == "held", "guard"].notna().all()
    proposed = decision[decision.fate == "proposed"]
    assert proposed.customer_id.is_unique
    assert set(example.result("proposal").proposal_id) == set(proposed.candidate_id)


def english(offer: str | None) -> str | None:
    """The English label of an offer as it is stored."""
    found: Mapping[str, Any] = json.loads(offer) if offer else {"label": {"en": None}}
    label: str | None = found["label"]["en"]
    return label
