"""MRR from opening to closing, movement by movement."""

from typing import Any

from minori.charts.framed import Heading, nothing
from minori.charts.look import Look
from minori.charts.rows import Rows, known, plain
from minori.charts.steps import CUT, walked
from minori.core.text import Text

MOVEMENTS = {
    "opening": Text(ja="期首", en="Opening"),
    "new": Text(ja="新規", en="New"),
    "upsell": Text(ja="アップセル", en="Upsell"),
    "cross_sell": Text(ja="クロスセル", en="Cross-sell"),
    "downsell": Text(ja="ダウンセル", en="Downsell"),
    "churn": Text(ja="解約", en="Churn"),
    "reactivation": Text(ja="再開", en="Reactivation"),
    "currency": Text(ja="為替", en="Currency"),
    "unknown": Text(ja="金額不明", en="Unknown"),
    "closing": Text(ja="期末", en="Closing"),
}
TITLE = Text(ja="MRRの増減", en="Movements of MRR")
_TOTALS = ("opening", "closing")


def waterfall(
    rows: Rows, look: Look, *, currency: str, notes: tuple[Text | None, ...] = (), missing: Text | None = None
) -> Any:
    """
    Draw the movements of MRR.

    Parameters
    ----------
    rows
        ``step`` (a key of MOVEMENTS) and ``amount``, in the order in which they are to stand.
    notes
        Lines below the title: the period, how many customers.
    missing
        Why there is nothing, if there are no rows.
    """
    found = known(plain(rows, look.language), "step", "amount")
    if not found:
        return nothing(look, Heading(TITLE, notes), missing)
    steps = [
        {
            "said": MOVEMENTS[row["step"]][look.language],
            "amount": float(row["amount"]),
            "exact": row["amount"],
            "total": row["step"] in _TOTALS,
        }
        for row in found
    ]
    return walked(steps, look, Heading(TITLE, (*notes, CUT)), currency)
