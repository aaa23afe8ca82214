"""Tables of the stored proof: what pages show without computing anything.

``store_proof`` is their one writer and replaces rows per day and part; ``proof_part`` says which parts there are.
A page reads each table by one condition, ``as_of``; the newest day of ``proof_part`` is the newest proof.

=============  ===================================================================================
part           subject and aspect in ``proof_figure``; '' is all
=============  ===================================================================================
revenue        subject: '' (all) or cohort's start month; aspect: '' (the period), 'year' (the twelve
               months that end with it), or months since the start
shop           the same, from orders
value          subject: contracts or orders; aspect: before, period, change or what_if
lifetime       subject: basis, or basis:segment; aspect: '' or how well it was predicted: cohort:what:model|plain
score          subject: '' or the class; aspect: band, good, bad, all or floor
experiments    subject: play; aspect: '' or stratum:class
uplift         subject: play; aspect: ''
pushiness      subject: play, channel, owner or month; aspect: which of these
after_yes      subject: play; aspect: ''
plays          subject: play; aspect: '' or the guard
backtests      subject: play; aspect: outcome
learned        subject: sale or keep; aspect: ''
claims         subject: claim; aspect: own, seen or published; or 'cs' for CS as a profit centre
=============  ===================================================================================
"""

from minori.schema.table import Column, Table, Type

TEXT, INTEGER, DATE, FLAG, NUMBER = Type.TEXT, Type.INTEGER, Type.DATE, Type.FLAG, Type.NUMBER
MONEY, JSON = Type.MONEY, Type.JSON

STORED, NOT_ENOUGH, FAILED = STATES = ("stored", "not_enough", "failed")
LIGHT, DARK = THEMES = ("light", "dark")
_DAY = (
    Column("as_of", DATE, "last day of data that was looked at", required=True),
    Column("part", TEXT, "part of the proof", required=True),
)
_SUBJECT = Column("subject", TEXT, "what it is about: a play, a claim, a cohort; empty: all", required=True)
_ASPECT = Column("aspect", TEXT, "which side or class of the subject; empty: the whole", required=True)
_PERIOD = (
    Column("period_from", DATE, "first day of the period; null: not of a period"),
    Column("period_until", DATE, "first day after it"),
)

