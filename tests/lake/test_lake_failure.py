"""A disk that takes no more: a clear error, and the lake as it was."""

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from minori.core.errors import LakeError
from minori.lake.lake import Lake
from minori.schema.facts import FACTS

WRITER = Path(__file__).with_name("lake_writer.py")


def test_a_full_disk_changes_nothing(lake: Lake) -> None:
    with lake.change("before") as change:
        change.append("results/left", pa.table({"value": [0]}))
    command = [sys.executable, str(WRITER), "starve", str(lake.root)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout.startswith("refused: could not write results/right: ")
    seen = lake.snapshot()
    assert (seen.number, seen.rows("results/left"), seen.has("results/right")) == (1, 1, False)
    with lake.change("after") as change:
        change.append("results/right", pa.table({"value": [1]}))
    assert lake.snapshot().rows("results/left") == 1


def test_a_lake_that_cannot_be_made(lake: Lake) -> None:
    lake.root.write_text("a file in its place")
    with pytest.raises(LakeError, match="could not open the lake for writing"), lake.change("one"):
        pass


def test_a_lost_table_is_said(lake: Lake) -> None:
    with lake.change("one") as change:
        change.append("results/a", pa.table({"value": [1]}))
    (lake.root / "results/a").rename(lake.root.parent / "elsewhere")
    with pytest.raises(LakeError, match="could not read results/a of commit 1"):
        lake.snapshot().files("results/a")
    with pytest.raises(LakeError, match="part of it is lost"), lake.change("two"):
        pass


def test_a_broken_staged_file_is_said(lake: Lake, tmp_path: Path) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"no parquet at all")
    with pytest.raises(LakeError, match="could not write facts/events"), lake.change("one") as change:
        change.add_facts(FACTS["events"], [broken])
    assert lake.snapshot().number == 0
