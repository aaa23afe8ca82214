"""Two processes at once: the second waits, then says who holds the lake."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from minori.core.errors import LakeBusy
from minori.lake.lake import Lake

WRITER = Path(__file__).with_name("lake_writer.py")


@pytest.fixture
def holder(lake: Lake) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(WRITER), "hold", str(lake.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_busy_lake_names_its_holder_and_can_be_read(lake: Lake, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(LakeBusy) as caught, lake.change("mine", wait_seconds=0.2):
        pass
    assert f"pid {holder.pid} on " in caught.value.holder
    assert "long load, since 2026-11-01" in caught.value.holder
    assert lake.snapshot().number == 0


def test_a_writer_waits_for_the_one_before(lake: Lake, holder: subprocess.Popen[str]) -> None:
    assert holder.stdin is not None
    holder.stdin.write("go on\n")
    holder.stdin.flush()
    with lake.change("mine", wait_seconds=20) as change:
        assert change.number == 2
        change.append("results/a", pa.table({"value": [1]}))


def test_a_killed_holder_leaves_no_lock(lake: Lake, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    assert (lake.root / "lock").read_text().startswith(f"pid {holder.pid}")
    with lake.change("mine", wait_seconds=5) as change:
        assert change.number == 1
