"""kill -9 while somebody is erased: the lake can be read and written, and the same command finishes the work."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from minori.pipeline.erasing.forget import unfinished
from minori.pipeline.workspace import Workspace
from pipeline.erasing_case import NAMES, OTHERS, WORDS, copied, forget, numbers, places

KILLS = 6


def start(workspace: Workspace, customer: str) -> subprocess.Popen[str]:
    """Begin to erase in a process of its own; return when it has begun."""
    here = Path(__file__)
    command = [sys.executable, str(here.with_name("erasing_case.py")), str(workspace.root), customer]
    paths = {"PYTHONPATH": str(here.parents[1])}
    process = subprocess.Popen(command, env={**os.environ, **paths}, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "begun\n"
    return process


def test_repeating_finishes_whatever_was_interrupted(erasable: Workspace, tmp_path: Path) -> None:
    before = {commit.number: numbers(erasable, commit.number) for commit in erasable.lake.commits()}
    measured = copied(erasable, tmp_path / "measured")
    with start(measured, "C1") as process:
        began = time.monotonic()
        assert process.wait() == 0
    span = time.monotonic() - began
    moments = random.Random(24)
    left = []
    for kill in range(KILLS):
        workspace = copied(erasable, tmp_path / f"w{kill}")
        with start(workspace, "株式会社ひとつや") as process:
            time.sleep(moments.uniform(0.0, span * 0.8))
            process.kill()
        assert {number: numbers(workspace, number) for number in before} == before
        left.append(len(places(workspace, NAMES + WORDS)))
        if kill % 2:  # another writer comes between
            with workspace.lake.change("meanwhile") as change:
                change.compact("facts/users")
        if left[-1] or unfinished(workspace.lake.snapshot()):
            forget(workspace, "株式会社ひとつや")  # as it was asked for, although the name may be gone
        assert places(workspace, NAMES + WORDS) == {}
        assert set(places(workspace, OTHERS)) == set(OTHERS)
        assert {number: numbers(workspace, number) for number in before} == before
        assert unfinished(workspace.lake.snapshot()) == []
    assert len(set(left)) > 1, f"every kill came too early or too late: {left}"


def test_a_beginning_without_an_end_is_told(erasable: Workspace, tmp_path: Path) -> None:
    from minori.core.errors import LakeError
    from minori.lake import erase

    workspace = copied(erasable, tmp_path / "w")

    def broken(*_: object) -> int:
        raise LakeError("the disk went away")

    with pytest.MonkeyPatch.context() as patched, pytest.raises(LakeError, match="went away"):
        patched.setattr(erase, "_erased", broken)
        forget(workspace, "C1", "U1")
    [remark] = [r for r in workspace.check().remarks if r.file == "lake"]
    assert "minori forget C1 --user U1 --by" in remark.text.en and "もう一度" in remark.text.ja
    forget(workspace, "C1", "U1")
    assert not [r for r in workspace.check().remarks if r.file == "lake"]
