"""Result tables that stages hand to each other from candidates on; singular names, one row per thing named."""

from minori.schema.table import Column, Table, Type

TEXT, INTEGER, MONEY, DATE, FLAG, JSON = Type.TEXT, Type.INTEGER, Type.MONEY, Type.DATE, Type.FLAG, Type.JSON
NUMBER = Type.NUMBER

_AS_OF = Column("as_of", DATE, "as-of date", required=True)
_CUSTOMER = (
    Column("customer_key", INTEGER, "64-bit key of the customer", required=True),
    Column("customer_id", TEXT, "the customer", required=True),
)

_TABLES = (
    Table(
        "signal",
        "A spell: since when a play's condition holds without a longer gap.",
        (
            _AS_OF,
            _CUSTOMER[0],
            Column("play", TEXT, "play", required=True),
            Column("since", DATE, "first day of the spell", required=True),
            Column("age_days", INTEGER, "days since then"),
            Column("older", FLAG, "the spell began before the days looked at"),
            Column("ask", INTEGER, "which time it asks: 0 the first"),
            Column("state", TEXT, "young, again or old"),
        ),
        key=("as_of", "customer_key", "play"),
    ),
    Table(
        "candidate",
        "One play for one customer with its offer, its chance and its value.",
        (
            _AS_OF,
            Column(
                "candidate_id", TEXT, "hash of customer, play and start of spell; later the proposal's id"
            ),
            *_CUSTOMER,
            Column("play", TEXT, "play", required=True),
            Column("since", DATE, "first day of the spell", required=True),
            Column("valid_until", DATE, "last day as a candidate"),
            Column("kind", TEXT, "kind of offer", required=True),
            Column(
                "offer", JSON, "the offer: label, items, choices, benefits; null if there is none to make"
            ),
            Column("refusal", JSON, "why there is no offer to make, in both languages"),
            Column("asks_for_money", FLAG, "whether it asks for money"),
            Column("mrr_change", MONEY, "change of monthly revenue, company currency"),
            Column("once", MONEY, "one-time revenue, company currency"),
            Column("benefit_known", FLAG, "something in it is worth having for this customer"),
            Column("evidence", JSON, "the numbers behind it"),
            Column("because", JSON, "why, in both languages"),
            Column("needs", INTEGER, "how many pieces of evidence are not about time alone"),
            Column("need", NUMBER, "chance that the need is there, as believed from all that speaks for it"),
            Column("lifts_wait", FLAG, "reaching a limit or asking lifts the wait after introduction"),
            Column("channel", TEXT, "how it would reach the customer"),
            Column("owner", TEXT, "who would do it"),
            Column("touch", TEXT, "touch layer"),
            Column("band", TEXT, "health band; null if unknown"),
            Column("loyalty", NUMBER, "loyalty quintile; null if unknown"),
            Column("tenure_days", NUMBER, "days as a customer"),
            Column("accept", NUMBER, "chance that they accept"),
            Column("accept_low", NUMBER, "lower end of its 90 % interval"),
            Column("accept_high", NUMBER, "upper end"),
            Column("accept_answers", INTEGER, "answers it was learned from, beside the prior"),
            Column("anyway", NUMBER, "chance that they would buy without being asked"),
            Column("months", NUMBER, "months counted"),
            Column("if_offered", NUMBER, "expected margin gained by offering"),
            Column("if_nothing", NUMBER, "expected margin of leaving things as they are"),
            Column("harm", NUMBER, "expected margin lost by asking at a wrong time"),
            Column("value", NUMBER, "if_offered − harm, against doing nothing", required=True),
        ),
        key=("as_of", "candidate_id"),
    ),
    Table(
        "guard_answer",
        "What a guard said about a candidate; clear answers are left out.",
        (
            _AS_OF,
            Column("candidate_id", TEXT, "candidate", required=True),
            Column("guard", TEXT, "guard", required=True),
            Column("answer", TEXT, "holds, no_data, not_checked or send_after", required=True),
            Column("until", DATE, "until when; null: while it lasts"),
            Column("reason_ja", TEXT, "why, in Japanese"),
            Column("reason_en", TEXT, "why, in English"),
        ),
        key=("as_of", "candidate_id", "guard"),
    ),
    Table(
        "lot",
        "The draw of each winner that is in an experiment.",
        (
            _AS_OF,
            Column("candidate_id", TEXT, "candidate", required=True),
            Column("experiment", TEXT, "experiment it was drawn in", required=True),
            Column("held_out", FLAG, "left alone until the horizon ends", required=True),
            Column("probability", NUMBER, "probability of what was drawn", required=True),
            Column("until", DATE, "first day after the horizon; null: not held out"),
            Column("reason_ja", TEXT, "why, in Japanese"),
            Column("reason_en", TEXT, "why, in English"),
        ),
        key=("as_of", "candidate_id"),
    ),
    Table(
        "decision",
        "The one fate of every candidate.",
        (
            _AS_OF,
            Column("candidate_id", TEXT, "candidate", required=True),
            *_CUSTOMER,
            Column("play", TEXT, "play", required=True),
            Column("fate", TEXT, "proposed, held, outranked or hold_out", required=True),
            Column("guard", TEXT, "the guard that held it"),
            Column("until", DATE, "until when it is held; null: while it lasts"),
            Column("by", TEXT, "what outranked it: a candidate_id, nothing or capacity"),
            Column("reason_ja", TEXT, "why, in Japanese"),
            Column("reason_en", TEXT, "why, in English"),
            Column("person_decides", FLAG, "never automatic: something about this customer is unknown"),
            Column("place", INTEGER, "place in the day's order, from 1; proposed only"),
            Column("probability", NUMBER, "probability with which this fate was drawn, given that it won"),
            Column("experiment", TEXT, "experiment it was drawn in"),
            Column("value", NUMBER, "value of the candidate"),
        ),
        key=("as_of", "candidate_id"),
    ),
    Table(
        "proposal",
        "A proposal with its words, ready for a person.",
        (
            _AS_OF,
            Column("proposal_id", TEXT, "hash of customer, play and start of spell", required=True),
            *_CUSTOMER,
            Column("play", TEXT, "play", required=True),
            Column("wording", TEXT, "experiment of wordings it was drawn in; null: none"),
            Column("variant", TEXT, "variant of the words that was drawn"),
            Column("message", JSON, "mail, talk and product text in both languages", personal=True),
            Column("proof", JSON, "computed and authored proof, marked apart"),
            Column("roles", JSON, "who reads it, by role, with the words for each", personal=True),
        ),
        key=("as_of", "proposal_id"),
    ),
)

RESULTS: dict[str, Table] = {table.name: table for table in _TABLES}
