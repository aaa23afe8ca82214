"""Tables of the learned chance of acceptance."""

from minori.schema.table import Column, Table, Type

TEXT, INTEGER, DATE, FLAG, NUMBER, JSON = (
    Type.TEXT,
    Type.INTEGER,
    Type.DATE,
    Type.FLAG,
    Type.NUMBER,
    Type.JSON,
)
ADOPTED, REPLACED, ROLLED_BACK = STATES = ("adopted", "replaced", "rolled_back")

MODEL = Table(
    "model",
    "A version of the learned chances; runs use the adopted one that was trained as of their day or before.",
    (
        Column("version", INTEGER, "number of the training, from 1", required=True),
        Column("part", TEXT, "which plays: sale (they sell) or keep (they keep the customer)", required=True),
        Column("as_of", DATE, "last day of facts it was trained on", required=True),
        Column("trained_at", Type.INSTANT, "when it was trained", required=True),
        Column("policy_hash", TEXT, "policy whose metrics it reads", required=True),
        Column("state", TEXT, "state of the version", required=True, allowed=STATES),
        Column("learned", FLAG, "it beat the plays' own rates in time order", required=True),
        Column("rung", INTEGER, "rung of the ladder, from 0", required=True),
        Column("kind", TEXT, "kind of model on it", required=True),
        Column("answers", INTEGER, "proposals with an answer it was trained on", required=True),
        Column("events", INTEGER, "of these, accepted", required=True),
        Column("metrics", JSON, "columns it reads with their direction", required=True),
        Column(
            "validation", JSON, "forecasts made in time order against the answers; null if there are none"
        ),
        Column("trail", JSON, "every comparison of the ladder", required=True),
        Column("warnings", JSON, "columns refused or flagged, and how the base rate moved", required=True),
        Column("body", JSON, "the model itself", required=True),
    ),
    key=("version", "part"),
)
LEARNED_CHANCE = Table(
    "learned_chance",
    "The learned chance that a customer accepts a play's proposal at the usual price; absent where none is learned.",
    (
        Column("as_of", DATE, "as-of date", required=True),
        Column("customer_key", INTEGER, "64-bit key of the customer", required=True),
        Column("play", TEXT, "play", required=True),
        Column("chance", NUMBER, "chance that they accept", required=True),
        Column("low", NUMBER, "lower end of its 90 % interval", required=True),
        Column("high", NUMBER, "upper end", required=True),
        Column("based_on", INTEGER, "answers it was learned from", required=True),
        Column("version", INTEGER, "version of the model", required=True),
        Column("because", JSON, "which metrics raised or lowered it, in both languages", required=True),
    ),
    key=("as_of", "customer_key", "play"),
)
WEIGHT_CHANGE = Table(
    "weight_change",
    "A change of the health score's weights that was learned and that a person accepted.",
    (
        Column("as_of", DATE, "last day of facts it was learned from", required=True),
        Column("accepted_at", Type.INSTANT, "when", required=True),
        Column("accepted_by", TEXT, "by whom", required=True, personal=True),
        Column("file", TEXT, "file that was changed", required=True),
        Column("diff", TEXT, "the change as a unified diff", required=True),
        Column("grounds", JSON, "the comparison in time order", required=True),
    ),
    key=("accepted_at",),
)
TABLES: tuple[Table, ...] = (MODEL, LEARNED_CHANCE, WEIGHT_CHANGE)
