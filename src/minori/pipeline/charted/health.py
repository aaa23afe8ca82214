"""How the health of a run is spread over its customers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from minori.charts.look import Look
from minori.core.text import Text
from minori.pipeline.chart import Asked, Charted
from minori.pipeline.explain import latest_run, rows_of

STEP = 5  # points of a bar
_TOP = 100
_NOBODY = Text(ja="スコアのある顧客がいません", en="no customer has a score")


def draw(asked: Asked, look: Look) -> Any:
    """Draw it."""
    snapshot = asked.workspace.lake.snapshot()
    day = latest_run(snapshot, asked.until)
    return picture(day, rows_of(snapshot, "health", day), look)


def picture(day: date, scored: Sequence[Mapping[str, Any]], look: Look) -> Any:
    """Draw the rows of ``health`` of the run of a day."""
    from minori.charts.health import health

    bands = Counter(row["band"] or "unknown" for row in scored)
    note = Text(ja=f"{day}時点・顧客 {len(scored):,}社", en=f"As of {day}; {len(scored):,} customers")
    return health(rows(scored), look, customers=dict(bands), notes=(note,), missing=_NOBODY)


def rows(scored: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return how many customers have a score in each five points, by band; the top score is in the last bar."""
    counted = Counter(
        (min(int(row["health"] // STEP) * STEP, _TOP - STEP), row["band"] or "unknown")
        for row in scored
        if row["health"] is not None
    )
    return [
        {"from": start, "until": start + STEP, "band": band, "customers": number}
        for (start, band), number in sorted(counted.items())
    ]


KIND = Charted(Text(ja="ヘルススコアの分布", en="Distribution of health"), draw)
