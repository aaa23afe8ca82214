"""What was known of each enrolled customer on the day of the draw: metrics and health that the run of the day kept."""

from collections.abc import Sequence

from minori.lake.stage import Pass, Stage
from minori.query.sql import column, named, sql

_ROWS = sql("""
    select e.experiment, e.play, e.customer_key, e.customer_id, e.drawn_on, e.settled_on, e.treated, e.share,
           e.segment, e.stage, e.growth_stage, e.touch, e.band, t.gained_on, t.churned_on, t.mrr_before, t.mrr_after,
           s.spent, h.health as score
    from enrolled e
    join tried t on t.experiment = e.experiment and t.customer_key = e.customer_key
    left join spent s on s.experiment = e.experiment and s.customer_key = e.customer_key
    left join run_health h on h.as_of = e.drawn_on and h.customer_key = e.customer_key
    left join run_metric m on m.as_of = e.drawn_on and m.customer_key = e.customer_key
""")
METRIC = "metric_"
"""Before the names of metrics in the table ``moved``, so that none is taken for a column of the trial."""


def stage(metrics: Sequence[str]) -> Stage:
    """Return the stage that sets ``moved``, a row per enrolled customer with these metrics beside it."""

    def compute(run: Pass) -> None:
        values = [named(column(name, "m"), METRIC + name) for name in metrics]
        run.create("moved", _ROWS.bind().select(*values))

    return Stage(
        "moved",
        reads=("enrolled", "tried", "spent", "run_health", "run_metric"),
        writes=("moved",),
        run=compute,
        says="what was known of customers on the day of the draw",
    )
