"""The full run against its peers: forty metrics of every customer from one, ten or a hundred million events.

    python benchmarks/full_run.py 1e6 1e7 1e8

Every plan runs in a process of its own, in turn, several times, from a warm page cache; medians are compared, and all
plans must find the same numbers. The data are generated into a temporary folder (2.6 GB for 1e8) and removed afterwards;
``--data`` names a folder that is kept, and reused if it holds the data already.
"""

import argparse
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from full_run.page import page, tables
from full_run.turns import measure

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def main(words: list[str]) -> None:
    """Measure, print, and with ``--write`` put the page into docs."""
    asked = _arguments().parse_args(words)
    sizes = []
    with _folder(asked.data) as folder:
        for events in asked.events:
            print(f"{events:,} events", flush=True)
            of_size = folder / str(events)
            of_size.mkdir(parents=True, exist_ok=True)
            sizes.append(
                measure(of_size, events, runs=asked.runs, threads=asked.threads, whole_day=asked.whole_day)
            )
    print(tables(sizes))
    if asked.write:
        command = shlex.join(["python", "benchmarks/full_run.py", *_repeatable(words)])
        PAGE.write_text(page(sizes, command=command, runs=asked.runs, threads=asked.threads), "utf-8")
        print(f"written to {PAGE}")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="The full run against its peers.")
    parser.add_argument(
        "events", nargs="*", type=_number, default=[1_000_000, 10_000_000], help="such as 1e7"
    )
    parser.add_argument("--data", type=Path, help="keep the data in this folder, and reuse them")
    parser.add_argument("--runs", type=int, default=3, help="runs of each plan (default 3)")
    parser.add_argument("--threads", type=int, default=2, help="threads of every plan (default 2)")
    parser.add_argument(
        "--whole-day", action="store_true", help="also run all stages once with the preset b2b_saas"
    )
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    return parser


def _repeatable(words: list[str]) -> list[str]:
    """Leave out where the data happened to lie."""
    at = words.index("--data") if "--data" in words else len(words)
    return [*words[:at], *words[at + 2 :]]


def _number(text: str) -> int:
    number = float(text)
    if not number.is_integer() or number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of events, such as 1e7")
    return int(number)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="minori-benchmark-") as temporary:
        yield Path(temporary)


if __name__ == "__main__":
    main(sys.argv[1:])
