"""The worlds there are: how each is simulated, exported and looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from minori.core.text import Language
from minori.sample.company import aims as company_aims
from minori.sample.company import export as company_export
from minori.sample.company import life as company_life
from minori.sample.company import showing as company_showing
from minori.sample.decisions import Aim, Decision
from minori.sample.shop import aims as shop_aims
from minori.sample.shop import export as shop_export
from minori.sample.shop import life as shop_life
from minori.sample.shop import showing as shop_showing
from minori.sample.truth import Truth
from minori.sample.view import Offer, View

WorldName = Literal["b2b_saas", "shop"]


@dataclass(frozen=True)
class World:
    """One world; what is simulated follows from customers, days, until and seed, in this order."""

    truth: Callable[[int, int, date, int], Truth]
    write: Callable[[Path, int, int, date, int, Language], tuple[dict[str, int], Truth]]
    view: Callable[[Path, date], View]
    aim: Callable[[Decision], Aim]
    offers: Mapping[str, Offer]  # what to offer against each need


def _write_company(
    folder: Path, customers: int, days: int, until: date, seed: int, language: Language
) -> tuple[dict[str, int], Truth]:
    life = company_life.live(customers, days, until, seed)
    return company_export.write_exports(folder, life, language), life.truth


def _write_shop(
    folder: Path, customers: int, days: int, until: date, seed: int, language: Language
) -> tuple[dict[str, int], Truth]:
    life = shop_life.live(customers, days, until, seed)
    return shop_export.write_exports(folder, life, language), life.truth


WORLDS: dict[str, World] = {
    "b2b_saas": World(
        truth=lambda *given: company_life.live(*given).truth,
        write=_write_company,
        view=company_showing.view,
        aim=company_aims.aim,
        offers=company_aims.OFFERS,
    ),
    "shop": World(
        truth=lambda *given: shop_life.live(*given).truth,
        write=_write_shop,
        view=shop_showing.view,
        aim=shop_aims.aim,
        offers=shop_aims.OFFERS,
    ),
}
