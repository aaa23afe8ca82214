"""Tables of what became of a play's candidates and proposals."""

from minori.schema.table import Column, Table, Type

TEXT, INTEGER, MONEY = Type.TEXT, Type.INTEGER, Type.MONEY

FATES = ("proposed", "hold_out", "held", "outranked")
_PLAY = Column("play", TEXT, "the play", required=True)

TABLES: tuple[Table, ...] = (
    Table(
        "play_fate",
        "Candidates of a play by what became of them in the end: proposed if they ever were, else the newest fate.",
        (
            _PLAY,
            Column("fate", TEXT, "what became of them", required=True, allowed=FATES),
            Column("guard", TEXT, "the guard that held them; empty: none did", required=True),
            Column("candidates", INTEGER, "how many", required=True),
            Column("customers", INTEGER, "of so many customers", required=True),
        ),
        key=("play", "fate", "guard"),
    ),
    Table(
        "play_answer",
        "Proposals of a play whose answer is known, or whose time to answer is over.",
        (
            _PLAY,
            Column("proposals", INTEGER, "how many", required=True),
            Column("accepted", INTEGER, "of these, accepted", required=True),
            Column("priced", INTEGER, "of the accepted, with a known change of MRR", required=True),
            Column("mrr_change", MONEY, "change of MRR that was accepted; null: none is known"),
        ),
        key=("play",),
    ),
)
