"""Pieces of slides: titles, texts, tables, charts, each a native shape that a person can change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

LATIN, JAPANESE = "Segoe UI", "Yu Gothic"
INK, QUIET, ACCENT, SOFT = (RGBColor.from_string(c) for c in ("1D2320", "5D6762", "256B43", "F1F3EF"))
WHITE = RGBColor.from_string("FFFFFF")
_TITLE_ONLY = 5
_LEFT, _RIGHT = PP_ALIGN.LEFT, PP_ALIGN.RIGHT
LEFT, TOP, WIDTH, HEIGHT = Inches(0.6), Inches(1.35), Inches(12.1), Inches(5.4)
Cells = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Box:
    """A place on a slide."""

    left: int = LEFT
    top: int = TOP
    width: int = WIDTH
    height: int = HEIGHT


class Deck:
    """A wide presentation in one language."""

    def __init__(self, language: str) -> None:
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = Inches(13.333), Inches(7.5)
        self._language = "ja-JP" if language == "ja" else "en-US"

    def slide(self, title: str) -> Any:
        """Add a slide with a title."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE_ONLY])
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = LEFT, Inches(0.4), WIDTH, Inches(0.8)
        shape.text_frame.text = title
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        self._lettered(shape.text_frame, 26, INK, bold=True)
        return slide

    def cover(self, title: str, lines: Iterable[str]) -> Any:
        """Add the first slide."""
        slide = self.slide(title)
        shape = slide.shapes.title
        shape.top, shape.height = Inches(2.3), Inches(1.6)
        self._lettered(
            shape.text_frame, 36 if len(title) <= 30 else 26 if len(title) <= 80 else 16, INK, bold=True
        )
        self.text(slide, lines, Box(top=Inches(4.1), height=Inches(1.6)), size=18, colour=QUIET)
        return slide

    def text(
        self, slide: Any, lines: Iterable[str], box: Box, *, size: int = 14, colour: RGBColor = INK
    ) -> None:
        """Add a text box with a paragraph for each line."""
        frame = slide.shapes.add_textbox(box.left, box.top, box.width, box.height).text_frame
        frame.word_wrap = True
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text = line
            paragraph.space_after = Pt(4)
        self._lettered(frame, size, colour)

    def table(
        self,
        slide: Any,
        heads: Sequence[str],
        rows: Cells,
        box: Box,
        *,
        widths: Sequence[float],
        right: int = 99,
    ) -> int:
        """Add a table; columns from ``right`` on are figures. Returns where it ends, as far as can be told."""
        height = Inches(0.36)
        frame = slide.shapes.add_table(
            len(rows) + 1, len(heads), box.left, box.top, box.width, height * (len(rows) + 1)
        )
        table = frame.table
        for number, part in enumerate(widths):
            table.columns[number].width = Emu(int(box.width * part / sum(widths)))
        for at, cells in enumerate([heads, *rows]):
            table.rows[at].height = height
            for number, cell in enumerate(cells):
                self._cell(table.cell(at, number), cell, head=at == 0, right=number >= right)
        return int(box.top + height * (len(rows) + 1))

    def columns(
        self,
        slide: Any,
        categories: Sequence[str],
        series: Sequence[tuple[str, Sequence[int | None]]],
        box: Box,
    ) -> None:
        """Add a native column chart."""
        self._chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, categories, series, box)

    def line(
        self,
        slide: Any,
        categories: Sequence[str],
        series: Sequence[tuple[str, Sequence[float | None]]],
        box: Box,
    ) -> None:
        """Add a native line chart of a score from 0 to 100; unknown points are gaps."""
        chart = self._chart(slide, XL_CHART_TYPE.LINE_MARKERS, categories, series, box)
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, 100

    def notes(self, slide: Any, text: str) -> None:
        """Write the speaker's notes."""
        slide.notes_slide.notes_text_frame.text = text

    def bytes(self) -> bytes:
        """Return the file."""
        out = BytesIO()
        self._deck.save(out)
        return out.getvalue()

    def _chart(
        self,
        slide: Any,
        kind: Any,
        categories: Sequence[str],
        series: Sequence[tuple[str, Sequence[float | None]]],
        box: Box,
    ) -> Any:
        data = CategoryChartData()
        data.categories = categories
        for name, values in series:
            data.add_series(name, values)
        chart = slide.shapes.add_chart(kind, box.left, box.top, box.width, box.height, data).chart
        chart.has_title, chart.has_legend = False, len(series) > 1
        if chart.has_legend:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.font.size, chart.font.name, chart.font.color.rgb = Pt(11), LATIN, QUIET
        _east_asian(chart.font._rPr)  # the library has no name for the Japanese font
        for one, colour in zip(chart.plots[0].series, (ACCENT, QUIET), strict=False):
            fill = one.format.line.color if kind == XL_CHART_TYPE.LINE_MARKERS else _solid(one.format.fill)
            fill.rgb = colour
        chart.value_axis.major_gridlines.format.line.color.rgb = SOFT
        return chart

    def _cell(self, cell: Any, text: str, *, head: bool, right: bool) -> None:
        cell.text = text
        cell.margin_left = cell.margin_right = Inches(0.08)
        cell.margin_top = cell.margin_bottom = Inches(0.03)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        _solid(cell.fill).rgb = ACCENT if head else WHITE
        self._lettered(cell.text_frame, 12, WHITE if head else INK, bold=head, right=right)

    def _lettered(
        self, frame: Any, size: int, colour: RGBColor, *, bold: bool = False, right: bool = False
    ) -> None:
        frame.word_wrap = True
        for paragraph in frame.paragraphs:
            paragraph.alignment = _RIGHT if right else _LEFT
            for run in paragraph.runs:
                run.font.size, run.font.bold, run.font.name = Pt(size), bold, LATIN
                run.font.color.rgb = colour
                properties = run._r.get_or_add_rPr()  # the library has no name for the Japanese font
                properties.set("lang", self._language)
                _east_asian(properties)


def _solid(fill: Any) -> Any:
    fill.solid()
    return fill.fore_color


def _east_asian(properties: Any) -> None:
    """Name the Japanese font; without it each office program takes another one."""
    for old in properties.findall(qn("a:ea")):
        properties.remove(old)
    font = properties.makeelement(qn("a:ea"), {"typeface": JAPANESE})
    latin = properties.find(qn("a:latin"))
    if latin is None:
        properties.append(font)
    else:
        latin.addnext(font)  # the schema wants them in this order
