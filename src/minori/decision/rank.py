"""The one fate of every candidate: the table ``decision``, and ``lot`` with the draw of each winner.

Guards come first; then doing nothing, which is worth 0; then the best of each customer; then what people can
work on in a day; last the hold-out, on the single winner only (SEMANTICS 11).
"""

from collections import defaultdict

import pyarrow as pa
from sqlglot import exp

from minori.core.text import LANGUAGES, Language, Text
from minori.decision import lots
from minori.decision.words import filled
from minori.lake.stage import Pass, Stage
from minori.lake.types import arrow_type
from minori.policy.definitions import Policy
from minori.query.sql import column, literal, sql
from minori.schema.results import RESULTS

NOTHING = "nothing"
CAPACITY = "capacity"
TECH = "tech"
"""The touch layer in which no person stands between us and the customer."""

_NOTHING = Text(
    ja="今はお声がけしない方がよいと見込まれるため、ご提案しません。",
    en="Doing nothing is expected to be worth at least as much.",
)
_CAPACITY = Text(
    ja="担当者が一日に対応できる件数を超えたため、今回は見送ります。状況が続けば翌日以降に改めて検討します。",
    en="More than the owner can work on in a day; looked at again tomorrow if the situation lasts.",
)
_ANOTHER = Text(
    ja="このお客様には、より価値の高い「{play}」を優先します。",
    en="'{play}' is worth more for this customer and comes first.",
)

# Comparing and ordering read the stored value, and every order ends in the id.
_JUDGED = sql("""
    with hold as (
        select as_of, candidate_id, guard, until, reason_ja, reason_en,
               row_number() over (
                   partition by as_of, candidate_id
                   order by case when until is null then 0 else 1 end, until desc, guard
               ) as latest
        from guard_answer
        where answer = 'holds'
    ), unsure as (
        select distinct as_of, candidate_id from guard_answer where answer in ('no_data', 'not_checked')
    ), made as (
        select distinct as_of, proposal_id from proposals where _day < as_of
    )
    select c.as_of, c.candidate_id, c.customer_key, c.customer_id, c.play, c.since, c.asks_for_money, c.owner,
           c.value, coalesce(c.loyalty, 0) as loyalty, h.guard, h.until, h.reason_ja, h.reason_en,
           u.candidate_id is not null as person_decides,
           m.proposal_id is not null or (u.candidate_id is null and $hands_free) as takes_no_time,
           case when h.guard is not null then 'held' when c.value > 0 then 'free' else 'idle' end as standing
    from candidate c
    left join hold h on h.as_of = c.as_of and h.candidate_id = c.candidate_id and h.latest = 1
    left join unsure u on u.as_of = c.as_of and u.candidate_id = c.candidate_id
    left join made m on m.as_of = c.as_of and m.proposal_id = c.candidate_id
""")
_FATE = sql("""
    with ranked as (
        select as_of, candidate_id, owner, value, loyalty, standing, takes_no_time,
               row_number() over best as position, first_value(candidate_id) over best as winner,
               first_value(play) over best as winning_play
        from _judged
        window best as (
            partition by as_of, customer_key, standing order by value desc, loyalty desc, candidate_id
        )
    ), queued as (
        select as_of, candidate_id, owner, standing, takes_no_time, position, winner, winning_play,
               row_number() over (
                   partition by as_of, owner, standing, position, takes_no_time
                   order by value desc, loyalty desc, candidate_id
               ) as turn
        from ranked
    ), outdone as (
        select as_of, candidate_id, standing, winning_play,
               case when standing = 'held' then null when standing = 'idle' then $nothing
                    when position > 1 then winner
                    when not takes_no_time and turn > $most then $capacity end as outranked_by
        from queued
    )
    select as_of, candidate_id, winning_play, outranked_by,
           case when standing = 'held' then 'held' when outranked_by is not null then 'outranked'
                else 'won' end as fate
    from outdone
""")
_WINNERS = sql("""
    select j.as_of, j.candidate_id, j.customer_key, j.customer_id, j.play, j.since, j.asks_for_money
    from _judged j
    join _fate f on f.as_of = j.as_of and f.candidate_id = j.candidate_id
    where f.fate = 'won' and j.play in ($plays)
    order by j.as_of, j.candidate_id
""")
_MERGED = sql("""
    select distinct i.as_of, i.into_key as customer_key, l.from_id
    from identity i
    join identity_links l on l.as_of = i.as_of and l.from_key = i.from_key
    order by i.as_of, customer_key, l.from_id
""")
_DECISION = sql("""
    with settled as (
        select j.as_of, j.candidate_id, j.customer_key, j.customer_id, j.play, j.guard, j.person_decides,
               j.value, j.loyalty, f.outranked_by,
               case when l.held_out then 'hold_out' when f.fate = 'won' then 'proposed'
                    else f.fate end as fate,
               coalesce(j.until, l.until) as until,
               coalesce(j.reason_ja, l.reason_ja, $outranked_ja) as reason_ja,
               coalesce(j.reason_en, l.reason_en, $outranked_en) as reason_en,
               cast(coalesce(l.probability, 1) as double) as probability, l.experiment
        from _judged j
        join _fate f on f.as_of = j.as_of and f.candidate_id = j.candidate_id
        left join lot l on l.as_of = j.as_of and l.candidate_id = j.candidate_id
    )
    select as_of, candidate_id, customer_key, customer_id, play, fate, guard, until, outranked_by as "by",
           reason_ja, reason_en, person_decides,
           case when fate = 'proposed' then row_number() over (
               partition by as_of, fate order by value desc, loyalty desc, candidate_id
           ) end as place,
           probability, experiment, value
    from settled
    order by as_of, candidate_id
""")
_LOT = pa.schema([pa.field(c.name, arrow_type(c.type)) for c in RESULTS["lot"].columns])


