"""One run of one plan, in this process: ``python -m full_run.child FOLDER PLAN THREADS FRAME``; prints its figures."""

import dataclasses
import importlib
import json
import os
import resource
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from full_run.measured import Run
from full_run.plans import BY_NAME


def main(folder: str, name: str, threads: str, frame: str) -> None:
    """Run, keep the frame, and print the figures as JSON."""
    plan = BY_NAME[name]
    compute = getattr(importlib.import_module(f"full_run.{plan.module}"), plan.function)
    start, before = time.perf_counter(), _cpu_seconds()
    found = compute(Path(folder), int(threads))
    seconds, cpu = time.perf_counter() - start, _cpu_seconds() - before
    stage = (found.schema.metadata or {}).get(b"stage") if plan.frame else None
    run = Run(seconds, cpu, _peak_bytes(), float(stage) if stage else None)
    if plan.frame:
        _keep(found, Path(frame))
    print(json.dumps(dataclasses.asdict(run)))


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system


def _peak_bytes() -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _keep(found: pa.Table, frame: Path) -> None:
    """Write the frame in one order, and without what libraries note about it."""
    pq.write_table(found.replace_schema_metadata(None).sort_by("customer_key"), frame)


if __name__ == "__main__":
    main(*sys.argv[1:])
