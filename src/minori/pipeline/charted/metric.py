"""One metric of one customer over half a year, with the threshold that a play holds it against."""

from datetime import date, timedelta
from typing import Any

from sqlglot import exp

from minori.charts import words
from minori.charts.look import Look
from minori.core.errors import InputError, UnknownName
from minori.core.text import Text
from minori.metrics.resolve import Metrics
from minori.pipeline.chart import Asked, Charted
from minori.pipeline.session import Session
from minori.pipeline.stages import STANDING
from minori.policy.definitions import Policy
from minori.query.sql import sql
from minori.query.thresholds import thresholds_of

WEEKS = 26
_IDS = sql("select distinct customer_id from chart_point order by customer_id")
_KEYS = sql("select distinct customer_key from chart_point where customer_id = $customer")


def draw(asked: Asked, look: Look) -> Any:
    """Draw it, of the customer asked for."""
    from minori.charts.sparkline import WIDTH, sparkline

    name, customer = str(asked.subject), asked.customer
    if customer is None:
        raise InputError("metric needs --customer ID")
    with asked.workspace.session() as session:
        metrics = Metrics(session.policy)
        if name not in metrics:
            raise UnknownName("metric", name, metrics)
        if metrics[name].value != "number":
            raise InputError(f"{name} is no number: only numbers can be drawn over time")
        rows = weekly(session, asked.workspace.day(session, asked.until), name, customer)
        definition, threshold = session.policy.metrics[name], threshold_of(session.policy, name)
    if definition.unit == "share":
        rows = [{**row, "said": words.share(row["value"], 0)} for row in rows]
    return sparkline(
        rows, look, label=definition.label, threshold=threshold, width=max(look.width // 3, WIDTH)
    )


def weekly(session: Session, until: date, name: str, customer: str) -> list[dict[str, Any]]:
    """Return the metric as it was known at the end of each of the last weeks.

    Raises
    ------
    UnknownName
        If there is no such customer.
    """
    days = [until - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    session.run_pass(STANDING[:1], [until], place="chart_")
    keys = session.engine.fetch(_KEYS.bind(customer=customer))
    if not keys.num_rows:
        known = session.engine.fetch(_IDS.bind())["customer_id"].to_pylist()
        raise UnknownName("customer", customer, known)
    session.engine.register("chart_only", keys)
    run = session.run_pass(STANDING[:3], days, place="chart_", metrics=frozenset({name}), only="chart_only")
    column = exp.column(exp.to_identifier(name, quoted=True)).as_("value")
    found = run.fetch(exp.select("as_of", column).from_("metric").order_by("as_of"))
    values = {row["as_of"]: row["value"] for row in found.to_pylist()}
    return [{"day": day, "value": values.get(day)} for day in days]


def threshold_of(policy: Policy, name: str) -> float | None:
    """Return the number with which the first play that is on compares the metric; None if none does."""
    plays = (play for _, play in sorted(policy.plays.items()) if play.on)
    every = (threshold for play in plays for threshold in thresholds_of(play.when))
    return next((threshold.value for threshold in every if threshold.what == name), None)


KIND = Charted(
    Text(ja="顧客の指標の推移(小さな図)", en="A customer's metric over time (small)"),
    draw,
    Text(ja="指標の名前(--customer とともに)", en="name of a metric, with --customer"),
)
