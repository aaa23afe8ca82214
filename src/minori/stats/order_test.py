"""Does a share rise from class to class?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt


@dataclass(frozen=True)
class OrderTest:
    """The answer; ``z`` above 0: the share rises with the score. None where nothing can rise: one class, or all alike.

    ``p`` is one-sided: the chance of such a rise or a steeper one if there were no order.
    """

    z: float | None
    p: float | None
    monotone: bool  # the observed shares never fall from one class to the next


def cochran_armitage(
    yes: Sequence[float], n: Sequence[float], scores: Sequence[float] | None = None
) -> OrderTest:
    """
    Test a rise of the share over ordered classes.

    Parameters
    ----------
    yes, n
        Per class, lowest score first; classes without a sample are left out.
    scores
        Position of each class; default 0, 1, 2, …

    References
    ----------
    Armitage (1955), Biometrics 11, 375-386; Agresti, Categorical Data Analysis, 3rd ed., section 5.3.5.
    """
    from scipy.special import ndtr  # heavy: only when a test is asked for

    given = scores if scores is not None else range(len(n))
    classes = [(float(y), float(m), float(s)) for y, m, s in zip(yes, n, given, strict=True) if m > 0]
    shares = [y / m for y, m, _ in classes]
    monotone = all(later >= earlier for earlier, later in pairwise(shares))
    total, positive = sum(m for _, m, _ in classes), sum(y for y, _, _ in classes)
    if not total or positive in (0, total):
        return OrderTest(None, None, monotone)
    base, middle = positive / total, sum(m * s for _, m, s in classes) / total
    spread = base * (1 - base) * sum(m * (s - middle) ** 2 for _, m, s in classes)
    if spread <= 0:
        return OrderTest(None, None, monotone)
    z = sum((y - m * base) * (s - middle) for y, m, s in classes) / sqrt(spread)
    return OrderTest(z, float(ndtr(-z)), monotone)
