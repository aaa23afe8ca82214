"""One writer at a time: a file lock that the kernel releases when its holder dies."""

import fcntl
import os
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from minori.core.errors import LakeBusy
from minori.core.ports import Clock
from minori.lake.failures import reporting

_PAUSE_SECONDS = 0.05


@contextmanager
def exclusive(path: Path, what: str, now: Clock, wait_seconds: float) -> Iterator[None]:
    """Hold the lock at ``path`` while the block runs; raises LakeBusy, which names the holder.

    The file tells people who holds it, doing ``what``, since when. Its text proves nothing:
    only the kernel's lock counts, so text left by a killed process does no harm.
    """
    with _opened(path) as file:
        # Who waits holds the place behind the writer; else one that writes without pause takes the
        # lock again before anybody else has looked.
        with _opened(path.with_name(f"{path.name}.next")) as place:
            _wait_for((place, file), file, wait_seconds)
        me = f"pid {os.getpid()} on {socket.gethostname()}"
        _write(file, f"{me}: {what}, since {now():%Y-%m-%d %H:%M:%S %Z}")
        try:
            yield
        finally:
            _write(file, "")


def _wait_for(files: Sequence[IO[bytes]], held: IO[bytes], wait_seconds: float) -> None:
    started = time.monotonic()
    for file in files:
        while not _taken(file):
            waited = time.monotonic() - started
            if waited >= wait_seconds:
                raise LakeBusy(_holder(held), waited)
            time.sleep(min(_PAUSE_SECONDS, wait_seconds - waited))


def _opened(path: Path) -> IO[bytes]:
    with reporting("lock the lake"):
        return path.open("a+b", buffering=0)  # a full disk must not fail again on closing


def _taken(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace").strip() or "another process"


def _write(file: IO[bytes], text: str) -> None:
    with reporting("lock the lake"):
        file.seek(0)
        file.truncate()
        file.write(text.encode())
