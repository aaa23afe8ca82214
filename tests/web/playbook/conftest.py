"""What tests of editing definitions share: forms as a browser sends them back."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Form = Callable[..., dict[str, str]]
_HIDDEN = re.compile(r'name="(base\w*)" value="([^"]*)"')
PLAY = "seats_near_limit"
WHEN = "plan <> 'free' and seat_use >= 0.8 and seat_use < 1 and change(active_users) > 0"


def text_of(answer: Any) -> str:
    """The words of a page."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def words() -> Callable[[Any], str]:
    """Returns the words of a page without its marks."""
    return text_of


@pytest.fixture
def form() -> Form:
    """Returns a page's form with the version that it was made from, and what somebody writes into it."""

    def made(client: Client, address: str, **written: str) -> dict[str, str]:
        page = client.get(address)
        assert page.status_code == 200, text_of(page)
        return {**dict(_HIDDEN.findall(page.content.decode())), **written}

    return made


@pytest.fixture
def changed_when(form: Form) -> Callable[..., dict[str, str]]:
    """Returns the play's form with another condition."""

    def made(client: Client, when: str, **more: str) -> dict[str, str]:
        return form(client, f"/playbook/play/{PLAY}/edit/", when=when, on="yes", **more)

    return made
