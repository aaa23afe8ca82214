"""Loads a workspace, to be killed while it does: ``python load_in_process.py FOLDER``."""

import sys
from pathlib import Path

from loading import CURRENCY, NOW, ZONE
from minori.lake.lake import Lake
from minori.pipeline.load import load


def main() -> None:
    root = Path(sys.argv[1])
    load(root, Lake(root / "lake", lambda: NOW), time_zone=ZONE, currency=CURRENCY, now=NOW)


if __name__ == "__main__":
    main()
