"""MRR from opening to closing, movement by movement."""

from typing import Any

from minori.charts.framed import Heading, nothing
from minori.charts.look import Look
from minori.charts.rows import Rows, known, plain
from minori.charts.steps import CUT, walked
from minori.core.named import MOVEMENTS
from minori.core.text import Text

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
