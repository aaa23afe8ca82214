"""Pushiness (押し売り度) of what was proposed, month by month."""

from typing import Any

from minori.charts.look import Look
from minori.charts.words import OBSERVED_ONLY
from minori.core.text import Text
from minori.pipeline.chart import Asked, Charted
from minori.pipeline.proof.pushiness import Pushiness, pushiness
from minori.pipeline.proof.verdicts import stops
from minori.policy.definitions import Policy

_NOBODY = Text(
    ja="60日以上前のご提案の記録がまだありません",
    en="there are no proposals yet that are at least 60 days old",
)
_MEANS = Text(
    ja="お客様にかけた負担。0点なら、提案しなかった場合と同じ。",
    en="The burden put on customers; 0 is as if they had not been asked.",
)


def draw(asked: Asked, look: Look) -> Any:
    """Draw it."""
    with asked.workspace.session() as session:
        day = asked.workspace.day(session, asked.until)
        found = pushiness(session, day, "month", progress=asked.progress)
        return picture(found, session.policy, look)


def picture(found: Pushiness, policy: Policy, look: Look) -> Any:
    """Draw what was found by month."""
    from minori.charts import pushiness as chart

    limit = stops(policy).pushiness_at_most
    observed = any(group.pushiness.figure.observational for group in found.groups)
    notes = (_MEANS, OBSERVED_ONLY if observed else None)
    return chart.pushiness(rows(found), look, limit=limit, notes=notes, missing=_missing(found))


def rows(found: Pushiness) -> list[dict[str, Any]]:
    """Return a row per month in which something was proposed."""
    return [
        {
            "month": group.name,
            "value": group.pushiness.value,
            "low": group.pushiness.low,
            "high": group.pushiness.high,
            "sample": group.pushiness.sample,
        }
        for group in sorted(found.groups, key=lambda group: group.name)
    ]


def _missing(found: Pushiness) -> Text | None:
    return next((g.pushiness.missing for g in found.groups if g.pushiness.missing), _NOBODY)


KIND = Charted(Text(ja="押し売り度の推移", en="Pushiness by month"), draw)
