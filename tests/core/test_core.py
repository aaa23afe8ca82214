"""Small things that everything stands on."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from minori.core.counted import agreeing
from minori.core.errors import DefinitionError, UnknownKind
from minori.core.keys import key64, share64
from minori.core.money import rounded, shown
from minori.core.period import Calendar
from minori.core.registry import Registry
from minori.core.text import Text
from minori.core.yaml_file import parse_yaml, read_yaml, validated
from minori.metrics.kind import METRIC_KINDS, MetricKind


class TestText:
    def test_cannot_be_built_in_one_language(self) -> None:
        with pytest.raises(ValueError, match="both"):
            Text(ja="はい", en=" ")

    def test_fill_takes_plain_names_only_and_values_are_no_templates(self) -> None:
        text = Text(ja="{a}と{b.__class__}", en="{a} {b.__class__}")
        assert text.fill({"a": "{secret}", "secret": "x"}).en == "{secret} {b.__class__}"


class TestOne:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("about 1 hours a month", "about 1 hour a month"),
            ("1 people are there, 11 people are not", "1 person is there, 11 people are not"),
            ("bought 1 different items", "bought 1 different item"),
            ("1 departments do not use it", "1 department does not use it"),
            ("9 of 1 seats are in use", "9 of 1 seat are in use"),
            ("1 of your 5 seats", "1 of your 5 seats"),
            ("201 days, 1.1 hours, 1,201 orders", "201 days, 1.1 hours, 1,201 orders"),
            ("1 is a number, 1 less", "1 is a number, 1 less"),
        ],
    )
    def test_noun_after_a_plain_one_is_singular(self, before: str, after: str) -> None:
        assert agreeing(before) == after

    def test_texts_are_filled_so(self) -> None:
        assert Text(ja="{n}時間", en="about {n} hours").fill({"n": "1"}).en == "about 1 hour"


class TestKeys:
    def test_is_the_first_eight_bytes_of_sha256(self) -> None:
        assert key64("a") == int.from_bytes(bytes.fromhex("ca978112ca1bbdca"), "big", signed=True)

    def test_a_lot_is_stable_and_even(self) -> None:
        lots = [share64("experiment", f"customer {n}") for n in range(2000)]
        assert lots[0] == share64("experiment", "customer 0")
        assert 0.07 < sum(lot < 0.1 for lot in lots) / 2000 < 0.13


class TestMoney:
    def test_is_rounded_to_the_minor_unit_and_shown_as_people_write_it(self) -> None:
        assert rounded(Decimal("10.5"), "JPY") == 10
        assert shown(Decimal("1234567.8"), "JPY") == "¥1,234,568"
        assert shown(Decimal("-3"), "EUR") == "-€3.00"


class TestCalendar:
    def test_a_day_ends_at_midnight_of_the_company(self) -> None:
        tokyo = Calendar("Asia/Tokyo")
        assert tokyo.ends_at(date(2026, 3, 31)) == datetime(2026, 3, 31, 15, tzinfo=UTC)
        assert tokyo.day_of(datetime(2026, 3, 31, 15, tzinfo=UTC)) == date(2026, 4, 1)
        assert tokyo.last_complete_day(datetime(2026, 3, 31, 14, tzinfo=UTC)) == date(2026, 3, 30)


class TestRegistry:
    def test_names_what_it_knows(self) -> None:
        with pytest.raises(UnknownKind, match="no metric kind named 'x'; known: average, count"):
            METRIC_KINDS["x"]

    def test_refuses_a_module_of_another_kind(self) -> None:
        with pytest.raises(TypeError, match="is not a thing"):
            dict(Registry("thing", "minori.metrics.kinds", str))
        assert all(isinstance(kind, MetricKind) for kind in METRIC_KINDS.values())


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    weight: int


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    parts: dict[str, Inner]


class TestYaml:
    def test_an_error_names_file_line_and_what_was_read(self) -> None:
        with pytest.raises(DefinitionError, match=r"h\.yaml:3: parts\.a\.weight: .*read 'x'"):
            validated(Outer, parse_yaml("parts:\n  a:\n    weight: x\n", "h.yaml"))

    def test_an_unknown_setting_is_refused(self) -> None:
        with pytest.raises(DefinitionError, match=r"h\.yaml:4: unknown setting 'parts\.a\.wieght'"):
            validated(Outer, parse_yaml("parts:\n  a:\n    weight: 1\n    wieght: 2\n", "h.yaml"))

    def test_merging_goes_by_key_lists_replace_and_off_removes(self) -> None:
        base = parse_yaml("a: {x: 1, y: 2}\nb: [1, 2]\nc: {z: 1}\n", "base.yaml")
        over = parse_yaml("a:\n  y: 3\nb: [9]\nc: {off: true}\nd: 4\n", "over.yaml")
        merged = base.merged(over)
        assert merged.data == {"a": {"x": 1, "y": 3}, "b": [9], "d": 4}
        assert merged.place(("a", "x")) == ("base.yaml", 1)
        assert merged.place(("a", "y")) == ("over.yaml", 2)

    def test_not_yaml_and_not_there_are_plain(self, tmp_path: Path) -> None:
        with pytest.raises(DefinitionError, match=r"f\.yaml:1: not YAML"):
            parse_yaml("a: [1", "f.yaml")
        with pytest.raises(DefinitionError, match="no such file"):
            read_yaml(tmp_path / "gone.yaml")
