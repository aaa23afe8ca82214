"""Every template of every preset is in the language and writes something, whether much or little is known."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from minori.core.text import LANGUAGES
from minori.policy.definitions import Policy
from minori.policy.load import PRESETS, load_policy
from minori.proposal.messages import check_message_of, check_messages, render_messages
from minori.proposal.words import context_of
from proposal.message_case import COMPANY, candidate

NAMES: dict[str, Any] = {"customer": "見本商事", "sender": "山田", "company": COMPANY, "currency": "JPY"}
BARE: dict[str, Any] = {"mrr_change": "0", "until": None, "benefits": [], "choices": []}


@cache
def preset(name: str) -> Policy:
    return load_policy(Path("no workspace here"), extends=name).policy


@pytest.mark.parametrize("name", PRESETS)
class TestEveryPreset:
    def test_templates_are_in_the_language(self, name: str) -> None:
        check_messages(preset(name))

    def test_templates_that_plays_name_are_there(self, name: str) -> None:
        for play in preset(name).plays.values():
            check_message_of(play, preset(name))

    def test_every_play_has_words(self, name: str) -> None:
        for play in preset(name).plays.values():
            for row in (candidate(), candidate(**BARE)):
                context = context_of(row, play, **NAMES)
                got = render_messages(preset(name), play, play.offer.kind, context)
                for language in LANGUAGES:
                    assert all(got[language].values())
                    assert "{" not in "".join(got[language].values())
