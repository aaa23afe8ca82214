"""Sample companies written once for all tests of the simulator."""

from datetime import date

import pytest

from minori.sample.write import Written, write_company

UNTIL = date(2025, 9, 30)


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Return a software company of 150 customers over a year."""
    folder = tmp_path_factory.mktemp("company")
    return write_company(folder, world="b2b_saas", customers=150, days=364, until=UNTIL, seed=5)


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Return a shop of 300 customers over a year."""
    folder = tmp_path_factory.mktemp("shop")
    return write_company(folder, world="shop", customers=300, days=364, until=UNTIL, seed=5)


@pytest.fixture(params=["company", "shop"])
def written(request: pytest.FixtureRequest) -> Written:
    """Return each of the sample companies in turn."""
    given: Written = request.getfixturevalue(request.param)
    return given
