"""What a load did, as people read it in a terminal."""

import click

from minori.cli.shared import print_table
from minori.core.text import Language, Text
from minori.pipeline.load import LoadReport

_HEADINGS = (
    Text(ja="取り込み元", en="Source"),
    Text(ja="事実データ", en="Facts"),
    Text(ja="行", en="Rows"),
    Text(ja="新規", en="New"),
    Text(ja="訂正", en="Corrected"),
    Text(ja="変更なし", en="Unchanged"),
    Text(ja="重複", en="Duplicates"),
    Text(ja="取り込めず", en="Set aside"),
    Text(ja="期間", en="Covers"),
)


def show_load(report: LoadReport, language: Language) -> None:
    """Print one line per source, what was noted on reading, and what to do about rows set aside."""
    rows = [
        [
            one.source,
            one.table,
            *(
                f"{n:,}"
                for n in (one.rows, one.new, one.corrected, one.unchanged, one.duplicates, one.quarantined)
            ),
            f"{one.covers_from or '–'} – {one.covers_until or '–'}",
        ]
        for one in report.sources
    ]
    print_table(_HEADINGS, rows, language, right=(2, 3, 4, 5, 6, 7))
    for one in report.sources:
        for note in one.notes:
            place = f"{one.source} {note.file or ''}".strip()
            click.echo(f"{place}: {note.ja if language == 'ja' else note.en}")
    aside = sum(one.quarantined for one in report.sources)
    if aside:
        click.echo(
            Text(
                ja=f"{aside:,} 行を取り込めませんでした。理由は minori quarantine list で見られます。",
                en=f"{aside:,} rows were set aside; see why with: minori quarantine list",
            )[language]
        )
