"""One proposal to work on."""

import pytest

from minori.web.models import Person, Work


@pytest.fixture
def work(people: dict[str, Person]) -> Work:
    """A draft of the CSM's, to be sent by mail, of a customer whose sales person is known."""
    assert people
    first = Work.objects.filter(touch="low").order_by("pk")[0]
    Work.objects.filter(pk=first.pk).update(
        owner="sato", doer="sato", sales_owner="yamada", channel="mail", touch="high"
    )
    return Work.objects.get(pk=first.pk)
