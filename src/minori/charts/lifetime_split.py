"""What changed lifetime value: price, frequency, duration."""

from typing import Any

from minori.charts.framed import Heading, nothing
from minori.charts.look import Look
from minori.charts.rows import Rows, known, plain
from minori.charts.steps import CUT, walked
from minori.core.text import Text

PARTS = {
    "before": Text(ja="前の期間", en="Before"),
    "price": Text(ja="単価", en="Price"),
    "frequency": Text(ja="頻度", en="Frequency"),
    "duration": Text(ja="継続期間", en="Duration"),
    "margin": Text(ja="粗利率", en="Margin"),
    "after": Text(ja="後の期間", en="After"),
}
TITLE = Text(ja="LTVの変化の内訳", en="What changed lifetime value")
_TOTALS = ("before", "after")


def lifetime_split(
    rows: Rows, look: Look, *, currency: str, notes: tuple[Text | None, ...] = (), missing: Text | None = None
) -> Any:
    """
    Draw what each part contributed to a change of LTV.

    Parameters
    ----------
    rows
        ``part`` (a key of PARTS) and ``amount`` per customer, in the order in which they are to stand; before and
        after perhaps with ``low`` and ``high``.
    notes
        Lines below the title: both periods, how many customers.
    """
    found = known(plain(rows, look.language), "part", "amount")
    if not found:
        return nothing(look, Heading(TITLE, notes), missing)
    steps = [
        {
            "said": PARTS[row["part"]][look.language],
            "amount": float(row["amount"]),
            "exact": row["amount"],
            "total": row["part"] in _TOTALS,
            "low": row.get("low"),
            "high": row.get("high"),
        }
        for row in found
    ]
    return walked(steps, look, Heading(TITLE, (*notes, CUT)), currency)
