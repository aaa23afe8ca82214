"""Learned chances of acceptance against the answers that came: forecasts made in time order."""

import json
from collections.abc import Mapping
from typing import Any

from minori.charts.look import Look
from minori.core.text import Text
from minori.learning.acceptance_versions import in_force
from minori.pipeline.chart import Asked, Charted
from minori.pipeline.proof.model_versions import versions

_SALE, _KEEP = "sale", "keep"
_NOTHING = Text(
    ja="学習した承諾確率がまだありません(minori learn acceptance)",
    en="no chances have been learned yet (minori learn acceptance)",
)
_UNTRIED = Text(
    ja="回答がまだ少なく、時間順の検証ができていません",
    en="there are too few answers yet to check forecasts in time order",
)


def draw(asked: Asked, look: Look) -> Any:
    """Draw it."""
    part = asked.subject or _SALE
    workspace = asked.workspace
    with workspace.session() as session:
        day = workspace.day(session, asked.until)
    adopted = in_force(versions(workspace.lake.snapshot()), day)
    return picture(next((row for row in adopted if row["part"] == part), None), look)


def picture(model: Mapping[str, Any] | None, look: Look) -> Any:
    """Draw the check of one part of a model; None: nothing was learned."""
    from minori.charts.reliability import reliability

    if model is None:
        return reliability([], look, missing=_NOTHING)
    checked = json.loads(model["validation"]) if model["validation"] else None
    return reliability(rows(checked), look, notes=_notes(model, checked), missing=_UNTRIED)


def rows(checked: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return a row per tenth of a validation that was kept."""
    if checked is None:
        return []
    return [
        {
            "predicted": tenth["predicted"],
            "observed": tenth["observed"][1],
            "low": tenth["observed"][0],
            "high": tenth["observed"][2],
            "sample": tenth["rows"],
            "events": tenth["events"],
        }
        for tenth in checked["tenths"]
    ]


def _notes(model: Any, checked: dict[str, Any] | None) -> tuple[Text, ...]:
    version, day = model["version"], model["as_of"]
    said = Text(ja=f"バージョン{version}({day}まで)", en=f"Version {version}, up to {day}")
    if checked is None:
        return (said,)
    counted = Text(
        ja=f"{said.ja}・時間順の検証 {checked['rows']:,}件、うち承諾 {checked['events']:,}件",
        en=f"{said.en}; checked in time order on {checked['rows']:,} answers, {checked['events']:,} of them a yes",
    )
    return (counted,)


KIND = Charted(
    Text(ja="承諾確率の検証", en="Chances of acceptance, checked"),
    draw,
    Text(ja="sale(売る型)か keep(引き止める型)", en="sale or keep"),
    (_SALE, _KEEP),
)
