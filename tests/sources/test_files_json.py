import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minori.core.errors import InputError
from minori.sources.reading.json_objects import parse_object
from sources.files_case import open_text


def test_values_keep_their_writing(tmp_path: Path) -> None:
    line = '{"ts": 1541990217796, "id": 12345678901234567890123, "p": 1.10, "e": 1E5, "t": true, "n": null}'
    case = open_text(tmp_path, line + "\n", "a.jsonl")
    assert case.rows() == [("1541990217796", "12345678901234567890123", "1.10", "1E5", "true", None)]


def test_inner_objects_stay_json_as_written(tmp_path: Path) -> None:
    case = open_text(tmp_path, '{"a": {"x": [1, 2.50, "あ}"]}, "b": [ ], "c": 1}\n', "a.jsonl")
    assert case.rows() == [('{"x": [1, 2.50, "あ}"]}', "[ ]", "1")]


def test_keys_are_joined_and_missing_ones_null(tmp_path: Path) -> None:
    case = open_text(
        tmp_path, '{"a":"0012"}\n\n{"b":2,"":3}\n{"ID":1,"id":2}\n', "a.ndjson.gz".removesuffix(".gz")
    )
    assert case.opened.columns == ("a", "b", "column_3", "ID", "id_2")
    assert case.rows("a", "b", "id_2", "_row") == [
        ("0012", None, None, 1),
        (None, "2", None, 2),
        (None, None, "2", 3),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"a":', "not JSON at sign 6: Expecting value"),
        ("[1, 2]", "not a JSON object"),
        ('{"a": 1, "a": 2}', "a key stands twice"),
        ('{"a": NaN}', "not JSON at sign 1: NaN is not JSON"),
        ('{"a": ' + "[" * 101 + "]" * 101 + "}", "nested deeper than 100 levels"),
        ('{"a": ' + "[" * 100_000 + "}", "nested deeper than 100 levels"),
        ('{"a": "x\\u0000"}', "control sign in the value (\\x00)"),
        ('{"a": {"b": "\\u001f"}}', "control sign in the value"),
        ('{"a": "\\ud800"}', "signs that the encoding cannot read (\\ud800)"),
    ],
)
def test_bad_lines_are_set_aside_and_the_rest_loads(tmp_path: Path, line: str, reason: str) -> None:
    case = open_text(tmp_path, '{"a": 1}\n' + line + '\n{"a": 3}\n', "a.jsonl")
    assert case.rows("a", "_row") == [("1", 1), ("3", 3)]
    assert [(row, why) for row, _, why in case.bad] == [(2, reason)]


def test_depth_of_a_hundred_is_allowed(tmp_path: Path) -> None:
    deep = "[" * 99 + "]" * 99
    assert open_text(tmp_path, '{"a": ' + deep + "}\n", "a.jsonl").rows() == [(deep,)]


def test_arrays_and_objects_over_several_lines(tmp_path: Path) -> None:
    array = open_text(tmp_path, '[{"a": 1, "b": "]}"},\n {"a": 2}, 5, {"a": 3,}, {"a": 4}]', "a.json")
    assert array.rows("a", "_row") == [("1", 1), ("2", 2), ("4", 5)]
    assert [row for row, *_ in array.bad] == [3, 4]
    pretty = open_text(tmp_path, '{\n "a": 1,\n "b": "x}\\""\n}\n{\n "a": 2\n}\n', "a.json")
    assert pretty.rows() == [("1", 'x}"'), ("2", None)]
    packed = open_text(tmp_path, gzip.compress(b'{"a": 1}\n{"a": 2}\n'), "a.json.gz")
    assert packed.rows() == [("1",), ("2",)]
    with pytest.raises(InputError, match="is the file whole"):
        open_text(tmp_path, '[{"a": 1}, {"a":', "a.json")


def test_an_array_larger_than_what_is_held_in_memory(tmp_path: Path) -> None:
    rows = [{"n": str(n), "text": 'a"[{\\' * 9} for n in range(30_000)]
    case = open_text(tmp_path, json.dumps(rows), "a.json")
    assert case.rows() == [(row["n"], row["text"]) for row in rows]


def test_a_map_in_place_of_rows_is_refused(tmp_path: Path) -> None:
    content = json.dumps({str(n): [1] for n in range(3000)})
    with pytest.raises(InputError, match=r"more than 2,000 different keys"):
        open_text(tmp_path, content, "a.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=4), JSON, max_size=4))
def test_inner_values_read_back_as_they_were(row: dict[str, object]) -> None:
    written = json.dumps(row, ensure_ascii=False, indent=1)
    if "\\u00" in written or "\\b" in written or "\\f" in written:
        return  # control signs, tested above
    for key, text in parse_object(written).items():
        value = row[key]
        assert text == value if isinstance(value, str | None) else json.loads(text or "") == value
