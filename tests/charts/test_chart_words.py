"""Words of charts: amounts in few signs, lines that fit."""

import pytest

from minori.charts import words
from minori.charts.wrapping import lines, wide
from minori.core.text import Language


@pytest.mark.parametrize(
    ("value", "currency", "language", "said"),
    [
        (1_234_567_890, "JPY", "ja", "12.3億円"),
        (5_704_495, "JPY", "ja", "570万円"),
        (9_999, "JPY", "ja", "9,999円"),
        (-21_000, "JPY", "ja", "−2.10万円"),
        (1_500_000, "USD", "ja", "150万ドル"),
        (5_704_495, "JPY", "en", "¥5.70M"),
        (9_999, "USD", "en", "$9,999"),
        (-82_194, "EUR", "en", "−€82.2k"),
        (1_200_000, "CHF", "en", "CHF 1.20M"),
    ],
)
def test_amounts(value: float, currency: str, language: Language, said: str) -> None:
    assert words.amount(value, currency, language) == said


def test_a_step_up_has_its_sign() -> None:
    assert words.amount(500, "JPY", "ja", signed=True) == "+500円"
    assert words.amount(0, "JPY", "ja", signed=True) == "0円"


class TestLines:
    def test_english_breaks_between_words(self) -> None:
        assert lines("one two three", wide("one two", 10), 10) == ["one two", "three"]

    def test_japanese_breaks_anywhere_but_before_a_closing_mark(self) -> None:
        assert lines("顧客の数。次", 40, 10) == ["顧客の数。", "次"]

    def test_a_word_that_is_too_long_stands_alone(self) -> None:
        assert lines("a verylongwordindeed b", 30, 10) == ["a", "verylongwordindeed", "b"]

    def test_line_ends_are_kept(self) -> None:
        assert lines("ab\ncd", 500, 10) == ["ab", "cd"]
