"""Writing a sample company as a workspace; its truth stays outside."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from minori.core.errors import InputError
from minori.core.text import Language
from minori.sample.truth import Truth
from minori.sample.worlds import WORLDS, WorldName


@dataclass(frozen=True)
class Written:
    """What was written where, and the truth, which no file holds."""

    folder: Path
    rows: dict[str, int]  # by file
    truth: Truth


def write_company(
    folder: Path,
    *,
    world: WorldName,
    customers: int = 300,
    days: int = 540,
    until: date,
    seed: int,
    language: Language = "ja",
) -> Written:
    """Write a workspace of a made-up company: ``exports/``, ``sources.yaml``, ``minori.yaml``.

    Parameters
    ----------
    world
        ``b2b_saas``: a software company and its contracts; ``shop``: a shop and its orders.
    folder
        Made if absent; files of the same names are replaced.
    customers, days
        How many, over how many days up to and with ``until`` (rounded up to whole weeks).
    seed
        Everything follows from it: the same seed gives the same bytes.

    Raises
    ------
    InputError
        If there are no customers, or less than eight weeks.
    """
    _check(customers, days)
    folder.mkdir(parents=True, exist_ok=True)
    rows, truth = WORLDS[world].write(folder, customers, days, until, seed, language)
    return Written(folder, rows, truth)


def truth_of(*, world: WorldName, customers: int = 300, days: int = 540, until: date, seed: int) -> Truth:
    """Return the truth behind a company that ``write_company`` wrote with the same arguments."""
    _check(customers, days)
    return WORLDS[world].truth(customers, days, until, seed)


def _check(customers: int, days: int) -> None:
    if customers < 1 or days < 56:
        raise InputError(f"expected at least 1 customer and 56 days, read {customers} and {days}")
