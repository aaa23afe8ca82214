"""Every chart: in both languages, light and dark, wide and narrow, with rows and without."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pytest

from charts.chart_rows import CASES
from minori.charts.look import PHONE, Look
from minori.charts.render import spec, svg
from minori.charts.sparkline import WIDTH
from minori.core.text import LANGUAGES, Language, Text

LOOKS = {"ja": Look("ja"), "en": Look("en", dark=True, width=PHONE)}
REASON = Text(ja="理由はこれです", en="this is why")


@cache
def picture(name: str, language: Language) -> str:
    """Return a chart as SVG."""
    return svg(CASES[name].drawn(LOOKS[language]))


@cache
def written(name: str) -> str:
    """Return a chart's specification as JSON, checked against the schema of Vega-Lite."""
    return json.dumps(CASES[name].drawn(LOOKS["ja"]).to_dict(validate=True))


def texts(drawn: str) -> list[str]:
    """Return every line of text of an SVG."""
    parts = ElementTree.fromstring(drawn).iter()
    return [part.text for part in parts if part.tag.endswith(("text", "tspan")) and part.text]


def numbers(value: Any) -> Iterator[float]:
    """Yield every number in nested lists and maps."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from numbers(inner)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)


def marked(specification: Any) -> list[Any]:
    """Return the rows of all data in a specification."""
    return list(_data(specification))


def _data(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value["data"].get("values", ()) if isinstance(value.get("data"), dict) else ()
        value = [*value.values()]
    for inner in value if isinstance(value, list) else ():
        yield from _data(inner)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
class TestEveryChart:
    def test_its_numbers_and_names_are_text(self, name: str, language: Language) -> None:
        missing = set(getattr(CASES[name], language)) - set(texts(picture(name, language)))
        assert not missing

    def test_without_rows_it_says_why(self, name: str, language: Language) -> None:
        said = texts(svg(CASES[name].drawn(LOOKS[language], rows=[], missing=REASON)))
        assert REASON[language] in said


@pytest.mark.parametrize("name", CASES)
class TestSpecification:
    def test_same_rows_give_the_same_bytes(self, name: str) -> None:
        assert svg(CASES[name].drawn(LOOKS["ja"])) == picture(name, "ja")

    def test_arrow_tables_are_rows_too(self, name: str) -> None:
        case = CASES[name]
        table = pa.Table.from_pylist(case.rows)
        assert json.dumps(spec(case.drawn(LOOKS["ja"], rows=table))) == written(name)

    def test_nothing_is_fetched(self, name: str) -> None:
        found = json.loads(written(name))
        found.pop("$schema")
        assert "http" not in json.dumps(found)


DRAWN = {
    "nrr": ("value", "sample"),
    "cohorts": ("share", "started"),
    "calibration": ("observed", "low", "high", "predicted", "customers"),
    "reliability": ("predicted", "observed", "low", "high", "sample"),
    "lift": ("value", "lift", "low", "high", "fires"),
    "survival": ("months", "share", "low", "high", "sample"),
    "sequential": ("accounts", "benefit", "harm"),
    "pushiness": ("value", "low", "high", "sample"),
    "health": ("from", "until", "customers"),
    "sparkline": ("value",),
}


ESTIMATES = {
    "nrr": "value",
    "cohorts": "share",
    "calibration": "observed",
    "reliability": "observed",
    "lift": "lift",
    "survival": "share",
    "sequential": "harm",
    "pushiness": "value",
}


@pytest.mark.parametrize("name", DRAWN)
def test_rows_in_are_marks_out(name: str) -> None:
    case = CASES[name]
    given = {float(row[field]) for row in case.rows for field in DRAWN[name] if row[field] is not None}
    assert given <= set(numbers(marked(json.loads(written(name)))))


@pytest.mark.parametrize("name", ESTIMATES)
def test_unknown_everywhere_is_an_empty_state_not_a_failure(name: str) -> None:
    case = CASES[name]
    unknown = [{**row, ESTIMATES[name]: None} for row in case.rows]
    assert {"reason": REASON.en} in marked(spec(case.drawn(LOOKS["en"], rows=unknown, missing=REASON)))


class TestLayout:
    @pytest.mark.parametrize("name", CASES)
    def test_it_is_as_wide_as_asked(self, name: str) -> None:
        found = re.search(r'width="([\d.]+)"', picture(name, "en"))
        assert found is not None and float(found[1]) == (WIDTH + 4 if name == "sparkline" else PHONE)

    def test_steps_stand_where_the_one_before_ended(self) -> None:
        rows = [row for row in marked(json.loads(written("waterfall"))) if not row["total"]]
        steps = list({row["said"]: row for row in rows}.values())
        assert [a["to"] for a in steps[:-1]] == [b["from"] for b in steps[1:]]
        assert steps[-1]["to"] == 5_930_564

    def test_text_from_data_cannot_become_markup(self) -> None:
        case = CASES["nrr"]
        rows = [{**row, "period": '<script>alert("x")</script>'} for row in case.rows]
        drawn = svg(case.drawn(LOOKS["en"], rows=rows))
        assert "<script" not in drawn and "&lt;script" in drawn

    def test_where_it_is_narrow_fewer_months_are_shown(self) -> None:
        narrow, wide = (texts(svg(CASES["cohorts"].drawn(Look("en", width=w)))) for w in (PHONE, 900))
        assert wide.count("96%") == narrow.count("96%") == 11
        assert "66%" in wide and "66%" not in narrow
