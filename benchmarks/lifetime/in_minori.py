"""minori: BG/NBD, gamma-gamma and the prediction, from a row per customer or from what SQL has grouped.

python -m lifetime.in_minori FOLDER rows|grouped
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

HORIZON = 365.0
_HISTORIES = "select x, last, age, count(*) as n from read_parquet(?) group by all"
_MEANS = "select x, mean, count(*) as n from read_parquet(?) where x > 0 group by all"
_PREDICTED = """
    create table predicted as
    select f.purchases, f.alive, f.purchases * $p * ($v + c.x * c.mean) / ($p * c.x + $q - 1) as amount
    from read_parquet($file) c join forecast f using (x, last, age)
"""


def by_rows(folder: Path) -> dict[str, object]:
    """One row per customer, as numpy arrays."""
    from minori.stats import bgnbd, gamma_gamma
    from minori.stats.gamma_gamma import GammaGamma, Spending
    from minori.stats.histories import Histories

    x, last, age, mean = (np.load(folder / f"{name}.npy") for name in ("x", "last", "age", "mean"))
    start = time.perf_counter()
    histories = Histories.of(x, last, age)
    buying = bgnbd.fit(histories)
    bought = time.perf_counter()
    spending = gamma_gamma.fit(Spending.of(x, mean))
    spent = time.perf_counter()
    assert isinstance(buying, bgnbd.BgNbd) and isinstance(spending, GammaGamma)
    purchases, alive = buying.purchases(histories, HORIZON), buying.alive(histories)
    amount = purchases * spending.mean(x, mean)
    return _said(start, bought, spent, buying, spending, (purchases.sum(), alive.sum(), amount.sum()))


def by_groups(folder: Path) -> dict[str, object]:
    """SQL groups customers with the same history, and multiplies out the prediction of each."""
    import duckdb
    import pyarrow as pa

    from minori.stats import bgnbd, gamma_gamma
    from minori.stats.gamma_gamma import GammaGamma, Spending
    from minori.stats.histories import Histories

    engine = duckdb.connect(config={"threads": 2, "memory_limit": "400MB"})
    file = str(folder / "customers.parquet")
    start = time.perf_counter()
    rows = engine.sql(_HISTORIES, params=[file]).to_arrow_table()
    histories = Histories.of(*(rows[name].to_numpy() for name in ("x", "last", "age", "n")))
    buying = bgnbd.fit(histories)
    bought = time.perf_counter()
    means = engine.sql(_MEANS, params=[file]).to_arrow_table()
    spending = gamma_gamma.fit(Spending.of(*(means[name].to_numpy() for name in ("x", "mean", "n"))))
    spent = time.perf_counter()
    assert isinstance(buying, bgnbd.BgNbd) and isinstance(spending, GammaGamma)
    purchases, alive = buying.purchases(histories, HORIZON), buying.alive(histories)
    columns = {name: rows[name] for name in ("x", "last", "age")}
    engine.register("forecast", pa.table({**columns, "purchases": purchases, "alive": alive}))
    engine.execute(_PREDICTED, {"p": spending.p, "q": spending.q, "v": spending.v, "file": file})
    totals = engine.execute("select sum(purchases), sum(alive), sum(amount) from predicted").fetchone()
    assert totals is not None
    return {**_said(start, bought, spent, buying, spending, totals), "groups": len(histories.x)}


def _said(
    start: float, bought: float, spent: float, buying: object, spending: object, totals: tuple[float, ...]
) -> dict[str, object]:
    parameters = [getattr(buying, n) for n in ("r", "alpha", "a", "b")]
    parameters += [getattr(spending, n) for n in ("p", "q", "v")]
    done = time.perf_counter()
    return {
        "buying": bought - start,
        "spending": spent - bought,
        "predicting": done - spent,
        "seconds": done - start,
        "cpu_seconds": time.process_time(),
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        * (1 if sys.platform == "darwin" else 1024),
        "parameters": [float(value) for value in parameters],
        "totals": [float(value) for value in totals],
    }


if __name__ == "__main__":
    WAYS = {"rows": by_rows, "grouped": by_groups}
    began = time.perf_counter()
    found = WAYS[sys.argv[2]](Path(sys.argv[1]))
    print(json.dumps({**found, "process": time.perf_counter() - began}))
