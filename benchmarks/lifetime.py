"""Lifetime value of a million customers, beside the package ``lifetimes``.

    python benchmarks/lifetime.py 1e6

The peer runs in an environment of its own, made in a temporary folder from the package index (``--peer`` names a Python that
has it already, ``--alone`` leaves it out). All plans must expect the same.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from lifetime.data import draw
from lifetime.page import check_equal, section

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks_lifetime.md"
PEER = "lifetimes==0.11.3"
SEED = 1


def main(words: list[str]) -> None:
    """Measure, print, and with ``--write`` put the section into docs."""
    asked = _arguments().parse_args(words)
    with tempfile.TemporaryDirectory(prefix="minori-lifetime-") as temporary:
        folder = Path(temporary)
        draw(folder, asked.customers, SEED)
        plans = _plans(folder, None if asked.alone else asked.peer or _environment(folder / "peer"))
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in plans}
        for _ in range(asked.runs):
            for name, command in plans.items():
                found[name].append(_child(command))
                print(f"  {name:<20}{found[name][-1]['seconds']:8.2f} s", flush=True)
    check_equal(found, tolerance=0.01)
    said = shlex.join(["python", "benchmarks/lifetime.py", *words])
    text = section(found, customers=asked.customers, command=said)
    print(text)
    if asked.write:
        PAGE.write_text(text, "utf-8")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Lifetime value beside the package lifetimes.")
    parser.add_argument("customers", nargs="?", type=lambda text: int(float(text)), default=1_000_000)
    parser.add_argument("--runs", type=int, default=3, help="runs of each plan (default 3)")
    parser.add_argument("--peer", type=Path, help="a Python that has lifetimes")
    parser.add_argument("--alone", action="store_true", help="without the peer")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks_lifetime.md")
    return parser


def _plans(folder: Path, peer: Path | None) -> dict[str, list[str]]:
    ours = [sys.executable, "-m", "lifetime.in_minori", str(folder)]
    plans = {"minori": [*ours, "rows"], "minori, grouped by SQL": [*ours, "grouped"]}
    if peer is not None:
        plans["lifetimes"] = [str(peer), str(HERE / "lifetime" / "in_lifetimes.py"), str(folder)]
    return plans


def _environment(folder: Path) -> Path:
    """Make an environment with the peer, and return its Python."""
    print(f"making an environment with {PEER} …", flush=True)
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", PEER], check=True)
    return python


def _child(command: list[str]) -> dict[str, Any]:
    paths = [str(HERE), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