PART = Table(
    "proof_part",
    "A part of the proof of a day: whether it is there, why not, what it rests on, how long it took.",
    (
        *_DAY,
        Column("state", TEXT, "whether it is there", required=True, allowed=STATES),
        Column("why_ja", TEXT, "why it is not, in Japanese"),
        Column("why_en", TEXT, "why it is not, in English"),
        Column("rows", INTEGER, "rows that it has in the other tables", required=True),
        Column("seconds", NUMBER, "how long it took", required=True),
        Column("basis", TEXT, "hash of the policy and of the tables' versions", required=True),
        Column("computed_at", Type.INSTANT, "when", required=True),
    ),
    key=("as_of", "part"),
)
FIGURE = Table(
    "proof_figure",
    "A reading of a declared figure: value, interval, sample, or why there is no value.",
    (
        *_DAY,
        Column("figure", TEXT, "id of the figure", required=True),
        _SUBJECT,
        _ASPECT,
        *_PERIOD,
        Column("place", INTEGER, "order in which the part shows its readings, from 0", required=True),
        Column("unit", TEXT, "share, money, count, days, months, ratio, points or number", required=True),
        Column("value", NUMBER, "the value; null if unknown"),
        Column("low", NUMBER, "lower end of its interval; null: no estimate"),
        Column("high", NUMBER, "upper end"),
        Column("level", NUMBER, "of the interval; null: none"),
        Column("amount", MONEY, "the value exactly, where it is money in the company's currency"),
        Column("sample", INTEGER, "what it rests on", required=True),
        Column("observational", FLAG, "nobody drew lots: never an effect", required=True),
        Column("missing_ja", TEXT, "why there is no value, in Japanese"),
        Column("missing_en", TEXT, "why there is no value, in English"),
        Column("note_ja", TEXT, "what more there is to say, in Japanese"),
        Column("note_en", TEXT, "what more there is to say, in English"),
    ),
    key=("as_of", "part", "figure", "subject", "aspect", "period_from"),
)
MOVEMENT = Table(
    "proof_movement",
    "MRR of a period step by step: opening, what moved it, closing; to the smallest unit.",
    (
        *_DAY,
        Column("period_from", DATE, "first day of the period", required=True),
        Column("period_until", DATE, "first day after it", required=True),
        Column("whole", FLAG, "the period is over", required=True),
        Column("product_id", TEXT, "product; null: all together"),
        Column("place", INTEGER, "order of the step, from 0", required=True),
        Column("step", TEXT, "opening, new, upsell, cross_sell, ..., closing", required=True),
        Column("amount", MONEY, "MRR, company currency", required=True),
        Column("customers", INTEGER, "customers at opening and closing of all products; else null"),
    ),
    key=("as_of", "part", "period_from", "product_id", "step"),
)
CURVE = Table(
    "proof_curve",
    "What would have followed a play's fires, had one of its thresholds been another: a slider reads this.",
    (
        *_DAY,
        Column("play_id", TEXT, "the play", required=True),
        Column("threshold_place", INTEGER, "which threshold of the condition, from 0", required=True),
        Column("threshold_name", TEXT, "what is compared", required=True),
        Column("comparison", TEXT, "how: >=, <, ...", required=True),
        Column("threshold", NUMBER, "the number it is compared with", required=True),
        Column("current", FLAG, "the play's own number", required=True),
        Column("outcome", TEXT, "expanded, churned or bought", required=True),
        Column("fires", INTEGER, "fires that could be followed", required=True),
        Column("customers", INTEGER, "of so many customers", required=True),
        Column("happened", INTEGER, "fires after which it happened", required=True),
        Column("rate", NUMBER, "share after a fire"),
        Column("rate_low", NUMBER, "lower end of its 90 % interval"),
        Column("rate_high", NUMBER, "upper end"),
        Column("base_rate", NUMBER, "share of comparable others"),
        Column("lift", NUMBER, "rate over base rate; null: not enough data"),
        Column("low", NUMBER, "lower end of the lift's 90 % interval"),
        Column("high", NUMBER, "upper end"),
        Column("foreseen", NUMBER, "share of all such events before which it had fired"),
        Column("sample", INTEGER, "fires behind the lift", required=True),
    ),
    key=("as_of", "part", "play_id", "threshold_place", "threshold", "outcome"),
)
VERDICT = Table(
    "proof_verdict",
    "What the proof says in words: of the score, of each play, of what was learned, of a claim.",
    (
        *_DAY,
        _SUBJECT,
        _ASPECT,
        Column("code", TEXT, "the verdict", required=True),
        Column("label_ja", TEXT, "the verdict in a word or two, in Japanese", required=True),
        Column("label_en", TEXT, "the same in English", required=True),
        Column("why_ja", TEXT, "why, in Japanese"),
        Column("why_en", TEXT, "why, in English"),
    ),
    key=("as_of", "part", "subject", "aspect"),
)
CHART = Table(
    "proof_chart",
    "A chart, ready to be drawn: its Vega-Lite specification, with its data in it.",
    (
        *_DAY,
        Column("chart", TEXT, "name of the chart, as of ``minori chart``", required=True),
        Column("subject", TEXT, "its subject; empty: it takes none", required=True),
        Column("language", TEXT, "ja or en", required=True, allowed=("ja", "en")),
        Column("theme", TEXT, "light or dark", required=True, allowed=THEMES),
        Column("width", INTEGER, "pixels of the whole picture", required=True),
        Column("spec", JSON, "Vega-Lite specification", required=True),
    ),
    key=("as_of", "part", "chart", "subject", "language", "theme", "width"),
)
TABLES: tuple[Table, ...] = (PART, FIGURE, MOVEMENT, CURVE, VERDICT, CHART)
