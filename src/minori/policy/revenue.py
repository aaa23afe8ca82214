"""``revenue.yaml``: how revenue is counted where tools disagree; each setting is a named variant that can be compared."""

from typing import Literal

from minori.policy.words import Definition


class Revenue(Definition):
    """Everything in ``revenue.yaml``. The first value of each is the default.

    ``newcomers``: what a customer who came (or came back) within a period bought in it is part of its new MRR (``net``),
    or counts by its kind, so that months add up to years (``by_kind``, as ChartMogul).
    ``same_period``: who came and left within one period is left out (ProfitWell) or counted (Baremetrics).
    ``reactivation``: shown apart from net revenue retention, or set against churn (ChartMogul).
    ``contraction``: counted in net revenue retention, or left out of it (as Baremetrics published it).
    ``metered``: contracts on plans of the model ``metered`` are included, or excluded (Stripe, ProfitWell).
    ``rate_counts``: upsell and cross-sell rates count customers who said yes, or every success.
    """

    newcomers: Literal["net", "by_kind"] = "net"
    same_period: Literal["ignored", "counted"] = "ignored"
    reactivation: Literal["apart", "offsets_churn"] = "apart"
    contraction: Literal["counted", "left_out"] = "counted"
    metered: Literal["included", "excluded"] = "included"
    rate_counts: Literal["customers", "successes"] = "customers"
