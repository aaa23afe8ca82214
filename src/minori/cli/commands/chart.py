"""``minori chart``: a picture of one of the company's own results, as SVG, PNG or Vega-Lite."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from minori.charts.look import DESK, LEAST_WIDTH, Look
from minori.cli.shared import (
    Bar,
    day_option,
    language_of,
    language_option,
    open_workspace,
    print_table,
    workspace_option,
)
from minori.core.text import Language, Text

if TYPE_CHECKING:
    from minori.kpis.periods import By

_ENDINGS = (".svg", ".png", ".json")


def _output(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path | None:
    if value is not None and value.suffix.lower() not in _ENDINGS:
        raise click.BadParameter(f"{value.name} must end in {', '.join(_ENDINGS)}")
    return value


@click.command("chart")
@click.argument("name", required=False)
@click.argument("subject", required=False)
@workspace_option
@click.option("--list", "listed", is_flag=True, help="List the charts and what each is drawn of.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_output,
    help="FILE.svg, .png, or .json (Vega-Lite); default: SVG is printed.",
)
@day_option("--to", "The last day, as it was known then. Default: the last complete day.")
@click.option(
    "--by", type=click.Choice(["month", "quarter", "fiscal-year"]), default="month", help="Of waterfall."
)
@click.option("--outcome", type=click.Choice(["expanded", "churned", "bought"]), help="Of lift.")
@click.option("--threshold", help="Of lift: which threshold, such as seat_use.")
@click.option("--customer", help="Of metric: the customer's id.")
@click.option("--dark", is_flag=True, help="For dark paper.")
@click.option(
    "--width", type=click.IntRange(LEAST_WIDTH, 4000), default=DESK, show_default=True, help="Pixels."
)
@click.option(
    "--fonts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of fonts for PNG, besides those of the system.",
)
@language_option
def command(
    name: str | None,
    subject: str | None,
    folder: Path | None,
    listed: bool,
    output: Path | None,
    language: Language | None,
    dark: bool,
    width: int,
    fonts: Path | None,
    to: date | None,
    by: str,
    outcome: str | None,
    threshold: str | None,
    customer: str | None,
) -> None:
    """Draw chart NAME, of a SUBJECT where it takes one: chart lift add_seats -o lift.svg."""
    from minori.charts.render import need_charts
    from minori.pipeline.chart import Asked, chart

    if listed:
        _print_list(language_of(folder, language))
        return
    if name is None:
        raise click.UsageError("which chart? 'minori chart --list' names them")
    need_charts()
    workspace = open_workspace(folder)
    asked = Asked(workspace, subject, to, cast("By", by), progress=Bar())
    asked = replace(asked, outcome=outcome, threshold=threshold, customer=customer)
    look = Look(language or workspace.file.company.language, dark, width)
    _write(chart(name, asked, look), output, fonts)


def _write(drawn: Any, output: Path | None, fonts: Path | None) -> None:
    from minori.charts.render import png, spec, svg

    if output is None:
        click.echo(svg(drawn))
    elif output.suffix.lower() == ".png":
        output.write_bytes(png(drawn, fonts=fonts))
    elif output.suffix.lower() == ".json":
        output.write_text(json.dumps(spec(drawn), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    else:
        output.write_text(svg(drawn), encoding="utf-8")


def _print_list(language: Language) -> None:
    from minori.pipeline.chart import CHARTS

    headings = (Text(ja="名前", en="Name"), Text(ja="内容", en="Shows"), Text(ja="対象", en="Subject"))
    rows = [
        (name, kind.label[language], kind.subject[language] if kind.subject else "–")
        for name, kind in CHARTS.items()
    ]
    print_table(headings, rows, language)