def compute(run: Pass) -> None:
    """Set ``decision`` and ``lot``."""
    run.create("_judged", _JUDGED.bind(hands_free=_hands_free(run.policy)))
    run.create("_fate", _FATE.bind(most=_most(run), nothing=NOTHING, capacity=CAPACITY))
    run.write("lot", _lots(run))
    words = {f"outranked_{language}": _outranked(run.policy, language) for language in LANGUAGES}
    run.create("decision", _DECISION.bind(**words))


def _hands_free(policy: Policy) -> exp.Expression:
    """Return the condition over ``candidate c`` that nobody needs to do anything for it."""
    in_product = exp.EQ(this=column("channel", "c"), expression=literal("in_product"))
    touch = exp.func("coalesce", column("touch", "c"), literal(TECH))
    conditions = [exp.and_(in_product, exp.EQ(this=touch, expression=literal(TECH)))]
    for play in sorted(policy.plays.values(), key=lambda p: p.id):
        if play.automatic:
            this_play = exp.EQ(this=column("play", "c"), expression=literal(play.id))
            layers = [literal(layer) for layer in play.automatic]
            conditions.append(exp.and_(this_play, exp.In(this=column("touch", "c"), expressions=layers)))
    return exp.paren(exp.func("coalesce", exp.or_(*conditions), exp.false()))


def _most(run: Pass) -> exp.Expression:
    """Return how many proposals the ``owner`` can work on in a day: the team says, else the default."""
    default = literal(run.policy.guards.ranking.proposals_a_day)
    team = sorted(run.team.items())
    own = {owner: most for owner, member in team if (most := member.proposals_a_day) is not None}
    if not own:
        return default
    case = exp.case(column("owner"))
    for owner, most in own.items():
        case = case.when(literal(owner), literal(most))
    return case.else_(default)


def _lots(run: Pass) -> pa.Table:
    policy = run.policy
    may_draw = [p.id for p in policy.plays.values() if lots.experiment_of(p, policy, asks_for_money=True)]
    if not may_draw:
        return _LOT.empty_table()
    winners = run.fetch(_WINNERS.bind(plays=sorted(may_draw))).to_pylist()
    drawn = list(lots.drawn(winners, policy, _merged(run)))
    columns = zip(*drawn, strict=True) if drawn else ((),) * len(_LOT)
    return pa.table(dict(zip(_LOT.names, map(list, columns), strict=True)), _LOT)


def _merged(run: Pass) -> dict[lots.Point, list[str]]:
    ids: dict[lots.Point, list[str]] = defaultdict(list)
    if run.linked:
        for row in run.fetch(_MERGED.bind()).to_pylist():
            ids[row["as_of"], row["customer_key"]].append(row["from_id"])
    return ids


def _outranked(policy: Policy, language: Language) -> exp.Expression:
    """Return why something was outranked, as an expression over ``outranked_by`` and ``winning_play``."""
    by = column("outranked_by", "f")
    case = exp.case()
    for name, text in ((NOTHING, _NOTHING), (CAPACITY, _CAPACITY)):
        case = case.when(exp.EQ(this=by.copy(), expression=literal(name)), literal(text[language]))
    labels = exp.case(column("winning_play", "f"))
    for play in sorted(policy.plays.values(), key=lambda p: p.id):
        text = filled(_ANOTHER, {"play": play.id}, policy)
        labels = labels.when(literal(play.id), literal(text[language]))
    known = exp.Not(this=exp.Is(this=by.copy(), expression=exp.null()))
    return case.when(known, labels if policy.plays else literal(""))


STAGE = Stage(
    "decision",
    reads=("candidate", "guard_answer", "proposals", "identity_links", "identity"),
    writes=("decision", "lot"),
    run=compute,
    says="the one fate of every candidate",
)
