"""The peer: the package ``lifetimes``, in a process of its own environment; imports nothing of minori.

python in_lifetimes.py FOLDER
"""

import json
import resource
import sys
import time
import warnings
from pathlib import Path

import numpy as np

HORIZON = 365.0


def main(folder: Path) -> None:
    """Fit, predict, and print the figures as JSON."""
    began = time.perf_counter()
    warnings.simplefilter("ignore")
    import pandas as pd
    from lifetimes import BetaGeoFitter, GammaGammaFitter

    frame = pd.DataFrame({name: np.load(folder / f"{name}.npy") for name in ("x", "last", "age", "mean")})
    start = time.perf_counter()
    buying = BetaGeoFitter().fit(frame["x"], frame["last"], frame["age"])
    bought = time.perf_counter()
    back = frame[frame["x"] > 0]
    spending = GammaGammaFitter().fit(back["x"], back["mean"])
    spent = time.perf_counter()
    past = frame["x"], frame["last"], frame["age"]
    purchases = buying.conditional_expected_number_of_purchases_up_to_time(HORIZON, *past)
    alive = buying.conditional_probability_alive(*past)
    amount = purchases * spending.conditional_expected_average_profit(frame["x"], frame["mean"])
    totals = [float(np.sum(part)) for part in (purchases, alive, amount)]
    done = time.perf_counter()
    parameters = [buying.params_[n] for n in ("r", "alpha", "a", "b")]
    parameters += [spending.params_[n] for n in ("p", "q", "v")]
    said = {
        "buying": bought - start,
        "spending": spent - bought,
        "predicting": done - spent,
        "seconds": done - start,
        "cpu_seconds": time.process_time(),
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        * (1 if sys.platform == "darwin" else 1024),
        "parameters": [float(value) for value in parameters],
        "totals": totals,
        "process": time.perf_counter() - began,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
