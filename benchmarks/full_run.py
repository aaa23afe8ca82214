"""The metric stage against its peers: the bare scan, hand-written DuckDB SQL, polars and pandas, on the same forty metrics.

    python benchmarks/full_run.py 1e6 1e7 1e8 [--data FOLDER] [--runs 3]

Each way is a process of its own; the ways take turns (A B C A B C …), so that a machine whose speed drifts is no
judge. Frames are compared: a way that gives other numbers is an error. Seconds are medians, memory is the peak of
the process. One customer per thousand events.
"""

import argparse
import importlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

THREADS = 2
WAYS = {
    "scan of every column": "in_sql.scan",
    "SQL by hand, the best": "in_sql.by_hand",
    "SQL by hand, a query a window": "in_sql.by_window",
    "minori": "in_minori.forty",
    "polars, streaming": "in_polars.forty",
    "pandas": "in_pandas.forty",
}
LARGEST_FOR_PANDAS = 20_000_000


def main() -> None:
    """Measure and print a table per size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=float, default=[1e6])
    parser.add_argument("--data", type=Path, help="Keep the data here; default a folder that is removed.")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--child", nargs=3, metavar=("WAY", "FOLDER", "OUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        _one(*options.child)
        return
    with tempfile.TemporaryDirectory() as temporary:
        for size in options.sizes:
            _measure(int(size), (options.data or Path(temporary)) / f"{int(size)}", options.runs)


def _measure(events: int, folder: Path, runs: int) -> None:
    from full_run.data import customers_of, generate

    seconds = generate(folder, events)
    print(
        f"\n{events:,} events of {customers_of(events):,} customers, {THREADS} threads, {runs} runs in turn"
    )
    if seconds:
        print(f"(written in {seconds:.0f} s, {events / seconds:,.0f} rows/s)")
    ways = {label: way for label, way in WAYS.items() if label != "pandas" or events <= LARGEST_FOR_PANDAS}
    seen: dict[str, list[tuple[float, float]]] = {label: [] for label in ways}
    for _ in range(runs):
        for label, way in ways.items():
            seen[label].append(_child(way, folder, folder / f"{way}.parquet"))
    _compare(folder, list(ways.values()))
    _print(seen)


def _child(way: str, folder: Path, out: Path) -> tuple[float, float]:
    environment = {**os.environ, "POLARS_MAX_THREADS": str(THREADS)}
    command = [sys.executable, __file__, "--child", way, str(folder), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds), float(memory)


def _one(way: str, folder: str, out: str) -> None:
    module, function = way.split(".")
    compute = getattr(importlib.import_module(f"full_run.{module}"), function)
    start = time.perf_counter()
    frame = compute(Path(folder), THREADS)
    seconds = time.perf_counter() - start
    if frame is not None:
        import pyarrow.parquet as pq

        pq.write_table(frame.replace_schema_metadata({}).sort_by("customer_key"), out)
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2)


def _compare(folder: Path, ways: list[str]) -> None:
    import pyarrow.parquet as pq

    from full_run.forty import METRICS

    frames = {way: pq.read_table(folder / f"{way}.parquet") for way in ways if way != "in_sql.scan"}
    first, *others = frames
    for other in others:
        for metric in ("customer_key", *METRICS):
            if frames[first][metric].to_pylist() != frames[other][metric].to_pylist():
                raise SystemExit(f"{other} and {first} differ in {metric}")
    print(f"all {len(frames)} ways give the same {len(METRICS)} metrics")


def _print(seen: dict[str, list[tuple[float, float]]]) -> None:
    own = [seconds for seconds, _ in seen["minori"]]
    print(f"{'':<30} {'seconds':>8} {'peak GB':>8} {'minori ÷ this':>14}")
    for label, runs in seen.items():
        seconds = statistics.median(s for s, _ in runs)
        ratio = statistics.median(a / b for a, (b, _) in zip(own, runs, strict=True))
        print(f"{label:<30} {seconds:>8.2f} {max(m for _, m in runs):>8.2f} {ratio:>14.2f}")


if __name__ == "__main__":
    main()
