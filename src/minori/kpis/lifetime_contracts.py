"""Lifetime value of customers with a contract: months to come, from how long others stayed.

Contracts renewed by the month and by the year are fitted apart. As with orders the prediction is made twice, and the sBG
curve is used only where it beat the plain churn rate on what came. A loss within ``renewal_grace`` of the last day may still
turn out to be a late renewal, so decisions count up to that many days before.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from minori.kpis.lifetime_months import (
    DAYS_OF_MONTH,
    MONTHS,
    Ahead,
    Curve,
    Days,
    Months,
    Spells,
    anniversary,
    elapsed,
)
from minori.kpis.lifetime_rows import Fitted, Found, Row, Scopes, Totals, check_rows, model_row, why_not
from minori.lake.stage import Pass
from minori.query.sql import sql
from minori.stats import sbg
from minori.stats.arrays import Floats
from minori.stats.fitting import NotEnough
from minori.stats.held_out import Comparison, compare
from minori.stats.rounding import significant
from minori.stats.sbg import Sbg

_SPELL = sql("""
    select cohort, starts_on, ended_on, count(*) as customers
    from relationship where as_of = $day group by cohort, starts_on, ended_on order by cohort, starts_on, ended_on
""")
_THEN = sql("""
    select r.cohort, r.starts_on, l.ended_on, count(*) as customers
    from relationship r
    join relationship l on l.as_of = $until and l.customer_key = r.customer_key and l.starts_on = r.starts_on
    where r.as_of = $cut and r.ended_on is null
    group by r.cohort, r.starts_on, l.ended_on order by r.cohort, r.starts_on, l.ended_on
""")
_NOW = sql("""
    select r.cohort, r.starts_on, s.segment, r.mrr, count(*) as customers
    from relationship r
    left join standing s on s.as_of = r.as_of and s.customer_key = r.customer_key
    where r.as_of = $day and r.ended_on is null
    group by r.cohort, r.starts_on, s.segment, r.mrr order by r.cohort, r.starts_on, s.segment, r.mrr
""")
_CUSTOMER = sql("""
    select r.as_of, r.customer_key, p.customer_id, 'contracts' as basis, s.segment, r.cohort, f.method,
           f.method as amount_method, cast($horizon as bigint) as horizon_days, f.seen,
           cast(date_diff('day', r.starts_on, r.as_of) as bigint) as age_days, cast(null as double) as alive,
           f.expected, f.low, f.high, cast(cast(r.mrr as double) * f.expected as decimal(18, 4)) as amount,
           cast(cast(r.mrr as double) * f.low as decimal(18, 4)) as amount_low,
           cast(cast(r.mrr as double) * f.high as decimal(18, 4)) as amount_high, f.residual_months
    from relationship r
    join point p on p.as_of = r.as_of and p.customer_key = r.customer_key
    join _contract_forecast f on f.cohort = r.cohort and f.starts_on = r.starts_on
    left join standing s on s.as_of = r.as_of and s.customer_key = r.customer_key
    where r.as_of = $day and r.ended_on is null
""")
_FORECAST = pa.schema(
    [
        ("cohort", pa.string()),
        ("starts_on", pa.date32()),
        ("method", pa.string()),
        ("seen", pa.int64()),
        *((name, pa.float64()) for name in ("expected", "low", "high", "residual_months")),
    ]
)


@dataclass(frozen=True)
class _Cohort:
    """What was found of one cohort: its model, whether it is used, and the curve that is (None: nothing can be said).

    ``paid`` is the share of the last period that who leaves pays.
    """

    name: str
    model: Sbg | NotEnough
    compared: Comparison | None
    used: bool
    curve: Curve | None
    paid: float

    @property
    def of(self) -> Row:
        return {"basis": "contracts", "cohort": self.name}


def by_contracts(run: Pass, horizon: int) -> Found:
    """Predict from the table ``relationship``; ``horizon`` in days."""
    grace = timedelta(days=run.company.renewal_grace)
    rows = run.fetch(_NOW.bind(day=run.as_of)).to_pylist()
    names = [name for name in MONTHS if any(row["cohort"] == name for row in rows)]
    cohorts = [_cohort(run, name, grace) for name in names]
    forecasts = [_forecast(cohort, rows, run.as_of, horizon / DAYS_OF_MONTH) for cohort in cohorts]
    listed = [line for forecast in forecasts for line in forecast.lines()]
    run.write("_contract_forecast", pa.Table.from_pylist(listed, _FORECAST))
    held_out = max((run.dates.last - grace - run.dates.first).days, 0)
    of = {"cut_on": run.dates.first, "held_out_days": held_out, "what": "months"}
    used = {True: "sbg", False: "plain"}
    return Found(
        _CUSTOMER.bind(day=run.as_of, horizon=horizon),
        [row for c in cohorts for row in check_rows({**c.of, **of}, {"sbg": c.compared}, used[c.used])],
        [_model_row(cohort) for cohort in cohorts],
        _segments(forecasts, rows),
    )


def _cohort(run: Pass, name: str, grace: timedelta) -> _Cohort:
    """Fit one cohort as of the last date, and judge how it would have been fitted at the first."""
    spells = _spells(run.fetch(_SPELL.bind(day=run.as_of)).to_pylist(), name)
    renewals = spells.renewals(run.as_of - grace, MONTHS[name])
    model, compared = sbg.fit(renewals), _judged(run, name, grace)
    used = isinstance(model, Sbg) and compared is not None and compared.better
    curve = Curve.of(model) if used and isinstance(model, Sbg) else Curve.plain(renewals)
    return _Cohort(name, model, compared, used, curve, spells.paid(MONTHS[name]))


def _judged(run: Pass, name: str, grace: timedelta) -> Comparison | None:
    """Compare months paid from the first date of the pass with the model's and the plain ones."""
    cut, until, period = run.dates.first, run.dates.last - grace, MONTHS[name]
    known = _spells(run.fetch(_SPELL.bind(day=cut)).to_pylist(), name)
    renewals = known.renewals(cut - grace, period)
    model, curve = sbg.fit(renewals), Curve.plain(renewals)
    there = _spells(run.fetch(_THEN.bind(cut=cut, until=run.dates.last)).to_pylist(), name)
    if isinstance(model, NotEnough) or curve is None or until <= cut or not len(there.weight):
        return None
    end = np.datetime64(until)
    left_on = np.where(np.isnat(there.ends), end, np.minimum(there.ends, end))
    came = (left_on - np.datetime64(cut)).astype(np.float64) / DAYS_OF_MONTH
    ahead = _ahead(there.starts, cut, period, (until - cut).days / DAYS_OF_MONTH, known.paid(period))
    return compare(ahead.mean(Curve.of(model)), ahead.mean(curve), came, there.weight)


