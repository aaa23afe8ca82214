"""Readings in words: unit, interval and sample in both languages, and silence with a reason."""

from decimal import Decimal

import pytest

from minori.core.figure import NOT_ENOUGH, Figure, Reading, Unit
from minori.core.readable import interval, number, readable
from minori.core.text import LANGUAGES, Text


def figure(unit: Unit) -> Figure:
    said = Text(ja="値", en="value")
    return Figure("one", said, said, said, unit, said)


@pytest.mark.parametrize(
    ("value", "unit", "ja", "en"),
    [
        (0.1234, "share", "12.3%", "12.3%"),
        (-0.00001, "share", "0.0%", "0.0%"),
        (12.5, "share", "1,250.0%", "1,250.0%"),
        (Decimal("1200.4"), "money", "¥1,200", "¥1,200"),
        (1, "days", "1日", "1 day"),
        (30.4, "days", "30日", "30 days"),
        (4.12, "months", "4.1か月", "4.1 months"),
        (6.25, "points", "6.2点", "6.2 points"),
        (0.954, "ratio", "0.95倍", "0.95×"),
        (17.23, "ratio", "17.2倍", "17.2×"),
        (1234, "count", "1,234", "1,234"),
        (0.7312, "number", "0.731", "0.731"),
        (2.345, "number", "2.35", "2.35"),
        (123456.7, "number", "123,457", "123,457"),
        (0.0004, "number", "<0.001", "<0.001"),
        (0, "number", "0.000", "0.000"),
    ],
)
def test_each_unit_in_both_languages(value: float | Decimal, unit: Unit, ja: str, en: str) -> None:
    assert (number(value, unit, "ja", "JPY"), number(value, unit, "en", "JPY")) == (ja, en)


class TestReadable:
    def test_a_value_comes_with_interval_and_sample(self) -> None:
        reading = Reading(figure("ratio"), 2.04, 1485, 1.86, 3.314)
        japanese, english = (readable(reading, language) for language in LANGUAGES)
        assert japanese.text(sample=True) == "2.0倍 [1.9倍〜3.3倍](n=1,485)"
        assert english.text(sample=True) == english.cell(sample=True) == "2.0× [1.9× – 3.3×] (n 1,485)"
        assert (english.value, english.interval, english.sample) == ("2.0×", "[1.9× – 3.3×]", "n 1,485")
        assert english.text() == "2.0× [1.9× – 3.3×]" and english.known

    def test_a_noun_is_said_once(self) -> None:
        assert readable(Reading(figure("months"), 4.0, 9, 3.0, 5.0), "en").text() == "4.0 months [3.0 – 5.0]"

    def test_what_cannot_be_said_has_a_reason_and_a_quiet_cell(self) -> None:
        nothing = readable(Reading(figure("share"), None, 3, missing=NOT_ENOUGH), "ja")
        assert (nothing.text(), nothing.text(sample=True)) == (
            "データが足りません",
            "データが足りません(n=3)",
        )
        assert (nothing.cell(), nothing.cell(sample=True), nothing.known) == ("–", "–", False)

    def test_an_end_that_is_known_is_told(self) -> None:
        reading = Reading(figure("months"), None, 3, low=12.0, missing=NOT_ENOUGH)
        assert readable(reading, "en").cell(sample=True) == "at least 12.0 months (n 3)"
        assert readable(reading, "ja").text() == "12.0か月以上"

    def test_money_without_its_currency_is_no_money(self) -> None:
        with pytest.raises(ValueError, match="currency"):
            readable(Reading(figure("money"), Decimal(5), 1), "en")


def test_an_interval_alone_is_as_exact_as_its_ends() -> None:
    assert interval(0.1, 25.0, "ratio", "en") == "[0.10× – 25.0×]"
