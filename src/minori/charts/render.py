"""Charts as SVG and PNG: the same rows give the same bytes wherever the same fonts are."""

import importlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from minori.charts.theme import FONTS
from minori.core.errors import MinoriError

_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_SIGN = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><text y="20" font-size="20">{}</text></svg>'
_CLIP = re.compile(r'((?:id="|url\(#)clip)(\d+)')
_SCALE = 2.0  # pixels of a PNG per pixel of the chart: sharp on a screen and in a deck


class ChartsNotInstalled(MinoriError):
    """Raised when the extra that draws charts is not installed."""

    def __init__(self) -> None:
        super().__init__("charts need an extra that is not installed: pip install 'minori[charts]'")


class NoJapaneseFont(MinoriError):
    """Raised when a PNG would show empty boxes in place of Japanese."""

    def __init__(self) -> None:
        super().__init__(
            "no Japanese font was found, so a PNG would show boxes: install one (such as Noto Sans JP), name a folder "
            "of fonts with --fonts, or write SVG, which keeps the text"
        )


def need_charts() -> None:
    """Check that what draws charts is there, before a chart is imported."""
    for name in ("altair", "vl_convert"):
        _needed(name)


def spec(chart: Any) -> dict[str, Any]:
    """Return the Vega-Lite specification, without checking it against the schema as a whole: its parts were."""
    found: dict[str, Any] = chart.to_dict(validate=False)
    return found


def svg(chart: Any) -> str:
    """Return the chart as SVG, its words as text."""
    return _renumbered(_needed("vl_convert").vegalite_to_svg(spec(chart), **_how()))


def png(chart: Any, *, fonts: Path | None = None) -> bytes:
    """Return the chart as PNG, twice as fine as on a screen; ``fonts`` is a folder of fonts to use besides the system's."""
    convert = _needed("vl_convert")
    if fonts is not None:
        convert.register_font_directory(str(fonts.resolve()))
        _writes_japanese.cache_clear()
    drawn = spec(chart)
    if _JAPANESE.search(json.dumps(drawn, ensure_ascii=False)) and not _writes_japanese():
        raise NoJapaneseFont
    found: bytes = convert.vegalite_to_png(drawn, scale=_SCALE, **_how())
    return found


def _renumbered(drawn: str) -> str:
    """Number clip paths from 0: Vega counts on from one picture of a process to the next."""
    numbers: dict[str, int] = {}
    return _CLIP.sub(lambda found: f"{found[1]}{numbers.setdefault(found[2], len(numbers))}", drawn)


def _how() -> dict[str, Any]:
    """Return the options of every conversion: the version that it is written in (else the newest), and nothing is fetched."""
    version = ".".join(_needed("altair").SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    known = version in _needed("vl_convert").get_vegalite_versions()
    return {"vl_version": version if known else None, "allowed_base_urls": []}


@cache
def _writes_japanese() -> bool:
    """Tell whether two different signs look different: without a font both are the same box, or nothing."""
    convert = _needed("vl_convert")
    return bool(convert.svg_to_png(_sign("実")) != convert.svg_to_png(_sign("約")))


def _sign(sign: str) -> str:
    return _SIGN.format(sign).replace("<text", f'<text font-family="{FONTS["ja"]}"')


def _needed(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as missing:
        raise ChartsNotInstalled from missing
