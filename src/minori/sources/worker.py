"""The loading child: opens every input, shuts the outside world out, maps, types, writes facts for the lake.

Run as ``python -m minori.sources.worker`` with a job on the first line of its input. It answers line by
line, and ends by itself when its input closes: then the parent is gone.
"""

import os
import sys
import threading
import traceback
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import IO

import duckdb

from minori.core.errors import DefinitionError, InputError, MinoriError
from minori.sources.definitions import parse_sources
from minori.sources.job import Failure, Job, Outcome, Said
from minori.sources.opening import open_unit
from minori.sources.sandbox import Sandbox, bound_memory
from minori.sources.unit import finish, judge_table, shape

_Tell = Callable[[str, float], None]


def load(job: Job, tell: _Tell) -> tuple[Outcome, ...]:
    """Do the whole job; raises MinoriError, and then nothing of it counts."""
    sources = parse_sources(job.text, job.file)
    box = Sandbox(Path(job.folder) / "spill", job.limits)
    opened = []
    for at, unit in enumerate(job.units):
        tell(f"{unit.source}: reading", _share(at, 0, len(job.units)))
        opened.append(open_unit(box, job, sources, unit, at))
    box.lock(dict.fromkeys(one.zone for one in opened))
    shaped = []
    for at, one in enumerate(opened):
        tell(f"{one.source.id}: mapping and checking rows", _share(at, 1, len(opened)))
        shaped.append(shape(box, job, one))
    for name in dict.fromkeys(one.table.name for one in opened):
        judge_table(box, [one for one in shaped if one.open.table.name == name])
    outcomes = []
    for at, done in enumerate(shaped):
        tell(f"{done.open.source.id}: writing facts", _share(at, 2, len(shaped)))
        outcomes.append(finish(box, job, done))
    return tuple(outcomes)


def _share(at: int, step: int, units: int) -> float:
    return (step + at / max(units, 1)) / 3


class _WithoutPandas(MetaPathFinder):
    """Keeps pandas out: pyarrow would load it, a second of work, only to ask whether a list is a Series."""

    def find_spec(self, name: str, *_: object) -> None:
        """Refuse pandas, and leave everything else to the finders behind."""
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def main() -> int:
    """Read a job, do it, say what came of it."""
    sys.meta_path.insert(0, _WithoutPandas())
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(
        sys.stderr.fileno(), sys.stdout.fileno()
    )  # whatever a library prints must not stand among the answers
    job = Job.model_validate_json(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, args=(sys.stdin,), daemon=True).start()
    bound_memory(job.limits)

    def tell(doing: str, share: float) -> None:
        _say(answers, Said(doing=doing, share=share))

    try:
        _say(answers, Said(outcomes=load(job, tell)))
    except MinoriError as e:
        _say(answers, Said(failure=_failure(e)))
    except (duckdb.Error, MemoryError) as e:
        traceback.print_exc()
        _say(
            answers, Said(failure=Failure(kind="InputError", problem=f"the load could not be computed: {e}"))
        )
    return 0


def _end_with_parent(stream: IO[str]) -> None:
    stream.read()
    os._exit(1)


def _say(answers: IO[str], said: Said) -> None:
    answers.write(said.model_dump_json() + "\n")
    answers.flush()


def _failure(error: MinoriError) -> Failure:
    kind = type(error).__name__
    if isinstance(error, InputError):
        return Failure(kind=kind, problem=error.problem, file=error.file, row=error.row, column=error.column)
    if isinstance(error, DefinitionError):
        return Failure(kind="DefinitionError", problem=error.problem, file=error.file, line=error.line)
    return Failure(kind=kind, problem=str(error))


if __name__ == "__main__":
    sys.exit(main())
