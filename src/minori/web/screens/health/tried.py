"""What a trial of the score found, as the page of a draft shows it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from minori.pipeline.previewed_health import BAND_ORDER
from minori.web.models import Person
from minori.web.readmodel.shown import customers
from minori.web.screens.health.drawn import of_scores, of_spread


def tried_shown(request: HttpRequest, result: Mapping[str, Any]) -> dict[str, Any]:
    """Return distributions, moves and metrics ready to be drawn, with the customers that somebody may see."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    ids = [mover["customer_id"] for mover in result["movers"]]
    names = dict(customers(person).filter(customer_id__in=ids).values_list("customer_id", "name"))
    counts = {(a, b): n for a, b, n in result["moves"]}
    bands = [band for band in BAND_ORDER if any(band in pair for pair in counts)]
    most = max(_highest(result["before"]["bins"]), _highest(result["after"]["bins"]))
    return {
        **result,
        "moved": sum(n for (a, b), n in counts.items() if a != b),
        "movers": [
            {**m, "customer": names[m["customer_id"]]} for m in result["movers"] if m["customer_id"] in names
        ],
        "bars_before": of_scores(result["before"]["bins"], most),
        "bars_after": of_scores(result["after"]["bins"], most),
        "band_names": bands,
        "matrix": [(a, [(counts.get((a, b), 0), a == b) for b in bands]) for a in bands],
        "spreads": [
            (name, _spread(before), _spread(after)) for name, (before, after) in result["metrics"].items()
        ],
    }


def _highest(bins: list[Mapping[str, Any]]) -> int:
    totals: dict[float, int] = {}
    for row in bins:
        totals[row["from"]] = totals.get(row["from"], 0) + row["customers"]
    return max(totals.values(), default=1)


def _spread(spread: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if spread is None else {"spread": spread, "bars": of_spread(spread["bins"])}