def _spells(rows: list[dict[str, Any]], name: str) -> Spells:
    mine = [row for row in rows if row["cohort"] == name]
    return Spells.of(*([row[column] for row in mine] for column in ("starts_on", "ended_on", "customers")))


def _ahead(starts: Days, day: date, period: int, horizon: float, paid: float) -> Ahead:
    whole = elapsed(starts, day, period)[0]
    left = (anniversary(starts, whole + 1, period) - np.datetime64(day)).astype(np.float64) / DAYS_OF_MONTH
    return Ahead(whole.astype(np.float64), left, period, horizon, paid)


@dataclass(frozen=True)
class _Forecast:
    """What is expected of one cohort, per row of ``_NOW``; ``found`` is None where nothing can be said."""

    cohort: _Cohort
    rows: list[dict[str, Any]]
    ahead: Ahead
    found: Months | None

    def lines(self) -> list[Row]:
        """Return a line per start day, for joining to customers."""
        curve, found = self.cohort.curve, self.found
        rest = self.ahead.residual(curve) if curve else None
        lines: dict[date, Row] = {}
        for n, row in enumerate(self.rows):
            line: Row = {
                "cohort": self.cohort.name,
                "starts_on": row["starts_on"],
                "seen": int(self.ahead.age[n]),
            }
            line["method"] = "sbg" if self.cohort.used else "plain"
            if found is not None and rest is not None:
                parts = (found.mean, found.low, found.high, rest)
                names = ("expected", "low", "high", "residual_months")
                line |= {name: significant(float(part[n])) for name, part in zip(names, parts, strict=True)}
            lines[row["starts_on"]] = line
        return list(lines.values())

    def parameters(self, scopes: Scopes, rows: slice, weight: Floats) -> Floats:
        """Return the variance of weighted totals that comes from the curve's parameters; 0 for the plain one."""
        model = self.cohort.model
        if not self.cohort.used or not isinstance(model, Sbg):
            return np.zeros(len(scopes.segments) + 1)

        def summed(parameters: Floats) -> Floats:
            every = np.zeros(len(scopes.place))
            every[rows] = weight * self.ahead.mean(Curve(float(parameters[0]), float(parameters[1])))
            return scopes.sums(every)

        return model.maximum.variance(summed)


def _forecast(cohort: _Cohort, rows: list[dict[str, Any]], day: date, horizon: float) -> _Forecast:
    mine = [row for row in rows if row["cohort"] == cohort.name]
    starts = np.array([row["starts_on"] for row in mine], "datetime64[D]")
    ahead = _ahead(starts, day, MONTHS[cohort.name], horizon, cohort.paid)
    return _Forecast(cohort, mine, ahead, ahead.months(cohort.curve) if cohort.curve else None)


def _model_row(cohort: _Cohort) -> Row:
    model = cohort.model
    scales = {"alpha": 1.0, "beta": 1.0}
    fitted = (
        model
        if isinstance(model, NotEnough)
        else Fitted(model.maximum, scales, model.log_likelihood, model.decisions)
    )
    return model_row(cohort.of, "sbg", fitted, used=cohort.used, why=why_not(cohort.compared))


def _segments(forecasts: list[_Forecast], rows: list[dict[str, Any]]) -> list[Row]:
    """Return totals over both cohorts; customers of a cohort of which nothing can be said count as unknown."""
    if not rows:
        return []
    ordered = [row for forecast in forecasts for row in forecast.rows]
    scopes = Scopes.of(row["segment"] for row in ordered)
    weight, each = (np.array([float(row[name]) for row in ordered]) for name in ("customers", "mrr"))
    mrr = weight * each
    mean, variance, known = (np.zeros(len(ordered)) for _ in range(3))
    of_months, of_money = (np.zeros(len(scopes.segments) + 1) for _ in range(2))
    first = 0
    for forecast in forecasts:
        mine = slice(first, first + len(forecast.rows))
        first = mine.stop
        if forecast.found is not None:
            mean[mine], variance[mine], known[mine] = forecast.found.mean, forecast.found.variance, 1.0
            of_months += forecast.parameters(scopes, mine, weight[mine])
            of_money += forecast.parameters(scopes, mine, mrr[mine])
    totals = Totals(
        scopes.sums(weight * mean),
        scopes.sums(weight * variance) + of_months,
        scopes.sums(mrr * mean),
        scopes.sums(mrr * each * variance) + of_money,
    )
    return scopes.rows({"basis": "contracts"}, totals, weight, known)
