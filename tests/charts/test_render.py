"""SVG and PNG, and what is said where they cannot be made."""

import sys

import pytest

from charts.chart_rows import CASES
from minori.charts import render
from minori.charts.look import Look


class TestPng:
    def test_english_needs_no_japanese_font(self) -> None:
        drawn = render.png(CASES["sparkline"].drawn(Look("en")))
        assert drawn.startswith(b"\x89PNG\r\n\x1a\n")

    def test_japanese_is_drawn_or_refused_but_never_as_boxes(self) -> None:
        chart = CASES["waterfall"].drawn(Look("ja"))
        if render._writes_japanese():
            assert render.png(chart).startswith(b"\x89PNG")
        else:
            with pytest.raises(render.NoJapaneseFont, match="--fonts"):
                render.png(chart)


@pytest.mark.parametrize("name", ["altair", "vl_convert"])
def test_a_missing_extra_says_how_to_install_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(render.ChartsNotInstalled, match=r"pip install 'minori\[charts\]'"):
        render.need_charts()


def test_too_narrow_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 280"):
        Look("ja", width=100)
