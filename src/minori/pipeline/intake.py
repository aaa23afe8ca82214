"""What loading and replaying share: a folder to stage in, and one commit of everything that was staged."""

import itertools
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from minori.core.errors import LakeError
from minori.lake.change import Added, Change
from minori.schema.facts import FACTS
from minori.sources.absent import remaining
from minori.sources.job import Limits, Outcome
from minori.sources.stage import restamp

LIMITS = Limits()
_NUMBERS = itertools.count()
_FOLDER = ".staging"
_FORSAKEN_SECONDS = 24 * 3600  # of another machine nobody can tell whether its process still lives


@contextmanager
def staging(lake_root: Path) -> Iterator[Path]:
    """Give a folder beside the lake's tables; remove it afterwards, and what killed loads left behind."""
    every = lake_root / _FOLDER
    every.mkdir(parents=True, exist_ok=True)
    host = _host()
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


def refuse_while_loading(lake_root: Path, now: datetime) -> None:
    """Clear what killed loads left behind; raises LakeError if somebody is loading: their files are not ours."""
    every = lake_root / _FOLDER
    for left in sorted(every.iterdir()) if every.is_dir() else ():
        host, pid, _ = left.name.rsplit("-", 2)
        untouched = now.timestamp() - left.stat().st_mtime
        loading = _alive(int(pid)) if host == _host() else untouched < _FORSAKEN_SECONDS
        if loading:
            raise LakeError(f"something is being loaded (pid {pid} on {host}); try again when that is done")
        shutil.rmtree(left, ignore_errors=True)


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


def _host() -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in socket.gethostname())


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
