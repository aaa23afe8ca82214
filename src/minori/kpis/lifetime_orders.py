"""Lifetime value of customers without a contract, from their orders.

The prediction is made twice: at the first date of the pass, where what came until the last date judges it, and at the last.
Where the model does not beat the plain rate on what came, or there is too little to tell, the plain rate is what is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from minori.kpis.lifetime_purchases import (
    SPEND_METHODS,
    Bought,
    Forecast,
    Method,
    Models,
    predictions,
    spend_variance,
)
from minori.kpis.lifetime_rows import Fitted, Found, Row, Scopes, Totals, check_rows, model_row, why_not
from minori.lake.stage import Pass
from minori.query.sql import sql
from minori.stats.arrays import Floats
from minori.stats.bgnbd import BgNbd
from minori.stats.fitting import NotEnough
from minori.stats.gamma_gamma import GammaGamma
from minori.stats.held_out import Comparison, compare

_OF = {"basis": "orders", "cohort": "orders"}
_NOW = sql("""
    select s.segment, h.repeats, h.last_days, h.age_days, h.repeat_spend, count(*) as customers,
           sum(h.spend) as spend, sum(h.returned) as returned
    from purchase_history h
    left join standing s on s.as_of = h.as_of and s.customer_key = h.customer_key
    where h.as_of = $day
    group by s.segment, h.repeats, h.last_days, h.age_days, h.repeat_spend
    order by s.segment, h.repeats, h.last_days, h.age_days, h.repeat_spend
""")
_THEN = sql("""
    select h.repeats, h.last_days, h.age_days, h.repeat_spend, l.bought, l.spent, count(*) as customers,
           sum(h.spend) as spend, sum(h.returned) as returned
    from purchase_history h
    join purchase_later l on l.as_of = h.as_of and l.customer_key = h.customer_key
    where h.as_of = $day
    group by h.repeats, h.last_days, h.age_days, h.repeat_spend, l.bought, l.spent
    order by h.repeats, h.last_days, h.age_days, h.repeat_spend, l.bought, l.spent
""")
_CUSTOMER = sql("""
    select h.as_of, h.customer_key, p.customer_id, 'orders' as basis, s.segment, 'orders' as cohort, $method as method,
           $amount_method as amount_method, cast($horizon as bigint) as horizon_days, h.repeats as seen, h.age_days,
           f.alive, f.expected, f.low, f.high,
           cast((f.base + f.per_spend * cast(h.repeat_spend as double)) * f.worth as decimal(18, 4)) as amount,
           cast((f.base + f.per_spend * cast(h.repeat_spend as double)) * f.worth_low as decimal(18, 4)) as amount_low,
           cast((f.base + f.per_spend * cast(h.repeat_spend as double)) * f.worth_high as decimal(18, 4)) as amount_high,
           cast(null as double) as residual_months
    from purchase_history h
    join point p on p.as_of = h.as_of and p.customer_key = h.customer_key
    join _order_forecast f
      on f.repeats = h.repeats and f.last_days = h.last_days and f.age_days = h.age_days
    left join standing s on s.as_of = h.as_of and s.customer_key = h.customer_key
    where h.as_of = $day
