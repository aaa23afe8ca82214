"""What the health page shows: from the read model, the newest run's tables and the stored proof."""

from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.db.models import Count, F, IntegerField
from django.db.models.expressions import Value
from django.db.models.functions import Cast, Floor, Least

from minori.pipeline.previewed_health import Spread, spread_of_run
from minori.policy.definitions import Policy
from minori.query.condition import parse_condition
from minori.web.charted.copying import shown_proof
from minori.web.company import workspace
from minori.web.models import ChartRow, FigureRow, Person, Run, VerdictRow
from minori.web.readmodel.shown import customers

_SHOWN_BANDS = ("thriving", "healthy", "watch", "act")
_OF_BANDS = ("lost", "predicted_lost", "observed_over_predicted")


def score_bins(person: Person, run: Run | None) -> list[dict[str, Any]]:
    """Return how many of one's customers have a score in each five points, by band."""
    step = Cast(Floor(F("health") / 5.0), IntegerField())
    rows = (
        customers(person, run)
        .filter(health__isnull=False)
        .order_by()
        .annotate(step=Least(step, Value(19)))
        .values("step", "band")
        .annotate(customers=Count("pk"))
    )
    return [
        {"from": r["step"] * 5, "until": r["step"] * 5 + 5, "band": r["band"], "customers": r["customers"]}
        for r in rows.order_by("step", "band")
    ]


def bands(person: Person, run: Run | None) -> list[dict[str, Any]]:
    """Return how many of one's customers are in each band, the best first, and their share."""
    rows = customers(person, run).order_by().values("band").annotate(customers=Count("pk"))
    found = {row["band"]: row["customers"] for row in rows}
    total = sum(found.values())
    names = (*_SHOWN_BANDS, *([""] if "" in found else []))
    return [
        {
            "band": name,
            "customers": found.get(name, 0),
            "share": found.get(name, 0) / total if total else None,
        }
        for name in names
    ]


def parts(policy: Policy) -> list[dict[str, Any]]:
    """Return the parts of the score, with each one's share of all weight."""
    total = sum(part.weight for part in policy.health.parts.values()) or 1.0
    return [
        {
            "id": name,
            "part": part,
            "share": part.weight / total,
            "points": list(part.points.items()),
            "metric": policy.metrics.get(part.metric),
        }
        for name, part in policy.health.parts.items()
    ]


def truth() -> dict[str, Any]:
    """Return what the stored proof says of the score: verdict, readings per band, criteria, charts."""
    proof = shown_proof()
    if proof is None:
        return {}
    figures = list(FigureRow.objects.filter(proof=proof, part="score", subject="", figure__in=_OF_BANDS))
    verdicts = list(VerdictRow.objects.filter(proof=proof, part="score", subject="", aspect=""))
    charts = ChartRow.objects.filter(proof=proof, chart="calibration").exclude(svg="").defer("spec", "svg")
    by_band: dict[str, dict[str, FigureRow]] = {}
    for row in figures:
        by_band.setdefault(row.aspect, {})[row.figure] = row
    return {
        "proof": proof,
        "verdict": verdicts[0] if verdicts else None,
        "bands": [(name, by_band[name]) for name in _SHOWN_BANDS if name in by_band],
        "charts": {f"{row.language}-{row.theme}": row.digest for row in charts},
    }


def metrics(policy: Policy) -> list[dict[str, Any]]:
    """Return every metric with what reads it."""
    by_parts = readers(policy)
    return [
        {"id": name, "metric": metric, "parts": by_parts[name][0], "plays": len(by_parts[name][1])}
        for name, metric in policy.metrics.items()
    ]


def readers(policy: Policy) -> dict[str, tuple[list[str], list[str]]]:
    """Return by metric which parts of the score, and which plays, read it directly."""
    found: dict[str, tuple[list[str], list[str]]] = {name: ([], []) for name in policy.metrics}
    for name, part in policy.health.parts.items():
        if part.metric in found:
            found[part.metric][0].append(name)
    for play in policy.plays.values():
        for name in parse_condition(play.when).reads:
            if name in found:
                found[name][1].append(play.id)
    return found


def spread(run: Run | None, metric: str) -> Spread | None:
    """Return how a metric was spread in the run that is shown; kept for as long as that run is."""
    if run is None:
        return None
    key = f"spread:{run.pk}:{run.policy_hash[:12]}:{metric}"
    found: Mapping[str, Any] | Spread | None = cache.get(key)
    if isinstance(found, Spread):
        return found
    made = spread_of_run(workspace().lake.snapshot(), run.as_of, metric)
    if made is not None:
        cache.set(key, made, 24 * 3600)
    return made
