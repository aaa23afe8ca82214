"""Drains what a file holds, in a process that a test may kill."""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from build import COMPANY
from minori.lake.lake import Lake
from minori.pipeline.own_app import drain
from minori.pipeline.own_rows import OwnRow

NOW = datetime(2026, 4, 1, 3, tzinfo=UTC)


def main(root: Path) -> None:
    """Drain as the app does: until the last of its facts is marked."""
    rows = [OwnRow(**json.loads(line)) for line in (root / "facts.jsonl").read_text().splitlines()]
    done = root / "done"
    marked = int(done.read_text()) if done.exists() else 0
    while marked < len(rows):
        some = rows[marked : marked + 200]
        drain(Lake(root / "lake", lambda: NOW), some, company=COMPANY, covers_from=date(2026, 1, 1), now=NOW)
        marked += len(some)
        beside = root / "done.next"
        beside.write_text(str(marked))
        beside.replace(done)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
