"""How the score moved: the table ``trend``, against the score ``trend_over`` days earlier."""

from minori.lake.stage import Pass, Stage
from minori.query.sql import sql

# ``earlier_health`` is the same score as of the earlier date, computed from the facts, not remembered from a run.
_TREND = sql("""
    select h.as_of, h.customer_key, e.health as health_before, e.band as band_before,
           round(h.health - e.health, 6) as health_change
    from health h
    left join earlier_health e on e.as_of = h.as_of and e.customer_key = h.customer_key
""")


def compute(run: Pass) -> None:
    """Set ``trend`` for every point."""
    run.create("trend", _TREND.bind())


STAGE = Stage(
    "trend", reads=("health", "earlier_health"), writes=("trend",), run=compute, says="how the score moved"
)
