"""Months, quarters and fiscal years."""

from datetime import date

import pytest

from minori.kpis.periods import By, periods, twelve_months


@pytest.mark.parametrize(
    ("by", "starts_in", "first", "start", "end", "label"),
    [
        ("month", 4, "2025-02-10", "2025-02-01", "2025-03-01", "2025-02"),
        ("quarter", 4, "2026-02-10", "2026-01-01", "2026-04-01", "FY2025 Q4"),
        ("quarter", 2, "2026-02-10", "2026-02-01", "2026-05-01", "FY2026 Q1"),
        ("fiscal-year", 4, "2026-03-31", "2025-04-01", "2026-04-01", "FY2025"),
        ("fiscal-year", 4, "2026-04-01", "2026-04-01", "2027-04-01", "FY2026"),
        ("fiscal-year", 1, "2026-04-01", "2026-01-01", "2027-01-01", "FY2026"),
    ],
)
def test_the_first_period_holds_the_first_day(
    by: By, starts_in: int, first: str, start: str, end: str, label: str
) -> None:
    found = periods(date.fromisoformat(first), date(2027, 12, 31), by, starts_in)[0]
    assert (found.start.isoformat(), found.end.isoformat(), found.label.en) == (start, end, label)


@pytest.mark.parametrize(("by", "count"), [("month", 12), ("quarter", 8), ("fiscal-year", 3)])
def test_without_a_first_day_they_are_as_many_as_usual_and_touch(by: By, count: int) -> None:
    found = periods(None, date(2026, 3, 31), by, 4)
    assert len(found) == count
    assert [p.end for p in found[:-1]] == [p.start for p in found[1:]]
    assert found[-1].whole and found[-1].until == date(2026, 4, 1)


def test_a_period_that_is_not_over_ends_with_the_data() -> None:
    last = periods(None, date(2026, 3, 15), "quarter", 4)[-1]
    assert not last.whole
    assert last.until == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("last", "start"),
    [("2026-03-31", "2025-04-01"), ("2028-02-28", "2027-03-01"), ("2026-05-09", "2025-05-10")],
)
def test_twelve_months_end_with_the_last_day(last: str, start: str) -> None:
    year = twelve_months(date.fromisoformat(last))
    assert (year.start, year.whole) == (date.fromisoformat(start), True)
