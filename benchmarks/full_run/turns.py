"""Plans take turns, each run in a process of its own, so that what disturbs the machine disturbs all of them alike."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from full_run.data import customers_of, event_files
from full_run.measured import Measured, Run, Size
from full_run.plans import MINORI, PLANS, SCAN, WHOLE_DAY, Plan

_BENCHMARKS = Path(__file__).parent.parent


def measure(folder: Path, events: int, *, runs: int, threads: int, whole_day: bool) -> Size:
    """Generate the data unless it is there, then let every plan run ``runs`` times, in turn.

    Raises
    ------
    ValueError
        If two plans do not find the same numbers.
    """
    generated = float(_child("full_run.data", folder, str(events), threads=threads))
    _run(SCAN, folder, threads)  # brings the files into the page cache; not counted
    found: dict[str, list[Run]] = {plan.name: [] for plan in PLANS}
    for _ in range(runs):
        for plan in PLANS:
            found[plan.name].append(_run(plan, folder, threads))
    _check_equal(folder)
    return Size(
        events=events,
        customers=customers_of(events),
        generated_seconds=generated,
        stored_bytes=sum(Path(file).stat().st_size for file in event_files(folder)),
        plans=[Measured(name, of_plan) for name, of_plan in found.items()],
        whole_day=Measured(WHOLE_DAY.name, [_run(WHOLE_DAY, folder, threads)]) if whole_day else None,
    )


def _run(plan: Plan, folder: Path, threads: int) -> Run:
    printed = _child(
        "full_run.child", folder, plan.name, str(threads), str(_frame(folder, plan)), threads=threads
    )
    run = Run(**json.loads(printed))
    peak = run.peak_bytes / 2**30
    print(f"  {plan.name:<18}{run.seconds:8.2f} s {run.cpu_seconds:8.2f} s cpu {peak:6.2f} GiB", flush=True)
    return run


def _child(module: str, folder: Path, *arguments: str, threads: int) -> str:
    paths = [str(_BENCHMARKS), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "POLARS_MAX_THREADS": str(threads),
    }
    command = [sys.executable, "-m", module, str(folder), *arguments]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout


def _frame(folder: Path, plan: Plan) -> Path:
    return folder / f"{plan.name.replace(' ', '_').replace(',', '')}.parquet"


def _check_equal(folder: Path) -> None:
    """Every plan must have found the same numbers, to the last digit, and the same unknowns."""
    ours = pq.read_table(_frame(folder, MINORI))
    for plan in PLANS:
        if plan.frame:
            differing = _differing(ours, pq.read_table(_frame(folder, plan)))
            if differing:
                raise ValueError(f"{plan.name} and minori differ in {', '.join(differing)}")


def _differing(ours: pa.Table, theirs: pa.Table) -> list[str]:
    if ours.schema != theirs.schema:
        return [str(field) for field in theirs.schema if field not in list(ours.schema)] or ["columns"]
    return [name for name in ours.column_names if not ours[name].equals(theirs[name])]
