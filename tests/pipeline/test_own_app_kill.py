"""Killed at any moment, a drain loses nothing and doubles nothing."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from minori.lake.lake import Lake
from pipeline.own_app_in_process import NOW

FACTS = 1_600


def start(root: Path) -> subprocess.Popen[bytes]:
    here = Path(__file__)
    command = [sys.executable, str(here.with_name("own_app_in_process.py")), str(root)]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(here.parents[1])})


def fact(number: int) -> dict[str, object]:
    at = f"2026-03-{number % 28 + 1:02}T03:00:00+00:00"
    if number % 100 == 7:
        at = "yesterday"
    row = {"customer_id": f"c{number % 50}", "kind": "goal", "words": f"w{number}", "said_at": at}
    return {"table": "statements", "key": f"s{number}", "number": number, "row": row}


def test_every_fact_is_there_exactly_once_whenever_a_drain_was_killed(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text("".join(json.dumps(fact(n)) + "\n" for n in range(FACTS)))
    lake, moments, kills = Lake(tmp_path / "lake", lambda: NOW), random.Random(3), 0
    for _ in range(6):
        process = start(tmp_path)
        time.sleep(moments.uniform(1.0, 3.0))
        process.kill()
        kills += process.wait() != 0
    assert start(tmp_path).wait() == 0
    snapshot = lake.snapshot()
    found = snapshot.arrow("facts/statements", ["statement_id"])["statement_id"].to_pylist()
    assert kills, "nothing was killed in the middle"
    assert sorted(found) == sorted(f"s{n}" for n in range(FACTS) if n % 100 != 7)
    assert len(snapshot.arrow("notes/quarantine")) == FACTS // 100
