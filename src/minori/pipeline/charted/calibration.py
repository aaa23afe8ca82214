"""The health score against what happened."""

from typing import Any

from minori.charts.look import Look
from minori.core.text import Text
from minori.learning import score_figures as figures
from minori.learning.score_truth import Class
from minori.pipeline.chart import Asked, Charted
from minori.pipeline.proof.score_truth import ScoreTruth, score_truth


def draw(asked: Asked, look: Look) -> Any:
    """Draw it."""
    with asked.workspace.session() as session:
        day = asked.workspace.day(session, asked.until)
        return picture(score_truth(session, day, progress=asked.progress), look)


def picture(found: ScoreTruth, look: Look) -> Any:
    """Draw what was found."""
    from minori.charts.calibration import calibration

    notes = (_verdict(found), _windows(found))
    return calibration(rows(found), look, notes=notes, missing=found.verdict.why)


def rows(found: ScoreTruth) -> list[dict[str, Any]]:
    """Return a row per band, the best first."""
    return [_row(band) for band in found.found.bands]


def _row(band: Class) -> dict[str, Any]:
    readings = {reading.figure: reading for reading in band.readings}
    lost = readings[figures.LOST]
    return {
        "band": band.names[0],
        "observed": lost.value,
        "low": lost.low,
        "high": lost.high,
        "predicted": readings[figures.PREDICTED].value,
        "customers": band.lost.n,
        "lost": band.lost.events,
    }


def _verdict(found: ScoreTruth) -> Text:
    words = found.verdict.words
    return Text(ja=f"判定: {words.ja}", en=f"Verdict: {words.en}")


def _windows(found: ScoreTruth) -> Text | None:
    if not found.windows:
        return None
    days = ", ".join(str(day) for day in found.windows)
    return Text(
        ja=f"凍結日 {days}・猶予 {found.embargo}日・追跡 {found.horizon}日",
        en=f"Frozen on {days}; embargo {found.embargo} days, followed {found.horizon} days",
    )


KIND = Charted(Text(ja="ヘルススコアの検証", en="Health score, checked"), draw)
