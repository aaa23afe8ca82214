"""A backtest over 52 weekly dates beside one run of the same company, in CPU seconds.

    python benchmarks/backtest.py --customers 1000

The company is made by the simulator into a temporary folder and loaded once. Each plan runs in a process of its own.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from minori.pipeline.init import pin
from minori.pipeline.proof.backtest import asked, backtest
from minori.pipeline.workspace import Workspace
from minori.sample.write import write_company

UNTIL = date(2026, 3, 31)
PLAY = "seats_near_limit"
PLANS = ("run", "backtest, alone", "backtest")


def main(words: list[str]) -> None:
    """Make the company, let every plan run, print the ratios."""
    parser = argparse.ArgumentParser(description="A backtest beside one run.")
    parser.add_argument("--customers", type=int, default=1_000)
    parser.add_argument("--days", type=int, default=540)
    parser.add_argument("--plan", choices=PLANS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(words)
    if chosen.plan:
        _measure(_workspace(chosen.folder), chosen.plan)
        return
    with tempfile.TemporaryDirectory(prefix="minori-benchmark-") as folder:
        write_company(
            Path(folder), world="b2b_saas", customers=chosen.customers, days=chosen.days, until=UNTIL, seed=1
        )
        pin(Path(folder), "b2b_saas")
        _workspace(Path(folder)).load()
        _compare(Path(folder), chosen.customers)


def _compare(folder: Path, customers: int) -> None:
    seconds = {}
    print(f"{customers:,} customers, play {PLAY}, 52 weekly dates")
    for plan in PLANS:
        command = [sys.executable, __file__, "--plan", plan, "--folder", str(folder)]
        printed = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
        cpu, peak = (float(number) for number in printed.split())
        seconds[plan] = cpu
        print(f"  {plan:<18}{cpu:8.2f} s cpu{cpu / seconds['run']:7.2f} × run{peak:8.2f} GiB")


def _measure(workspace: Workspace, plan: str) -> None:
    start = time.process_time()
    if plan == "run":
        workspace.run(UNTIL, keep=False)
    else:
        with workspace.session() as session:
            question = asked(session, PLAY, UNTIL, overlap=plan == "backtest")
            backtest(session, question, UNTIL)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(time.process_time() - start, peak)


def _workspace(folder: Path) -> Workspace:
    return Workspace(folder, lambda: datetime(2026, 4, 1, 12, tzinfo=UTC))


if __name__ == "__main__":
    main(sys.argv[1:])
