"""Tidying: fewer files, young commits readable, orphans gone."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake

from minori.core.errors import LakeError
from minori.lake.lake import Lake
from minori.lake.tidy import tidy


class Settable(Protocol):
    at: datetime


def grow(lake: Lake, *numbers: int) -> None:
    for number in numbers:
        with lake.change("grow") as change:
            change.append("results/a", pa.table({"value": [number]}))
            change.replace("results/b", pa.table({"value": [number]}))


def values(lake: Lake, number: int | None = None) -> tuple[list[int], list[int]]:
    seen = lake.snapshot(number)
    a, b = (sorted(seen.arrow(f"results/{name}")["value"].to_pylist()) for name in "ab")
    return a, b


@pytest.fixture
def aged(lake: Lake, clock: Settable) -> Lake:
    """Commits 1 to 3 are 40 days old, 4 to 6 young."""
    grow(lake, 1, 2, 3)
    clock.at += timedelta(days=40)
    grow(lake, 4, 5, 6)
    return lake


def unneeded(lake: Lake, table: str) -> list[str]:
    """Ask Delta itself which files on disk the kept commits do not need."""
    versions = sorted({commit.versions[table] for commit in lake.commits()})
    named = DeltaTable(lake.root / table).vacuum(
        retention_hours=0, dry_run=True, enforce_retention_duration=False, full=True, keep_versions=versions
    )
    return [name for name in named if (lake.root / table / name).exists()]


class TestTidy:
    def test_young_commits_stay_and_old_ones_go(self, aged: Lake) -> None:
        tidy(aged, keep_days=30)
        assert [commit.number for commit in aged.commits()] == [4, 5, 6, 7]
        for number in (4, 5, 6):
            assert values(aged, number) == (list(range(1, number + 1)), [number])
        assert values(aged) == ([1, 2, 3, 4, 5, 6], [6])
        with pytest.raises(LakeError, match="no commit 3 is kept; kept are 4 to 7"):
            aged.snapshot(3)

    def test_it_tells_what_it_did(self, aged: Lake) -> None:
        size = {
            file: Path(file).stat().st_size
            for n in range(1, 4)
            for file in aged.snapshot(n).files("results/b")
        }
        a, b = tidy(aged)
        assert (a.table, a.files_before, a.files_after, a.bytes_freed) == ("results/a", 6, 1, 0)
        assert (b.table, b.files_before, b.files_after, b.bytes_freed) == (
            "results/b",
            1,
            1,
            sum(size.values()),
        )

    def test_nothing_unneeded_is_left(self, aged: Lake) -> None:
        orphan = aged.root / "results/a/part-of-a-killed-write.parquet"
        orphan.write_bytes(b"x" * 10)
        write_deltalake(aged.root / "results/b", pa.table({"value": [99]}), mode="overwrite")
        tidy(aged)
        assert not orphan.exists()
        of_commits_4_5_6 = 3
        assert len(list((aged.root / "results/b").glob("*.parquet"))) == of_commits_4_5_6
        assert unneeded(aged, "results/a") == unneeded(aged, "results/b") == []
        assert values(aged) == ([1, 2, 3, 4, 5, 6], [6])

    def test_keeping_nothing_leaves_the_newest(self, aged: Lake) -> None:
        tidy(aged, keep_days=0)
        assert [commit.number for commit in aged.commits()] == [7]
        assert values(aged) == ([1, 2, 3, 4, 5, 6], [6])
        grow(aged, 8)
        assert values(aged) == ([1, 2, 3, 4, 5, 6, 8], [8])
        assert [len(list((aged.root / "results" / t).glob("*.parquet"))) for t in "ab"] == [2, 2]

    def test_the_log_is_cut_only_where_no_kept_commit_needs_it(self, aged: Lake, clock: Settable) -> None:
        tidy(aged)
        clock.at += timedelta(days=20)
        grow(aged, 8)
        clock.at += timedelta(days=15)
        tidy(aged)
        logs = sorted(path.name for path in (aged.root / "results/a/_delta_log").glob("*.json"))
        assert int(logs[0][:20]) == aged.commits()[0].versions["results/a"] - 1
        assert [commit.number for commit in aged.commits()] == [8, 9]
        assert values(aged, 8) == ([1, 2, 3, 4, 5, 6, 8], [8])

    def test_a_reader_of_a_kept_commit_is_not_disturbed(self, aged: Lake) -> None:
        seen = aged.snapshot(5)
        files = seen.files("results/a")
        tidy(aged)
        assert all(Path(file).exists() for file in files)
        assert sorted(seen.arrow("results/a")["value"].to_pylist()) == [1, 2, 3, 4, 5]

    def test_again_has_nothing_to_do(self, aged: Lake) -> None:
        tidy(aged)
        assert [(t.files_before, t.files_after, t.bytes_freed) for t in tidy(aged)] == [(1, 1, 0), (1, 1, 0)]

    def test_an_empty_lake(self, lake: Lake) -> None:
        assert tidy(lake) == []
