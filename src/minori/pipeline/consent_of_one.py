"""The consent of the one person who is written to: that of a colleague is not theirs."""

from minori.core.text import Text
from minori.lake.stage import Pass
from minori.query.sql import sql

# The newest word counts, for the channel or for all; of one instant the stricter.
_SAID = sql("""
    select user_key is null or user_key = $customer as by_customer, granted
    from consents
    where customer_key = $customer and (channel = $channel or channel = 'all')
      and (user_key is null or user_key = $user or user_key = $customer)
    order by said_at desc, case when granted then 1 else 0 end, _id
""")
_OPTED_OUT = Text(
    ja="この方から配信停止のお申し出をいただいているため、お送りしません。",
    en="This person has opted out; nothing is sent.",
)
_MISSING = Text(
    ja="この方からこの連絡手段（{channel}）への同意をいただいていないため、お送りしません。",
    en="This person has not consented to this channel ({channel}); nothing is sent.",
)


def refused(run: Pass, customer: int, user: int, channel: str, *, needed: bool) -> Text | None:
    """Return why a person must not be written to on a channel; None if they may.

    An opt-out of theirs or of the customer itself holds whatever the policy says. Where consent is ``needed``, theirs counts,
    else that of the customer itself. ``customer`` and ``user`` are keys; they are equal where nobody in particular is meant.
    """
    rows = run.fetch(_SAID.bind(customer=customer, user=user, channel=channel)).to_pylist()
    said = [
        group[0] for by in (False, True) if (group := [r["granted"] for r in rows if r["by_customer"] is by])
    ]
    if not all(said):
        return _OPTED_OUT
    if needed and not said and "consents" in run.connected:
        return _MISSING.fill({"channel": channel})
    return None
