"""Killed at any moment, a load is done or not done; the next one brings each fact exactly once."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import psutil

from loading import Workspace

SOURCES = """
- {id: usage, kind: files, read: usage.csv, gives: events}
- {id: crm, kind: files, read: crm.csv, gives: customers}
"""
ROWS = 20_000


def start(workspace: Workspace) -> subprocess.Popen[bytes]:
    here = Path(__file__)
    paths = {"PYTHONPATH": str(here.parents[1])}
    command = [sys.executable, str(here.with_name("load_in_process.py")), str(workspace.root)]
    return subprocess.Popen(command, env={**os.environ, **paths}, stdout=subprocess.DEVNULL)


def wait_until_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + 20
    while any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in pids):
        assert time.monotonic() < deadline, "a loading child outlives its parent"
        time.sleep(0.05)


def test_facts_are_there_exactly_once_whenever_a_load_was_killed(tmp_path: Path) -> None:
    usage = "customer_id,name,occurred_at,quantity\n" + "".join(
        f"c{n % 100},login,2026-{n % 9 + 1:02}-01T00:00:{n % 60:02}Z,{'x' if n % 1000 == 7 else n}\n"
        for n in range(ROWS)
    )
    workspace = Workspace(
        tmp_path, SOURCES, usage=usage, crm="customer_id\n" + "".join(f"c{n}\n" for n in range(100))
    )
    began = time.monotonic()
    assert start(workspace).wait() == 0
    whole = time.monotonic() - began
    once = (
        workspace.facts("events", "_id"),
        workspace.facts("customers", "_id"),
        len(workspace.notes("quarantine")),
    )
    assert tuple(map(len, once[:2])) == (ROWS - 20, 100) and once[2] == 20
    moments = random.Random(7)

    fresh = Workspace(
        _folder(tmp_path, "again"), SOURCES, usage=usage, crm=(tmp_path / "crm.csv").read_text()
    )
    for _ in range(8):
        process = start(fresh)
        time.sleep(moments.uniform(0.2, 1.1) * whole)
        children = [child.pid for child in psutil.Process(process.pid).children()]
        process.kill()
        process.wait()
        wait_until_gone(children)
        assert len(fresh.facts("events", "_id")) in (0, ROWS - 20)
    fresh.load()
    found = fresh.facts("events", "_id"), fresh.facts("customers", "_id"), len(fresh.notes("quarantine"))
    assert found == once
    assert not list((fresh.root / "lake" / ".staging").iterdir())


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder
