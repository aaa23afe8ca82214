"""What loading and replaying share: a folder to stage in, and one commit of everything that was staged."""

import itertools
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from minori.lake.change import Added, Change
from minori.schema.facts import FACTS
from minori.sources.absent import remaining
from minori.sources.job import Limits, Outcome
from minori.sources.stage import restamp

LIMITS = Limits()
_NUMBERS = itertools.count()


@contextmanager
def staging(lake_root: Path) -> Iterator[Path]:
    """Give a folder beside the lake's tables; remove it afterwards, and what killed loads left behind."""
    every = lake_root / ".staging"
    every.mkdir(parents=True, exist_ok=True)
    host = "".join(sign if sign.isalnum() else "_" for sign in socket.gethostname())
    for left in every.glob(f"{host}-*-*"):
        if not _alive(int(left.name.split("-")[-2])):
            shutil.rmtree(left, ignore_errors=True)
    folder = every / f"{host}-{os.getpid()}-{next(_NUMBERS)}"
    shutil.rmtree(folder, ignore_errors=True)  # of a dead process that had the same number
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def add(change: Change, outcome: Outcome, staged_as: int) -> Added:
    """Add the facts of one source; ``staged_as`` is the load number that they carry."""
    facts = Path(outcome.facts)
    if outcome.staged == 0:
        return Added(0, 0, 0)
    if change.number != staged_as:
        restamp(facts, change.number)
    return change.add_facts(FACTS[outcome.table], [facts])


def remove_absent(change: Change, outcome: Outcome) -> int:
    """Delete the facts of a source that its complete export no longer holds; return how many."""
    of = FACTS[outcome.table]
    address = f"facts/{of.name}"
    files = change.before.files(address)
    if not files:
        return 0
    folder = Path(outcome.facts).parent
    with remaining(of, outcome.source, files, Path(outcome.facts), folder) as found:
        if found.gone:
            change.replace(address, found.rows, where=f"_source = '{outcome.source}'")
        return found.gone


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
