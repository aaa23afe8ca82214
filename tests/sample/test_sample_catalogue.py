"""The sample company sells what the preset offers, at the same prices and limits."""

from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import numpy as np

from minori.core.yaml_file import read_yaml, validated
from minori.policy.catalog import Catalog
from minori.sample.company import catalogue as sold

CATALOG = validated(Catalog, read_yaml(Path(str(files("minori.policy") / "presets/b2b_saas/catalog.yaml"))))
SUITE, DESK = CATALOG.products[sold.PRODUCT], CATALOG.products[sold.SECOND_PRODUCT]


def test_plans_stand_in_the_same_order_with_the_same_prices_and_limits() -> None:
    assert tuple(SUITE.plans) == sold.PLANS
    for place, plan in enumerate(SUITE.plans.values()):
        assert plan.price.monthly(Decimal(10)) == Decimal(sold.PER_SEAT[place] * 10)
        assert plan.limits["storage_gb"] == sold.STORAGE_GB[place]
        assert plan.limits["api_calls"] == sold.CALLS_A_MONTH[place]
        assert sold.SEAT_STEP[place] % plan.seat_step == 0


def test_options_have_the_same_prices_and_lie_within_the_same_plans() -> None:
    assert set(SUITE.options) == set(sold.OPTIONS)
    for place, name in enumerate(sold.OPTIONS):
        option = SUITE.options[name]
        assert option.price.monthly(Decimal(10)) == Decimal(sold.option_price(np.array([10]))[0, place])
        within = [
            set(option.features) <= set(plan.features) and bool(option.features)
            for plan in SUITE.plans.values()
        ]
        first = within.index(True) if True in within else None
        assert first == (
            int(sold.INCLUDED_FROM[place]) if sold.INCLUDED_FROM[place] < len(sold.PLANS) else None
        )
    assert SUITE.options["extra_storage"].adds == {"storage_gb": Decimal(int(sold.EXTRA_STORAGE_GB))}


def test_second_product_has_the_same_prices() -> None:
    assert tuple(DESK.plans) == sold.SECOND_PLANS
    for place, plan in enumerate(DESK.plans.values()):
        assert plan.price.monthly(Decimal(1)) == Decimal(sold.SECOND_PER_SEAT[place])
