"""The customers: drawn from a BG/NBD world with gamma-gamma spend, in whole days as orders come."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

COLUMNS = ("x", "last", "age", "mean")
DAYS = 730  # of history
RATE, LEAVING, SPEND = (0.5, 40.0), (1.2, 3.0), (6.0, 4.0, 1500.0)
Numbers = npt.NDArray[np.float64]


def draw(folder: Path, customers: int, seed: int) -> None:
    """Write the customers as ``customers.parquet`` for SQL and one ``.npy`` a column for everybody."""
    rng = np.random.default_rng(seed)
    age = rng.integers(0, DAYS, customers).astype(np.float64)
    rate, leaving = rng.gamma(RATE[0], 1 / RATE[1], customers), rng.beta(*LEAVING, customers)
    x, last = _played(rate, leaving, age, rng)
    level = rng.gamma(SPEND[1], 1 / SPEND[2], customers)
    mean = np.where(x > 0, rng.gamma(SPEND[0] * np.maximum(x, 1), 1 / level) / np.maximum(x, 1), 0.0)
    columns = dict(zip(COLUMNS, (x, last, age, np.round(mean)), strict=True))
    columns["mean"] = np.where(x > 0, np.maximum(columns["mean"], 1.0), 0.0)
    for name, values in columns.items():
        np.save(folder / f"{name}.npy", values)
    pq.write_table(pa.table(columns), folder / "customers.parquet")


def _played(
    rate: Numbers, leaving: Numbers, until: Numbers, rng: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Let everybody buy until today or until they leave; several purchases on one day are one."""
    x, last, time = np.zeros(len(rate)), np.zeros(len(rate)), np.zeros(len(rate))
    going = np.arange(len(rate))
    while len(going):
        time[going] += rng.exponential(1 / rate[going])
        going = going[time[going] <= until[going]]
        day = np.floor(time[going])
        x[going] += day > last[going]
        last[going] = np.maximum(last[going], day)
        going = going[rng.random(len(going)) >= leaving[going]]
    return x, last
