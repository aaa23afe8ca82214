"""The quiet lists as people read them in a terminal, and as CSV."""

from collections.abc import Iterable, Mapping, Sequence

import click

from minori.cli.explained import FATES
from minori.cli.shared import print_rows, print_table, say
from minori.core.text import Language, Text
from minori.decision.guard import GUARDS
from minori.pipeline.lists import HELP_KINDS, Listed, ListName, Lists

TITLES: dict[ListName, Text] = {
    "help_first": Text(ja="支援優先（ご提案より先に支援するお客様）", en="Help first (before any offer)"),
    "not_now": Text(ja="今は提案しない（理由と期日）", en="Not now (why, and until when)"),
    "never_told": Text(
        ja="お知らせ漏れ（必要なのに、まだ誰もお伝えしていないこと）",
        en="Never told (needs that nobody has told the customer about)",
    ),
}
COMMAND: dict[ListName, str] = {
    "help_first": "help-first",
    "not_now": "not-now",
    "never_told": "never-told",
}
_FATES = {**FATES, "going_on": Text(ja="以前から継続", en="going on")}
_CAPACITY = Text(ja="担当者の件数超過", en="no time left today")
_CUSTOMER = Text(ja="顧客", en="Customer")
_PLAY = Text(ja="型", en="Play")
_OFFER = Text(ja="内容", en="What")
_WHY = Text(ja="なぜ", en="Why")
_SINCE = Text(ja="いつから", en="Since")
_UNTIL = Text(ja="いつから可能か", en="Possible from")
_OWNER = Text(ja="担当", en="Owner")
_STATE = Text(ja="状態", en="State")
_WHILE = Text(ja="原因が続く間", en="while it lasts")
_HEADINGS: dict[ListName, tuple[Text, ...]] = {
    "help_first": (_CUSTOMER, _OFFER, _WHY, _STATE, _OWNER),
    "not_now": (_CUSTOMER, _PLAY, Text(ja="控える理由", en="What holds it"), _UNTIL, _OWNER),
    "never_told": (_CUSTOMER, _OFFER, _WHY, _SINCE, _STATE, _OWNER),
}
_TOLD_UNKNOWN = Text(
    ja="proposals が取り込まれていないため、ほかの方法でお伝え済みのものも含まれます。",
    en="There are no facts in proposals, so what was told in other ways is on the list too.",
)
_CSV = "list customer_id customer play label kind offer because reason guard since until fate owner value".split()


def show_lists(
    lists: Lists, names: Sequence[ListName], people: Mapping[str, str], language: Language, *, most: int
) -> None:
    """Print some of the lists as tables, each with its number of lines."""
    for number, name in enumerate(names):
        lines = lists[name]
        shown = lines[: most or None]
        heading = Text(
            ja=f"{TITLES[name].ja}: {len(lines):,} 件（{lists.as_of} 時点）",
            en=f"{TITLES[name].en}: {len(lines):,}, as of {lists.as_of}",
        )
        click.echo(("\n" if number else "") + click.style(heading[language], bold=True))
        if shown:
            print_table(_HEADINGS[name], [_cells(name, x, people, language) for x in shown], language)
        if len(shown) < len(lines):
            hidden = len(lines) - len(shown)
            say(
                Text(ja=f"ほか {hidden:,} 件（--most で増やせます）", en=f"and {hidden:,} more (--most N)"),
                language,
            )
        if name == "never_told" and not lists.told_known:
            say(_TOLD_UNKNOWN, language)


def show_counts(lists: Lists, language: Language) -> None:
    """Print how many lines each list has and the command that shows it."""
    going_on = sum(line.fate == "going_on" for line in lists.never_told)
    rows = [
        (name, Text(ja=title.ja.partition("（")[0], en=title.en.partition(" (")[0]))
        for name, title in TITLES.items()
    ]
    click.echo()
    for name, title in rows:
        note = ""
        if name == "never_told" and going_on:
            note = Text(
                ja=f"（うち以前から継続 {going_on:,}）", en=f" ({going_on:,} of them going on for long)"
            )[language]
        click.echo(f"{len(lists[name]):>5}  {title[language]}{note}  → minori lists {COMMAND[name]}")


def write_csv(lists: Lists, names: Sequence[ListName], language: Language) -> None:
    """Print some of the lists as one CSV, safe for spreadsheets."""
    print_rows(_CSV, (row for name in names for row in _csv_rows(name, lists[name], language)))


def _csv_rows(name: ListName, lines: Iterable[Listed], language: Language) -> Iterable[list[object]]:
    for line in lines:
        values = {"list": name, **vars(line)}
        yield [v[language] if isinstance(v, Text) else v for v in (values[column] for column in _CSV)]


def _cells(name: ListName, line: Listed, people: Mapping[str, str], language: Language) -> list[str]:
    owner = people.get(line.owner or "", line.owner or "–")
    what = (line.offer or line.label)[language]
    if name == "not_now":
        until = line.until.isoformat() if line.until else _WHILE[language]
        return [line.customer, line.label[language], _said(line.reason, language), until, owner]
    state = _state(line)[language]
    if name == "never_told":
        return [line.customer, what, _said(line.because, language), line.since.isoformat(), state, owner]
    if line.kind in HELP_KINDS:
        return [line.customer, what, _said(line.because, language), state, owner]
    # A guard forbids to sell: what would have been offered does not matter, what troubles the customer does.
    return [line.customer, "–", _said(line.reason, language), state, owner]


def _state(line: Listed) -> Text:
    if line.guard is not None and line.guard in GUARDS:
        label: Text = GUARDS[line.guard].label
        return label
    if line.fate == "outranked" and line.kind in HELP_KINDS:
        return _CAPACITY
    return _FATES[line.fate]


def _said(text: Text | None, language: Language) -> str:
    return text[language] if text else "–"
