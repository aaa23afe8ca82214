"""Commits: what readers see, and what becomes of writes that were never committed."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import write_deltalake

from minori.core.errors import LakeError
from minori.lake.lake import Lake

ONE, TWO = pa.table({"value": [1]}), pa.table({"value": [2]})


def values(lake: Lake, table: str, number: int | None = None) -> list[int]:
    return sorted(lake.snapshot(number).arrow(table)["value"].to_pylist())


class TestReading:
    def test_an_empty_lake_is_commit_zero_and_reading_makes_nothing(self, lake: Lake) -> None:
        seen = lake.snapshot()
        assert (seen.number, dict(seen.versions), lake.commits()) == (0, {}, [])
        assert (seen.has("facts/events"), seen.files("facts/events"), seen.rows("facts/events")) == (
            False,
            [],
            0,
        )
        assert seen.arrow("facts/events").column_names == []
        assert not lake.root.exists()

    def test_what_was_written_is_read(self, lake: Lake) -> None:
        with lake.change("first") as change:
            change.append(
                "results/a",
                pa.table({"name": ["みのり", None], "on": [datetime(2026, 1, 1, tzinfo=UTC)] * 2}),
            )
        seen = lake.snapshot()
        assert seen.rows("results/a") == 2
        assert sorted(seen.arrow("results/a", ["name"])["name"].to_pylist(), key=str) == [None, "みのり"]
        assert all(Path(file).is_file() for file in seen.files("results/a"))

    def test_a_column_that_does_not_exist_yet_is_null(self, lake: Lake) -> None:
        with lake.change("first") as change:
            change.append("results/a", ONE)
        assert lake.snapshot().arrow("results/a", ["later", "value"]).to_pylist() == [
            {"later": None, "value": 1}
        ]

    def test_an_old_commit_gives_the_old_bytes(self, lake: Lake) -> None:
        for table in (ONE, TWO):
            with lake.change("write") as change:
                change.append("results/a", ONE)
                change.replace("results/b", table)
        old = lake.snapshot(1)
        before = {file: Path(file).read_bytes() for t in ("results/a", "results/b") for file in old.files(t)}
        with lake.change("write") as change:
            change.replace("results/a", TWO)
            change.compact("results/b")
        again = lake.snapshot(1)
        assert {f: Path(f).read_bytes() for t in ("results/a", "results/b") for f in again.files(t)} == before
        assert values(lake, "results/a", 1) == [1]

    def test_a_snapshot_does_not_move(self, lake: Lake) -> None:
        with lake.change("one") as change:
            change.append("results/a", ONE)
        seen = lake.snapshot()
        with lake.change("two") as change:
            change.append("results/a", TWO)
        assert seen.rows("results/a") == 1

    def test_an_unknown_commit_is_said(self, lake: Lake) -> None:
        with lake.change("one") as change:
            change.append("results/a", ONE)
        with pytest.raises(LakeError, match="no commit 7 is kept; kept are 1 to 1"):
            lake.snapshot(7)

    def test_commits_tell_what_and_when(self, lake: Lake) -> None:
        for what in ("load", "run"):
            with lake.change(what) as change:
                change.append("results/a", ONE)
        assert [(c.number, c.what, dict(c.versions)) for c in lake.commits()] == [
            (1, "load", {"results/a": 1}),
            (2, "run", {"results/a": 2}),
        ]
        assert lake.commits()[0].at < lake.commits()[1].at


class TestAllOrNothing:
    def test_nothing_shows_before_the_commit(self, lake: Lake) -> None:
        with lake.change("one") as change:
            change.append("results/a", ONE)
            assert not lake.snapshot().has("results/a")
        assert lake.snapshot().has("results/a")

    def test_an_exception_undoes_every_table(self, lake: Lake) -> None:
        with lake.change("one") as change:
            change.append("results/a", ONE)
        with pytest.raises(KeyError), lake.change("two") as change:
            change.append("results/a", TWO)
            change.append("results/new", TWO)
            raise KeyError
        assert lake.snapshot().number == 1
        assert not (lake.root / "results/new").exists()
        with lake.change("three") as change:
            assert change.number == 2
            change.append("results/a", TWO)
        assert values(lake, "results/a") == [1, 2]

    def test_leftovers_of_a_killed_writer_are_undone_once(self, lake: Lake) -> None:
        with lake.change("one") as change:
            change.append("results/a", ONE)
        write_deltalake(lake.root / "results/a", TWO, mode="overwrite")
        write_deltalake(lake.root / "results/half", TWO)
        assert values(lake, "results/a") == [1]
        for _ in range(2):
            with lake.change("next") as change:
                change.append("results/b", ONE)
        assert values(lake, "results/a") == [1]
        assert not lake.snapshot().has("results/half")
        assert lake.snapshot().versions["results/a"] == 3  # one write left over, one restoring

    def test_a_failed_write_cannot_be_committed(self, lake: Lake) -> None:
        with pytest.raises(LakeError, match="is over"), lake.change("one") as change:
            change.append("results/a", ONE)
            with pytest.raises(LakeError):
                change.append("results/a", pa.table({"value": ["no number"]}))
        assert lake.snapshot().number == 0

    def test_a_change_ends_with_its_block(self, lake: Lake) -> None:
        with lake.change("one") as change:
            pass
        with pytest.raises(LakeError, match="is over"):
            change.append("results/a", ONE)

    def test_a_lost_list_of_commits_is_not_taken_for_an_empty_lake(self, lake: Lake) -> None:
        with lake.change("one") as change:
            change.append("results/a", ONE)
        (lake.root / "commits").rename(lake.root.parent / "elsewhere")
        with pytest.raises(LakeError, match="list of commits is missing"), lake.change("two"):
            pass
        assert (lake.root / "results/a").is_dir()


@pytest.mark.parametrize("address", ["events", "../x/y", "facts/../x", "Facts/x", "facts/x/y", ""])
def test_a_table_lies_inside_the_lake(lake: Lake, address: str) -> None:
    with pytest.raises(LakeError, match="no table can be called"), lake.change("one") as change:
        change.append(address, ONE)


@pytest.mark.parametrize("name", ["a[b]", "a%20b", "a^b", "a|b"])
def test_a_folder_that_delta_cannot_address_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(LakeError, match="a lake cannot lie under"):
        Lake(tmp_path / name, lambda: datetime(2026, 1, 1, tzinfo=UTC))
