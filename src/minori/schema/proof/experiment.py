"""Tables of hold-outs, experiments and pushiness."""

from minori.schema.table import Column, Table, Type

TEXT, INTEGER, DATE, FLAG, NUMBER = Type.TEXT, Type.INTEGER, Type.DATE, Type.FLAG, Type.NUMBER
MONEY = Type.MONEY

_AS_OF = Column("as_of", DATE, "last day of data", required=True)
_POINT = (
    Column("experiment", TEXT, "experiment it was drawn in", required=True),
    Column("play", TEXT, "play whose winner was drawn first", required=True),
    Column("customer_key", INTEGER, "64-bit key of the customer, merged identities as one", required=True),
)

TABLES: tuple[Table, ...] = (
    Table(
        "enrolled",
        "A customer's first lot in an experiment: later lots of the same experiment tell nothing new.",
        (
            *_POINT,
            Column("customer_id", TEXT, "the customer as drawn"),
            Column("drawn_on", DATE, "day of the decision", required=True),
            Column("settled_on", DATE, "end of the horizon", required=True),
            Column("treated", FLAG, "proposed, not held out", required=True),
            Column("share", NUMBER, "chance of being treated", required=True),
            Column("segment", TEXT, "segment on that day"),
            Column("stage", TEXT, "stage on that day"),
            Column("growth_stage", TEXT, "growth stage on that day"),
            Column("touch", TEXT, "touch layer on that day"),
            Column("band", TEXT, "health band on that day"),
        ),
        key=("experiment", "customer_key"),
    ),
    Table(
        "tried",
        "An enrolled customer and what became of it.",
        (
            *_POINT,
            Column("gained_on", DATE, "first upsell, cross-sell or order after the draw"),
            Column("churned_on", DATE, "left, after the draw"),
            Column("mrr_before", MONEY, "monthly revenue on the day of the draw"),
            Column("mrr_after", MONEY, "monthly revenue at the end of the horizon"),
        ),
        key=("experiment", "customer_key"),
    ),
    Table(
        "worded",
        "A customer's first proposal in an experiment of wordings, and whether it was accepted.",
        (
            Column("wording", TEXT, "experiment of wordings", required=True),
            Column("variant", TEXT, "variant that was drawn", required=True),
            Column("play", TEXT, "the play", required=True),
            Column("customer_id", TEXT, "the customer as drawn", required=True),
            Column("drawn_on", DATE, "day of the proposal", required=True),
            Column("settled_on", DATE, "last day on which an answer counts", required=True),
            Column("accepted", FLAG, "accepted by then", required=True),
        ),
        key=("wording", "customer_id"),
    ),
    Table(
        "aftermath",
        "What followed an occasion: a proposal, a yes, or a customer's first lot in an experiment.",
        (
            Column("role", TEXT, "proposal, yes, treated or held_out", required=True),
            Column("unit", TEXT, "the occasion", required=True),
            Column("play", TEXT, "the play; empty if unknown", required=True),
            Column("channel", TEXT, "how it was proposed"),
            Column("owner", TEXT, "who proposed"),
            _POINT[2],
            Column("asked_on", DATE, "day of the occasion", required=True),
            Column("result", TEXT, "answer to the proposal"),
            Column("opted_out", INTEGER, "1: opted out of a channel within 60 days after"),
            Column("opted_before", INTEGER, "1: within the 60 days before"),
            Column("complained", INTEGER, "1: complained within 60 days after"),
            Column("complained_before", INTEGER, "1: within the 60 days before"),
            Column("health_before", NUMBER, "health score 60 days before"),
            Column("health", NUMBER, "health score on the day"),
            Column("health_after", NUMBER, "health score 60 days after"),
            Column("nps_before", NUMBER, "mean NPS answer in the six months before"),
            Column("nps_after", NUMBER, "mean NPS answer in the six months after"),
            Column("churned_on", DATE, "left, after the day"),
            Column("reduced_on", DATE, "first downsell after the day"),
            Column("used", INTEGER, "1: what was newly contracted was used; null: nobody could see it"),
        ),
        key=("role", "unit"),
    ),
    Table(
        "play_verdict",
        "What the proof says of a play, as a whole or in one class of customers; a harmful one is held.",
        (
            _AS_OF,
            Column("play", TEXT, "the play", required=True),
            Column("source", TEXT, "experiment or pushiness", required=True),
            Column("experiment", TEXT, "the experiment; empty for pushiness", required=True),
            Column("stratum", TEXT, "segment, stage, growth_stage, touch or band; empty: all", required=True),
            Column("class", TEXT, "class of the stratum; empty: all", required=True),
            Column("verdict", TEXT, "proven, harmful, not_yet or not_enough", required=True),
            Column("reason_ja", TEXT, "why, in Japanese"),
            Column("reason_en", TEXT, "why, in English"),
            Column("treated", INTEGER, "customers proposed to whose horizon is over"),
            Column("held_out", INTEGER, "customers held out whose horizon is over"),
            Column("waiting", INTEGER, "customers whose horizon is not over"),
            Column(
                "effect",
                NUMBER,
                "share with the wished outcome, treated less held out; for pushiness its points",
            ),
            Column("effect_low", NUMBER, "lower end of its 90 % interval"),
            Column("effect_high", NUMBER, "upper end"),
            Column("e_benefit", NUMBER, "largest stake on benefit so far"),
            Column("e_harm", NUMBER, "largest stake on harm so far"),
            Column("chance_better", NUMBER, "sceptical chance that treated customers do better"),
        ),
        key=("as_of", "play", "source", "experiment", "stratum", "class"),
    ),
)
