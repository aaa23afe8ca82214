"""Changing settings by program: comments stay, only what differs from the preset is written, it reads back as wanted."""

from typing import Any

import pytest

from minori.core.errors import DefinitionError
from minori.core.yaml_file import Document, parse_yaml
from minori.policy.edit import difference, with_settings

TEXT = """\
# Ours since April.
id: seats
when: seat_use >= 0.8  # as agreed with sales
# What we offer there.
offer: {kind: seats, suggest: next_step}
because:
  # in plain words
  ja: 上限が近い
  en: near the limit
"""
BELOW = {
    "when": "seat_use >= 0.7",
    "offer": {"kind": "seats", "suggest": "next_step", "step": 5},
    "valid": "14 days",
}


def merged(text: str, below: dict[str, Any]) -> Any:
    """Return what holds once a text is laid over what is below."""
    return Document("below", below).merged(parse_yaml(text, "own")).data


def changed_lines(before: str, after: str) -> list[str]:
    """Return the lines that come and go."""
    return [line for line in difference(before, after, "x").splitlines()[2:] if line[0] in "+-"]


def test_only_the_line_of_the_setting_changes() -> None:
    after = with_settings(TEXT, (), {"when": "seat_use >= 0.85"}, BELOW)
    assert changed_lines(TEXT, after) == [
        "-when: seat_use >= 0.8  # as agreed with sales",
        "+when: seat_use >= 0.85 # as agreed with sales",
    ]


def test_comments_stay_where_a_value_goes_back_to_the_presets() -> None:
    after = with_settings(
        TEXT, (), {"when": "seat_use >= 0.7", "because": {"ja": "上限", "en": "limit"}}, BELOW
    )
    for comment in (
        "# Ours since April.",
        "# as agreed with sales",
        "# What we offer there.",
        "# in plain words",
    ):
        assert comment in after
    assert merged(after, BELOW)["when"] == "seat_use >= 0.7"


def test_a_setting_of_the_preset_is_taken_away() -> None:
    after = with_settings("id: seats\n", (), {"offer": {"kind": "seats"}, "valid": None}, BELOW)
    held = merged(after, BELOW)
    assert held["offer"] == {"kind": "seats"}
    assert "valid" not in held


def test_what_the_preset_says_already_is_not_written_again() -> None:
    assert with_settings("id: seats\n", (), {"valid": "14 days"}, BELOW) == "id: seats\n"


def test_a_new_entry_is_laid_below_comments_that_stood_alone() -> None:
    after = with_settings(
        "# Only ours.\n", ("guards", "poor_health"), {"least": "watch"}, {"least": "healthy"}
    )
    assert after.startswith("# Only ours.\n")
    assert parse_yaml(after, "x").data == {"guards": {"poor_health": {"least": "watch"}}}


def test_an_entry_of_a_list_is_changed_in_place() -> None:
    text = "- id: a\n  when: x > 1\n- id: b\n  when: x > 2  # two\n"
    assert with_settings(text, (1,), {"when": "x > 3"}, {}) == text.replace("x > 2", "x > 3")


@pytest.mark.parametrize(
    "text", ["a:\n- 1\n- 2\n", "a:\n  - 1\n  - 2\n", "a:\n    b:\n        - 1\n", "a: [1, 2]\n"]
)
def test_other_lines_keep_their_own_style(text: str) -> None:
    assert changed_lines(text, with_settings(text, (), {"z": 1}, {})) == ["+z: 1"]


@pytest.mark.parametrize(
    "text", ["a: &x [1]\nb: *x\n", "a: !!python/object:os.system x\n", "a: " + "[" * 60, "a: [\n"]
)
def test_yaml_that_is_dangerous_or_wrong_is_refused(text: str) -> None:
    with pytest.raises(DefinitionError):
        with_settings(text, (), {"z": 1}, {})
