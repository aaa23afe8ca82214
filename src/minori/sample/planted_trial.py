"""A company with planted plays lives with minori in a closed loop: what a run proposes changes what happens next."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from minori.core.ports import Progress
from minori.core.text import Language
from minori.pipeline.run import Ran
from minori.pipeline.workspace import Workspace
from minori.sample.planted import Planted, plant, run_days
from minori.sample.planted_workspace import write_exports, write_workspace


@dataclass(frozen=True)
class Trial:
    """What was planted, the days that were decided, and who was proposed to when first."""

    planted: Planted
    days: tuple[date, ...]
    treated: dict[str, date]


def live_with_minori(
    folder: Path,
    *,
    customers: int,
    weeks: int,
    until: date,
    seed: int,
    language: Language = "ja",
    progress: Progress = lambda _what, _share: None,
) -> Trial:
    """Write a workspace and let the company live in it until a day, with a load and a run every week.

    The exports stand as of ``until``; that day is not loaded or decided yet. Who is proposed to and who is held out
    is minori's own lot.

    Raises
    ------
    InputError
        If there are fewer than three customers or six weeks.
    """
    planted = plant(customers, 7 * weeks, until - timedelta(days=7 * weeks - 1), seed)
    *decided, last = run_days(planted)
    treated: dict[str, date] = {}
    folder.mkdir(parents=True, exist_ok=True)
    write_workspace(folder, language)
    for number, day in enumerate(decided):
        progress(f"{day}", number / len(decided))
        write_exports(folder, planted, treated, day, language)
        for customer in _proposed(_decided(folder, day)):
            treated.setdefault(customer, day)
    write_exports(folder, planted, treated, last, language)
    progress("done", 1.0)
    return Trial(planted, tuple(decided), treated)


def _decided(folder: Path, day: date) -> Ran:
    """Load and run on the morning after a day."""
    now = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    workspace = Workspace(folder, lambda: now)
    workspace.load()
    return workspace.run(day)


def _proposed(ran: Ran) -> list[str]:
    decisions = ran.tables["decision"].select(["customer_id", "fate"]).to_pylist()
    return [row["customer_id"] for row in decisions if row["fate"] == "proposed"]
