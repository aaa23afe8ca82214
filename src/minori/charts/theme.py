"""The Vega-Lite configuration that every chart shares."""

from typing import Any

from minori.charts.look import Look

FONTS = {
    "ja": "'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic UI', Meiryo, IPAexGothic, sans-serif",
    "en": "'Noto Sans', 'Helvetica Neue', Arial, 'Noto Sans CJK JP', 'Hiragino Sans', Meiryo, sans-serif",
}
TITLE, SUBTITLE, LABEL = 15, 11.5, 11  # sizes in pixels
PADDING = 8
_APART = {
    "ja": 34,
    "en": 16,
}  # entries of a legend: wide signs are measured too narrow where their font is not there
_NUMBERS = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]}


def config(look: Look) -> dict[str, Any]:
    """Return the configuration; number formats are in it, so that a browser writes them as we do."""
    colours = look.palette
    return {
        "background": colours.paper,
        "padding": PADDING,
        "font": FONTS[look.language],
        "locale": {"number": _NUMBERS},
        "view": {"stroke": None},
        "axis": _axis(look),
        "legend": {
            "labelColor": colours.quiet,
            "labelFontSize": LABEL,
            "title": None,
            "orient": "bottom",
            "columnPadding": _APART[look.language],
        },
        "title": _title(look),
        "text": {"color": colours.ink, "opacity": 1, "fontSize": LABEL},
        "rule": {"color": colours.quiet},
        "line": {"color": colours.main, "strokeWidth": 2},
        "point": {"color": colours.main, "filled": True, "size": 60, "opacity": 1},
        "bar": {"color": colours.main},
        "area": {"color": colours.main, "opacity": 0.2, "line": False},
    }


def _axis(look: Look) -> dict[str, Any]:
    colours = look.palette
    return {
        "domain": False,
        "ticks": False,
        "gridColor": colours.grid,
        "labelColor": colours.quiet,
        "labelFontSize": LABEL,
        "labelPadding": 6,
        "labelLimit": 160 if look.narrow else 240,
        "titleColor": colours.quiet,
        "titleFontSize": LABEL,
        "titleFontWeight": "normal",
        "titlePadding": 8,
    }


def _title(look: Look) -> dict[str, Any]:
    colours = look.palette
    return {
        "anchor": "start",
        "frame": "bounds",
        "color": colours.ink,
        "fontSize": TITLE,
        "fontWeight": 600,
        "lineHeight": 20,
        "offset": 14,
        "subtitleColor": colours.quiet,
        "subtitleFontSize": SUBTITLE,
        "subtitleLineHeight": 16,
        "subtitlePadding": 6,
    }
