"""Every operation, with whatever fits its schema and with much that does not: no fault of ours, no undeclared answer."""

from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from minori.web.api.scopes import SCOPES
from minori.web.api.tokens import make_token
from minori.web.models import Person
from minori.web.wsgi import application

EXAMPLES = 15
DOCUMENT = "/api/v1/openapi.json"
QUIET = [
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
    HealthCheck.function_scoped_fixture,
]


@pytest.fixture
def bearer(people: dict[str, Person]) -> dict[str, str]:
    """The header of a token that may do everything."""
    _, secret = make_token(people["admin"], "test", list(SCOPES), timezone.now() + timedelta(days=1))
    return {"Authorization": f"Bearer {secret}"}


def test_no_operation_breaks_or_answers_undeclared(bearer: dict[str, str]) -> None:
    document = schemathesis.openapi.from_wsgi(DOCUMENT, application)
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) > 8
    for operation in operations:
        _try(operation, bearer)


def _try(operation: Any, bearer: dict[str, str]) -> None:
    @given(case=operation.as_strategy())
    @settings(max_examples=EXAMPLES, database=None, suppress_health_check=QUIET)
    def check(case: Any) -> None:
        cache.clear()  # the limit of requests is another test's
        case.call_and_validate(headers=bearer)

    check()
