"""How long contracts last: Kaplan-Meier, and the sBG curve where it can be fitted."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from minori.charts.look import Look
from minori.core.text import Text
from minori.kpis import lifetime_histories, movement
from minori.kpis.lifetime_months import DAYS_OF_MONTH, MONTHS, Spells
from minori.metrics import points
from minori.pipeline.chart import Asked, Charted
from minori.pipeline.session import Session
from minori.query.sql import sql
from minori.stats import sbg
from minori.stats.fitting import NotEnough
from minori.stats.rounding import significant
from minori.stats.survival import kaplan_meier

_AHEAD = 1.5  # the model is drawn so much further than anybody was followed
_SPELLS = sql("""
    select cohort, starts_on, ended_on from relationship
    where as_of = $day order by cohort, starts_on, ended_on
""")
_SINCE = Text(
    ja="{day}より前に始まった契約は、その頃の解約が記録にないため除いています。",
    en="Contracts that began before {day} are left out: no loss from before that day is on record.",
)
_NOTHING = Text(ja="契約のデータがありません", en="there are no contracts")
_COHORTS = {
    "month": Text(ja="月契約", en="monthly contracts"),
    "year": Text(ja="年契約", en="yearly contracts"),
}


def draw(asked: Asked, look: Look) -> Any:
    """Draw it; without a subject, of the kind of contract that most have."""
    with asked.workspace.session() as session:
        day = asked.workspace.day(session, asked.until)
        spells = spells_of(session, day)
        grace = session.workspace.company.renewal_grace
    return picture(spells, asked.subject or most(spells), day - timedelta(days=grace), look)


def most(spells: pa.Table) -> str:
    """Return the kind of contract that most have."""
    kinds = spells["cohort"].to_pylist()
    return max(_COHORTS, key=lambda name: (kinds.count(name), name))


def picture(spells: pa.Table, kind: str, known_until: date, look: Look) -> Any:
    """Draw how long contracts of a kind last; what ends after ``known_until`` is not final."""
    from minori.charts.survival import TITLE, survival

    since = min((row["ended_on"] for row in spells.to_pylist() if row["ended_on"]), default=date.min)
    own = [row for row in spells.to_pylist() if row["cohort"] == kind]
    chosen = [row for row in own if row["starts_on"] >= since]
    since_note = _SINCE.fill({"day": str(since)}) if len(chosen) < len(own) else None
    return survival(
        rows(chosen, known_until),
        look,
        fit=fitted(chosen, kind, known_until),
        title=Text(ja=f"{TITLE.ja}({_COHORTS[kind].ja})", en=f"{TITLE.en}: {_COHORTS[kind].en}"),
        notes=(_counted(chosen, known_until), since_note),
        missing=_NOTHING,
    )


def spells_of(session: Session, day: date) -> pa.Table:
    """Return when each customer's time began and ended: ``cohort``, ``starts_on``, ``ended_on`` (null: it lasts)."""
    stages = (points.STAGE, movement.STAGE, lifetime_histories.STAGE)
    run = session.run_pass(stages, [day], place="chart_")
    return run.fetch(_SPELLS.bind(day=day))


def rows(spells: list[dict[str, Any]], known_until: date) -> list[dict[str, Any]]:
    """Return the Kaplan-Meier curve in months; what ends after ``known_until`` is not final and not counted."""
    began = [row for row in spells if row["starts_on"] < known_until]
    if not began:
        return []
    gone = [row["ended_on"] is not None and row["ended_on"] <= known_until for row in began]
    ends = [row["ended_on"] if left else known_until for row, left in zip(began, gone, strict=True)]
    months = [(end - row["starts_on"]).days / DAYS_OF_MONTH for row, end in zip(began, ends, strict=True)]
    curve = kaplan_meier(months, gone)
    columns = (curve.times, curve.estimate, curve.low, curve.high, curve.at_risk)
    first = {"months": 0.0, "share": 1.0, "low": 1.0, "high": 1.0, "sample": len(began)}
    names = tuple(first)
    found = [
        dict(zip(names, map(significant, map(float, row)), strict=True)) for row in zip(*columns, strict=True)
    ]
    return [first, *found]


def fitted(spells: list[dict[str, Any]], kind: str, known_until: date) -> list[dict[str, Any]]:
    """Return the sBG curve with its band, per renewal; empty where there is not enough to fit it."""
    period = MONTHS[kind]
    groups = Spells.of([r["starts_on"] for r in spells], [r["ended_on"] for r in spells], [1] * len(spells))
    renewals = groups.renewals(known_until, period)
    model = sbg.fit(renewals)
    if isinstance(model, NotEnough):
        return []
    ages = np.arange(int(np.ceil(len(renewals.lost) * _AHEAD)) + 1)
    low, high = model.survival_band(ages)
    columns = (ages * period, model.survival(ages), low, high)
    names = ("months", "share", "low", "high")
    return [
        dict(zip(names, map(significant, map(float, row)), strict=True)) for row in zip(*columns, strict=True)
    ]


def _counted(spells: list[dict[str, Any]], known_until: date) -> Text:
    gone = sum(row["ended_on"] is not None and row["ended_on"] <= known_until for row in spells)
    return Text(
        ja=f"{known_until}まで・{len(spells):,}件、うち終了 {gone:,}件",
        en=f"Up to {known_until}; {len(spells):,} customers, {gone:,} of them left",
    )


KIND = Charted(
    Text(ja="契約の継続率(生存曲線)", en="How long contracts last (survival curve)"),
    draw,
    Text(ja="month(月契約)か year(年契約)", en="month or year"),
    ("month", "year"),
)
