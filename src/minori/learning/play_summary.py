"""What became of each play: how often it fired, what held it, what was proposed and answered."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from minori.core.figure import Figure, Reading
from minori.lake.stage import Pass, Stage
from minori.learning import play_figures as figures
from minori.query.sql import sql
from minori.stats.reading import observed
from minori.stats.rounding import significant

Row = Mapping[str, Any]
_FATE = sql("""
    with fated as (
        select candidate_id, play, customer_key,
               max(case when fate = 'proposed' then 1 else 0 end) as was_proposed,
               max(case when fate = 'hold_out' then 1 else 0 end) as was_held_out,
               arg_max(fate, as_of) as newest_fate, arg_max(coalesce(guard, ''), as_of) as newest_guard
        from run_decision
        where as_of > $since and as_of <= $until
        group by candidate_id, play, customer_key
    ), ended as (
        select play, customer_key,
               case when was_proposed = 1 then 'proposed' when was_held_out = 1 then 'hold_out'
                    else newest_fate end as fate,
               case when was_proposed = 0 and was_held_out = 0 and newest_fate = 'held'
                    then newest_guard else '' end as guard
        from fated
    )
    select play, fate, guard, count(*) as candidates, count(distinct customer_key) as customers
    from ended group by play, fate, guard
""")
_ANSWER = sql("""
    select play, count(*) as proposals, sum(case when accepted then 1 else 0 end) as accepted,
           sum(case when accepted and mrr_change is not null then 1 else 0 end) as priced,
           sum(case when accepted then cast(mrr_change as decimal(18, 4)) end) as mrr_change
    from asked where proposed_on > $since group by play
""")


def stage(since: date) -> Stage:
    """Return the stage that counts what became of candidates and proposals after a day."""

    def compute(run: Pass) -> None:
        run.create("play_fate", _FATE.bind(since=since, until=run.as_of))
        run.create("play_answer", _ANSWER.bind(since=since))

    return Stage(
        "play_summary",
        reads=("run_decision", "asked"),
        writes=("play_fate", "play_answer"),
        run=compute,
        says="what became of each play",
    )


def counts(fates: Sequence[Row]) -> Iterator[tuple[Reading, str]]:
    """Yield what became of a play's candidates, each with the guard it is about (empty: none)."""
    whole = sum(row["candidates"] for row in fates)
    yield Reading(figures.FIRED, float(whole), whole), ""
    for fate, figure in figures.FATES.items():
        yield _share(figure, [row for row in fates if row["fate"] == fate], whole), ""
    for row in sorted(fates, key=lambda row: (-row["candidates"], row["guard"])):
        if row["guard"]:
            yield _share(figures.HELD, [row], whole), str(row["guard"])


def answers(row: Row | None) -> Iterator[Reading]:
    """Yield what was answered; None: nothing was proposed."""
    asked, accepted = (int(row["proposals"]), int(row["accepted"])) if row else (0, 0)
    yield observed(figures.ACCEPTED, accepted, asked)
    if row and row["mrr_change"] is not None:
        yield Reading(figures.SIGNED, row["mrr_change"], int(row["priced"]))
    else:
        yield Reading(figures.SIGNED, None, accepted, missing=figures.NO_AMOUNT)


def _share(figure: Figure, rows: Sequence[Row], whole: int) -> Reading:
    return Reading(figure, significant(sum(row["candidates"] for row in rows) / whole), whole)
