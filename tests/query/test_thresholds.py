"""Thresholds of conditions: found as written, moved without touching anything else."""

import pytest

from minori.core.errors import UnknownName
from minori.query.condition import parse_condition
from minori.query.thresholds import moved, place_of, thresholds_of


def found(text: str) -> list[str]:
    return [str(threshold) for threshold in thresholds_of(text)]


def test_every_comparison_with_a_number_is_a_threshold() -> None:
    assert found("seat_use >= 0.8 and change(active_seats) > 0 and stage = 'adoption'") == [
        "seat_use >= 0.8",
        "change(active_seats) > 0",
    ]


def test_a_turned_or_negative_comparison_reads_the_same_way() -> None:
    assert found("0.8 <= seat_use or change(logins) < -0.3") == ["seat_use >= 0.8", "change(logins) < -0.3"]


def test_limits_are_written_as_in_definitions() -> None:
    assert found("storage / limit(storage) >= 0.9") == ["storage / limit(storage) >= 0.9"]


def test_moving_one_leaves_the_others() -> None:
    text = "(seat_use >= 0.8 or logins > 3) and not change(logins) < -0.3"
    assert found(moved(text, 2, -0.5)) == ["seat_use >= 0.8", "logins > 3", "change(logins) < -0.5"]
    assert parse_condition(moved(text, 0, 0.9)).reads == parse_condition(text).reads


def test_an_unknown_threshold_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match="seat_use"):
        place_of("seat_use >= 0.8", "seat_uses")
