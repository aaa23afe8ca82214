"""The parent's side of the loading child: start it, follow it, stop it when it takes too long."""

import os
import selectors
import subprocess
import sys
import time
from pathlib import Path

from minori.core.errors import DefinitionError, InputError, MappingError, MinoriError
from minori.core.ports import Progress
from minori.sources.job import Failure, Job, Outcome, Said

_START_SECONDS = 60  # a busy machine starts slowly, which says nothing of the job
_TAIL = 2_000  # bytes of what a child that died said last


def run_child(job: Job, progress: Progress) -> tuple[Outcome, ...]:
    """Run a job in a process of its own.

    Raises
    ------
    MinoriError
        What the child raised, with file and line.
    MappingError
        If a step took longer than its limit (the child is killed then), or the child died.
    """
    said = Path(job.folder) / "child.log"
    with said.open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "minori.sources.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
        )  # fmt: skip
        try:
            return _follow(child, job, progress, said)
        finally:
            _stop(child)


def _follow(child: subprocess.Popen[bytes], job: Job, progress: Progress, said: Path) -> tuple[Outcome, ...]:
    _tell(child, job)
    lines = _Lines(child, job.limits.seconds)
    for line in lines:
        answer = Said.model_validate_json(line)
        if answer.failure is not None:
            raise _raised(answer.failure)
        if answer.outcomes is not None:
            return answer.outcomes
        lines.doing = answer.doing or lines.doing
        progress(lines.doing, answer.share)
    raise MappingError(f"the load died while {lines.doing or 'starting'}{_last_words(said)}", file=job.file)


def _tell(child: subprocess.Popen[bytes], job: Job) -> None:
    if child.stdin is None:
        raise RuntimeError("the child has no input")
    try:
        child.stdin.write(job.model_dump_json().encode() + b"\n")
        child.stdin.flush()  # and stays open: the child ends when it closes
    except BrokenPipeError:
        return  # it died already; following it says why


class _Lines:
    """Lines that the child says; each must come within the limit."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        if child.stdout is None:
            raise RuntimeError("the child has no output")
        self.doing = ""
        self._file, self._seconds = child.stdout.fileno(), seconds
        self._waiting = b""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> bytes:
        seconds = self._seconds if self.doing else max(self._seconds, _START_SECONDS)
        deadline = time.monotonic() + seconds
        while b"\n" not in self._waiting:
            if not _readable(self._file, deadline - time.monotonic()):
                raise MappingError(
                    f"{self.doing or 'starting'} took longer than {seconds:g} s and was stopped"
                )
            part = os.read(self._file, 1 << 16)
            if not part:
                raise StopIteration
            self._waiting += part
        line, _, self._waiting = self._waiting.partition(b"\n")
        return line


def _readable(file: int, seconds: float) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(file, selectors.EVENT_READ)
        return bool(selector.select(max(seconds, 0)))


def _stop(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()
    if child.poll() is None:
        child.kill()
    child.wait()


def _last_words(said: Path) -> str:
    words = said.read_bytes()[-_TAIL:].decode(errors="replace").strip()
    return f": {words.splitlines()[-1]}" if words else " (it was killed, or ran out of memory)"


def _raised(failure: Failure) -> MinoriError:
    if failure.kind == "DefinitionError":
        return DefinitionError(failure.problem, file=failure.file, line=failure.line)
    kind = MappingError if failure.kind == "MappingError" else InputError
    return kind(failure.problem, file=failure.file, row=failure.row, column=failure.column)
