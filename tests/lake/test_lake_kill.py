"""kill -9 at any moment: nothing acknowledged is lost, nothing half-done is seen."""

import random
import subprocess
import sys
import time
from pathlib import Path

from minori.lake.lake import Lake
from minori.lake.snapshot import Snapshot

WRITER = Path(__file__).with_name("lake_writer.py")
KILLS = 12


def start(lake: Lake) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WRITER), "loop", str(lake.root)], stdout=subprocess.PIPE, text=True
    )


def acknowledged(process: subprocess.Popen[str]) -> list[int]:
    """Kill the process and return the commits it had been told were safe since it was last asked."""
    process.kill()
    said, _ = process.communicate()
    # A line cut off by the kill was not said.
    return [int(line) for line in said.splitlines(keepends=True) if line.endswith("\n")]


def assert_consistent(seen: Snapshot) -> list[int]:
    """Check that every table tells of the same commits; return those."""
    left, right, last = (
        seen.arrow(f"results/{name}")["value"].to_pylist() for name in ("left", "right", "last")
    )
    contracts = seen.arrow("facts/contracts", ["_id", "quantity"]).to_pylist()
    told = sorted(left)
    assert sorted(right) == told
    assert last == [told[-1]]
    assert sorted(row["_id"] for row in contracts) == [0, *told]
    assert [row["quantity"] for row in contracts if row["_id"] == 0] == last
    return told


def test_kill_nine(lake: Lake) -> None:
    moments = random.Random(20261101)
    # Two at a time: each kill happens while another writer waits for the lock and takes it over.
    writers = [start(lake), start(lake)]
    safe: set[int] = set()
    try:
        for _ in range(KILLS):
            victim = writers[0]
            assert victim.stdout is not None
            safe.add(int(victim.stdout.readline()))
            time.sleep(moments.uniform(0, 0.5))
            safe.update(acknowledged(victim))
            writers.remove(victim)
            assert safe <= set(assert_consistent(lake.snapshot()))
            writers.append(start(lake))
    finally:
        for writer in writers:
            safe.update(acknowledged(writer))

    with lake.change("after all that") as change:
        number = change.number
    commits = lake.commits()
    assert [commit.number for commit in commits] == list(range(1, number + 1))
    assert safe <= set(assert_consistent(lake.snapshot()))
    for commit in moments.sample(commits[:-1], 5):
        assert_consistent(lake.snapshot(commit.number))
