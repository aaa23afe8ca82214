"""sources.yaml: what is read, and what is said when it is wrong."""

from pathlib import Path

import pytest

from minori.core.errors import DefinitionError, MappingError
from minori.sources.definitions import load_sources, parse_sources
from minori.sources.mapping import check_mappings

GOOD = """
- id: subscriptions
  kind: files
  read: exports/subscriptions*.csv
  gives: contracts
  ends: inclusive
- id: usage
  kind: files
  read: usage.csv
  with: [subscriptions]
  gives: events
  time_zone: Europe/Berlin
  version: updated_at
  covers: {from: 2026-01-01, until: 2026-03-31}
  fresh_within: 5 days
  select: select * from input join subscriptions using (id)
"""


def test_settings_are_read_and_the_kinds_own_stand_apart(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(GOOD)
    sources = load_sources(path)
    usage = sources["usage"]
    assert usage.source.inputs == ("subscriptions",)
    assert (usage.source.time_zone, usage.source.fresh_within_days) == ("Europe/Berlin", 5)
    assert str(usage.source.covers.since) == "2026-01-01"
    assert usage.params.model_dump(exclude_unset=True) == {"read": "usage.csv"}
    assert sources["subscriptions"].source.select == "select * from input"
    assert [d.source.id for d in sources.chosen(["usage"])] == ["usage"]
    assert sources.place(usage, of_select=True) == "sources.yaml:16"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("gives: contracts", "gives: contract", "sources.yaml:5: no fact table named 'contract'; did you mean 'contracts'?"),
        ("[subscriptions]", "[subscription]", "sources.yaml:10: no source named 'subscription'; did you mean 'subscriptions'?"),
        ("files\n  read: usage", "file\n  read: usage", "sources.yaml:8: no kind of source named 'file'; did you mean 'files'?"),
        ("time_zone: Europe/Berlin", "time_zone: Europe/Berln", "sources.yaml:12: time_zone: expected an IANA time zone"),
        ("version:", "versoin:", "sources.yaml:13: no setting named 'versoin'; did you mean 'version'?"),
        ("ends: inclusive", "ends: open", "sources.yaml:6: ends:"),
        ("id: usage", "id: subscriptions", "sources.yaml:7: the id 'subscriptions' stands twice"),
        ("id: usage", "id: input", "sources.yaml:7: id:"),
        ("from: 2026-01-01", "from: 2026-05-01", "from is later than until"),
        ("gives: events", "gives: events\n  ends: inclusive", "has no ends_on"),
        ("5 days", "a while", "sources.yaml:15: fresh_within: expected a span such as '28 days'"),
        ("  read: usage.csv\n", "", "sources.yaml:7: read is missing"),
    ],
)  # fmt: skip
def test_an_error_names_file_line_and_the_nearest_name(old: str, new: str, said: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_sources(GOOD.replace(old, new, 1), "sources.yaml")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("written", "days"),
    [("5", 5), ("5 days", 5), ("2 weeks", 14), ("1 month", 30), ("24 hours", 1), ("36 hours", 2)],
)
def test_silence_is_written_like_any_span(written: str, days: int) -> None:
    sources = parse_sources(GOOD.replace("5 days", written, 1), "sources.yaml")
    assert sources["usage"].source.fresh_within_days == days


def test_a_circle_of_inputs_is_refused() -> None:
    text = GOOD.replace("  ends: inclusive\n", "  with: usage\n")
    with pytest.raises(DefinitionError, match="with goes in a circle: subscriptions → usage → subscriptions"):
        parse_sources(text, "sources.yaml")


def test_sql_is_checked_without_running_it() -> None:
    sources = parse_sources(GOOD.replace("select *", "select lowr(id)"), "sources.yaml")
    with pytest.raises(
        MappingError, match=r"sources.yaml:16: source 'usage': function 'lowr'.* mean 'lower'"
    ):
        check_mappings(sources)


def test_an_empty_file_defines_nothing() -> None:
    assert list(parse_sources("", "sources.yaml")) == []
