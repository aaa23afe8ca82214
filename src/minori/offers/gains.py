"""Whether an offer lifts a limit that presses."""

from decimal import Decimal

from minori.offers.case import Case, Priced
from minori.offers.combined import case_after
from minori.offers.limits import limit_now, needed
from minori.offers.present import presents

PRESSES = Decimal("0.8")  # the share at which plays speak of a limit


def lifts_a_pressing_limit(case: Case, priced: Priced) -> bool:
    """Return whether the offer raises a limit of which the customer needs 80 % or more."""
    after = {held.product_id: held for held in presents(case_after(case, priced))}
    for held in presents(case):
        for name in held.plan.limits:
            need, now = needed(case, name), limit_now(held, name)
            then = limit_now(after[held.product_id], name) if held.product_id in after else None
            if (
                need is not None
                and now is not None
                and then is not None
                and need >= PRESSES * now
                and then > now
            ):
                return True
    return False