""")


@dataclass(frozen=True)
class _Judged:
    """How predictions of the first date met what came: purchases, and spend by each method."""

    purchases: Comparison | None
    spend: Mapping[Method, Comparison]

    @property
    def purchases_by(self) -> Method:
        """What to predict purchases by: the model where it beat the plain rate."""
        return "bgnbd" if self.purchases is not None and self.purchases.better else "plain"

    @property
    def spend_by(self) -> Method:
        """What to predict spend by: of what was judged, the least squared error; the plain figure where it wins."""
        better = [method for method, found in self.spend.items() if found.better]
        return min(better, key=lambda method: self.spend[method].model.rmse, default="plain")


def by_orders(run: Pass, horizon: int) -> Found:
    """Predict from the table ``purchase_history``; ``horizon`` in days."""
    judged = _judged(run)
    rows = run.fetch(_NOW.bind(day=run.as_of))
    bought = Bought.of(rows)
    models = Models.of(bought)
    forecasts = predictions(models, bought, horizon)
    by = judged.purchases_by if judged.purchases_by in forecasts else "plain"
    spend_by = judged.spend_by if by != "plain" and judged.spend_by in forecasts else "plain"
    forecast = forecasts[by].worth_of(forecasts[spend_by])
    run.write("_order_forecast", forecast.table())
    return Found(
        _CUSTOMER.bind(day=run.as_of, horizon=horizon, method=by, amount_method=spend_by),
        _check_rows(run, judged, by, spend_by),
        _model_rows(models, judged, by, spend_by) if rows.num_rows else [],
        _segments(rows, bought, forecast, models, (by, spend_by), horizon),
    )


def _judged(run: Pass) -> _Judged:
    """Compare each method's purchases and spend with the plain ones, as predicted at the first date of the pass."""
    days = (run.dates.last - run.dates.first).days
    rows = run.fetch(_THEN.bind(day=run.dates.first))
    if not days or not rows.num_rows:
        return _Judged(None, {})
    bought = Bought.of(rows)
    found = predictions(Models.of(bought), bought, days)
    if "bgnbd" not in found:
        return _Judged(None, {})
    came, spent = (
        rows[name].cast(pa.float64()).to_numpy(zero_copy_only=False) for name in ("bought", "spent")
    )
    model, plain = (found[method].expected[bought.place] for method in ("bgnbd", "plain"))
    purchases = compare(model, plain, came, bought.weight)
    worth = {method: found[method].each(bought) * found[method].worth[bought.place] for method in found}
    known = np.isfinite(spent) & np.isfinite(bought.spend)
    spend = {
        method: compared
        for method in SPEND_METHODS
        if method in worth
        and (
            compared := compare(
                worth[method][known], worth["plain"][known], spent[known], bought.weight[known]
            )
        )
    }
    return _Judged(purchases, spend)


def _check_rows(run: Pass, judged: _Judged, by: Method, spend_by: Method) -> list[Row]:
    of = {**_OF, "cut_on": run.dates.first, "held_out_days": (run.dates.last - run.dates.first).days}
    rows = check_rows({**of, "what": "purchases"}, {"bgnbd": judged.purchases}, by)
    return rows + check_rows({**of, "what": "spend"}, judged.spend, spend_by)


def _model_rows(models: Models, judged: _Judged, by: Method, spend_by: Method) -> list[Row]:
    purchases, spending = models.purchases, models.spending
    why = why_not(judged.purchases)
    why_spending = why_not(judged.spend.get("gamma_gamma"))
    return [
        model_row(_OF, "bgnbd", _fitted(purchases, ("r", "alpha", "a", "b")), used=by == "bgnbd", why=why),
        model_row(
            _OF,
            "gamma_gamma",
            _fitted(spending, ("p", "q", "v")),
            used=spend_by == "gamma_gamma",
            why=why_spending,
        ),
    ]


def _fitted(model: BgNbd | GammaGamma | NotEnough, names: tuple[str, ...]) -> Fitted | NotEnough:
    if isinstance(model, NotEnough):
        return model
    scales = {name: model.unit if name in ("alpha", "v") else 1.0 for name in names}
    return Fitted(model.maximum, scales, model.log_likelihood, model.customers)


def _segments(
    rows: pa.Table,
    bought: Bought,
    forecast: Forecast,
    models: Models,
    by: tuple[Method, Method],
    horizon: int,
) -> list[Row]:
    """Return totals; their variance is that of chance and of the parameters, and unknown without a model."""
    if not rows.num_rows:
        return []
    scopes = Scopes.of(rows["segment"].to_pylist())
    place, weight, each = bought.place, bought.weight, forecast.each(bought)
    known = np.isfinite(each)
    each = np.where(known, each, 0.0)

    def in_purchases(expected: Floats) -> Floats:
        return scopes.sums(weight * expected[place])

    def in_money(expected: Floats) -> Floats:
        return scopes.sums(weight * each * expected[place])

    variance = in_purchases(forecast.variance)
    money = scopes.sums(weight * each**2 * forecast.worth_variance[place])
    if by[0] == "bgnbd" and isinstance(models.purchases, BgNbd):
        variance = variance + models.purchases.variance(forecast.histories, horizon, in_purchases)
        money = money + models.purchases.variance(forecast.histories, horizon, in_money)
    if by[1] == "gamma_gamma" and isinstance(models.spending, GammaGamma):
        counted = np.where(known, weight, 0.0)
        money = money + spend_variance(
            models.spending, forecast, bought, lambda spent: scopes.sums(counted * spent)
        )
    totals = Totals(in_purchases(forecast.expected), variance, in_money(forecast.worth), money)
    return scopes.rows({"basis": "orders"}, totals, weight, known.astype(np.float64))
