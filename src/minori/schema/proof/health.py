"""Tables of the truth of the score and of learned weights."""

from minori.schema.table import Column, Table, Type

TEXT, INTEGER, DATE, FLAG, NUMBER = Type.TEXT, Type.INTEGER, Type.DATE, Type.FLAG, Type.NUMBER

VERDICTS = ("calibrated", "indicative", "does_not_predict", "not_enough_data")
_AS_OF = Column("as_of", DATE, "last day of data that was looked at", required=True)
_READING = (
    Column("value", NUMBER, "the value; null if unknown"),
    Column("low", NUMBER, "lower end of its 90 % interval"),
    Column("high", NUMBER, "upper end"),
    Column("sample", INTEGER, "what it rests on", required=True),
)

TABLES: tuple[Table, ...] = (
    Table(
        "score_truth",
        "Whether the health score is true: the verdict, and whether it is under the ship floor.",
        (
            _AS_OF,
            Column("score", TEXT, "hash of the definitions of the score that was checked", required=True),
            Column("horizon_days", INTEGER, "days followed after the embargo", required=True),
            Column("embargo_days", INTEGER, "days left out after the frozen date", required=True),
            Column("verdict", TEXT, "the verdict", required=True, allowed=VERDICTS),
            Column("why_ja", TEXT, "why, in Japanese", required=True),
            Column("why_en", TEXT, "why, in English", required=True),
            Column(
                "under_floor",
                FLAG,
                "a criterion is missed or the score does not predict; null: cannot be told",
            ),
            Column("checked_at", Type.INSTANT, "when it was computed", required=True),
        ),
        key=("as_of",),
    ),
    Table(
        "score_reading",
        "A figure of the truth of the score, for one band, side, or all.",
        (
            _AS_OF,
            Column("by", TEXT, "all, segment, stage or touch", required=True),
            Column("class", TEXT, "which one of it; empty for all", required=True),
            Column("band", TEXT, "a band, good, bad, or all", required=True),
            Column("figure", TEXT, "id of the figure", required=True),
            *_READING,
        ),
        key=("as_of", "by", "class", "band", "figure"),
    ),
    Table(
        "score_floor",
        "A criterion of the ship floor.",
        (
            _AS_OF,
            Column("criterion", TEXT, "the criterion", required=True),
            *_READING,
            Column("met", FLAG, "null: not enough data"),
        ),
        key=("as_of", "criterion"),
    ),
    Table(
        "score_migration",
        "Customers that went from one band to another between frozen dates.",
        (
            _AS_OF,
            Column("from_band", TEXT, "band before", required=True),
            Column("to_band", TEXT, "band after; left: no longer paying", required=True),
            Column("customers", INTEGER, "how many", required=True),
        ),
        key=("as_of", "from_band", "to_band"),
    ),
)
