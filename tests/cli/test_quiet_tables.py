"""Tables of readings stay quiet about what is not known, and say once why."""

import pytest

from minori.cli.quiet import print_reading_table
from minori.core.figure import NOT_ENOUGH, Figure, Reading, Unit
from minori.core.text import Text

NO_ARM = Text(ja="非接触群がありません", en="no hold-out")


def text(word: str) -> Text:
    return Text(ja=word, en=word)


def figure(name: str, unit: Unit = "share", *, observational: bool = False) -> Figure:
    return Figure(name, text(name), text(name), text(name), unit, text(name), observational)


def reading(of: Figure, value: float | None, why: Text = NOT_ENOUGH) -> Reading:
    return Reading(of, value, 4, missing=why if value is None else None)


LEFT, EFFECT, SEEN = figure("left"), figure("effect"), figure("seen", observational=True)
OWN = figure("effect")


def printed(capsys: pytest.CaptureFixture[str], *rows: list[Reading], sample: bool = False) -> list[str]:
    labels = [one.figure.label for one in rows[0]]
    lines = [([f"row{number}"], row) for number, row in enumerate(rows)]
    print_reading_table((text("play"),), labels, lines, "en", currency="JPY", sample=sample)
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def test_a_column_without_a_number_is_named_below_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(
        capsys,
        [reading(LEFT, 0.1), reading(EFFECT, None, NO_ARM)],
        [reading(LEFT, None), reading(OWN, None)],
    )
    assert told == [
        "play  left",
        "row0  10.0%",
        "row1  –",
        "– not enough data",
        "Not shown (no hold-out): effect",
        "Not shown (not enough data): effect",
    ]


def test_what_is_observed_has_its_star_once(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(capsys, [reading(SEEN, 0.1)], [reading(SEEN, 0.2)], sample=True)
    assert told[:3] == ["play  seen*", "row0  10.0% (n 4)", "row1  20.0% (n 4)"]
    assert told[3].startswith("* Observational")


def test_a_column_of_both_kinds_marks_the_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(capsys, [reading(SEEN, 0.1)], [reading(LEFT, 0.2)])
    assert told[:3] == ["play  seen", "row0  10.0%*", "row1  20.0%"]


def test_nothing_is_said_of_what_is_all_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, [reading(LEFT, 0.1)]) == ["play  left", "row0  10.0%"]
