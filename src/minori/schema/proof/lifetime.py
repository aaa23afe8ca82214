"""Tables of lifetime value."""

from minori.schema.table import Column, Table, Type

TEXT, INTEGER, MONEY, DATE, JSON = Type.TEXT, Type.INTEGER, Type.MONEY, Type.DATE, Type.JSON
NUMBER, FLAG = Type.NUMBER, Type.FLAG

BASES = ("orders", "contracts")
"""What a prediction is made from."""
METHODS = ("bgnbd", "gamma_gamma", "own_mean", "own_rate", "sbg", "plain")
"""How it is made. ``own_mean``: BG/NBD's purchases, each worth what the customer's others were; ``own_rate``: who came back
spends as before, newcomers as ``own_mean``; ``plain``: without a model, the rate so far or the average loss per period."""
COHORTS = ("orders", "month", "year")
"""What is modelled together: all that orders, contracts renewed by the month, and by the year."""

_AS_OF = Column("as_of", DATE, "as seen at the end of this day", required=True)
_KEY = Column("customer_key", INTEGER, "64-bit key of the customer", required=True)

TABLES: tuple[Table, ...] = (
    Table(
        "purchase_history",
        "Whoever has bought: repeat purchases, first and last day. A day whose orders net of returns are above 0 counts.",
        (
            _AS_OF,
            _KEY,
            Column("repeats", INTEGER, "days of purchase after the first (x)", required=True),
            Column("last_days", INTEGER, "days from the first to the last of them (t_x)", required=True),
            Column("age_days", INTEGER, "days from the first to as_of (T)", required=True),
            Column("repeat_spend", MONEY, "net amount of the repeats; null if one has no known amount"),
            Column("spend", MONEY, "net amount of all days of purchase, as far as known", required=True),
            Column("returned", MONEY, "taken back on other days, as far as known", required=True),
        ),
        key=("as_of", "customer_key"),
    ),
    Table(
        "purchase_later",
        "What each customer of the first date of a pass did until its last date.",
        (
            _AS_OF,
            _KEY,
            Column("bought", INTEGER, "days of purchase", required=True),
            Column("spent", MONEY, "net of returns; null if an amount is not known"),
        ),
        key=("as_of", "customer_key"),
    ),
    Table(
        "relationship",
        "A customer's unbroken time with a paid contract.",
        (
            _AS_OF,
            _KEY,
            Column("starts_on", DATE, "first day", required=True),
            Column("ended_on", DATE, "first day without; null while it lasts"),
            Column("cohort", TEXT, "renewed by the month or by the year", required=True, allowed=COHORTS[1:]),
            Column("mrr", MONEY, "monthly revenue at as_of", required=True),
        ),
        key=("as_of", "customer_key", "starts_on"),
    ),
    Table(
        "lifetime",
        "What is expected of each customer within the horizon.",
        (
            _AS_OF,
            _KEY,
            Column("customer_id", TEXT, "the customer", required=True),
            Column("basis", TEXT, "orders or contracts", required=True, allowed=BASES),
            Column("segment", TEXT, "segment of the policy"),
            Column("cohort", TEXT, "what was modelled together", required=True, allowed=COHORTS),
            Column("method", TEXT, "how purchases or months were predicted", required=True, allowed=METHODS),
            Column("amount_method", TEXT, "how the amount was", required=True, allowed=METHODS),
            Column("horizon_days", INTEGER, "how far ahead", required=True),
            Column("seen", INTEGER, "repeat purchases, or periods completed", required=True),
            Column("age_days", INTEGER, "days since the first purchase, or since the start", required=True),
            Column("alive", NUMBER, "chance of ever buying again; null where no model says"),
            Column("expected", NUMBER, "purchases, or months paid; null if unknown"),
            Column("low", NUMBER, "lower end of the 90 % interval of what will come"),
            Column("high", NUMBER, "upper end"),
            Column("amount", MONEY, "expected revenue, company currency"),
            Column("amount_low", MONEY, "lower end of its 90 % interval"),
            Column("amount_high", MONEY, "upper end"),
            Column(
                "residual_months",
                NUMBER,
                "discounted months expected in all, without horizon; contracts only",
            ),
        ),
        key=("as_of", "customer_key", "basis"),
    ),
    Table(
        "lifetime_check",
        "A prediction made at an earlier day against what came by as_of; the model beside the plain figure.",
        (
            _AS_OF,
            Column("basis", TEXT, "orders or contracts", required=True, allowed=BASES),
            Column("cohort", TEXT, "what was modelled together", required=True, allowed=COHORTS),
            Column("what", TEXT, "purchases, spend or months", required=True),
            Column("method", TEXT, "how it was predicted", required=True, allowed=METHODS),
            Column("used", FLAG, "whether the prediction of today is made so", required=True),
            Column("cut_on", DATE, "last day that the prediction saw", required=True),
            Column("held_out_days", INTEGER, "days it was made for", required=True),
            Column("customers", NUMBER, "customers compared", required=True),
            Column("correlation", NUMBER, "of predicted and actual; null if one of them did not vary"),
            Column("mae", NUMBER, "mean absolute error per customer", required=True),
            Column("rmse", NUMBER, "root of the mean squared error", required=True),
            Column("predicted", NUMBER, "predicted total", required=True),
            Column("actual", NUMBER, "actual total", required=True),
            Column("gain", NUMBER, "model only: by how much its mean squared error is smaller"),
            Column("gain_low", NUMBER, "lower end of the 90 % interval of the gain"),
            Column("gain_high", NUMBER, "upper end"),
        ),
        key=("as_of", "basis", "cohort", "what", "method"),
    ),
    Table(
        "lifetime_model",
        "The model behind today's prediction, or why there is none.",
        (
            _AS_OF,
            Column("basis", TEXT, "orders or contracts", required=True, allowed=BASES),
            Column("cohort", TEXT, "what was modelled together", required=True, allowed=COHORTS),
            Column("method", TEXT, "bgnbd, gamma_gamma or sbg", required=True, allowed=METHODS),
            Column("used", FLAG, "whether the prediction of today is made so", required=True),
            Column("customers", NUMBER, "customers, or for sbg decisions, it was fitted to", required=True),
            Column("log_likelihood", NUMBER, "at the maximum"),
            Column("parameters", JSON, "each with its 90 % interval; times in days or periods"),
            Column("why", TEXT, "why there is no model, or why it is not used"),
        ),
        key=("as_of", "basis", "cohort", "method"),
    ),
    Table(
        "lifetime_segment",
        "Totals of what is expected, over all and per segment.",
        (
            _AS_OF,
            Column("basis", TEXT, "orders or contracts", required=True, allowed=BASES),
            Column("scope", TEXT, "all or segment", required=True, allowed=("all", "segment")),
            Column("segment", TEXT, "segment; null: none applies"),
            Column("customers", INTEGER, "customers counted", required=True),
            Column(
                "unknown",
                INTEGER,
                "of these: whose amount, or of whom anything, cannot be said",
                required=True,
            ),
            Column("expected", NUMBER, "purchases, or months paid"),
            Column("low", NUMBER, "lower end of the 90 % interval, chance and parameters"),
            Column("high", NUMBER, "upper end"),
            Column("amount", NUMBER, "expected revenue, company currency"),
            Column("amount_low", NUMBER, "lower end of its 90 % interval"),
            Column("amount_high", NUMBER, "upper end"),
        ),
        key=("as_of", "basis", "scope", "segment"),
    ),
)
