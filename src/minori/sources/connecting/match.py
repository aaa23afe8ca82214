"""Which column of a file fits which column of a fact table: by its name and by what it holds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from minori.core.text import Text
from minori.schema.table import Column, Table, Type
from minori.sources.connecting.expressions import as_months
from minori.sources.connecting.forms import Looks
from minori.sources.connecting.profile import SeenColumn, SeenFile
from minori.sources.connecting.spelling import EXACT, OWN_NOUN, likeness
from minori.sources.connecting.vocabulary import has_words, meant
from minori.sources.connecting.words import NOUNS, synonyms

_LEAST = 0.5
_BARE_IDS = frozenset({"id", "no", "code", "key", "番号", "コード"})
_TIMES = (Type.DATE, Type.INSTANT)
_NUMBERS = (Type.INTEGER, Type.QUANTITY, Type.MONEY)
_BY_CONTENT = 0.55
_WORDY = ("name", "region", "industry", "owner", "words", "comment")
_NAME_FOR_ID = 0.97

NAME = Text(ja="列名と内容が一致", en="name and content fit")
OWN_ID = Text(ja="このファイル自身のIDのようです", en="looks like the file's own id")
PART_OF_NAME = Text(ja="列名の一部と内容が一致", en="part of the name and the content fit")
NO_CONTENT = Text(
    ja="列名は一致しますが、このファイルでは空です", en="the name fits, but it is empty in this file"
)
NOT_AN_ID = Text(ja="IDではなく名称のようです", en="looks like a name, not like an id")
ONLY_DATE = Text(ja="日付らしい列はこれだけです", en="the only column that looks like a date")
ONLY_EMAIL = Text(ja="内容がメールアドレスです", en="the content is mail addresses")


@dataclass(frozen=True)
class Match:
    """A column of a file that fits a column of a fact table. ``score`` is 1 for name and content."""

    target: str
    column: SeenColumn
    score: float
    why: Text
    rank: int = 0  # of the name among the synonyms, the likeliest first

    @property
    def certain(self) -> bool:
        """Whether name and content leave no doubt."""
        return self.score >= EXACT


def matches(file: SeenFile, table: Table, taken: Collection[str] = ()) -> dict[str, Match]:
    """Return the best column for every column of the table, each column of the file once at most."""
    found = [
        match
        for target in table.columns
        for column in file.columns
        if column.name not in taken and (match := _match(column, target, table)) is not None
    ]
    order = {column.name: at for at, column in enumerate(table.columns)}
    found.sort(key=lambda match: (-match.score, order[match.target], match.rank))
    best: dict[str, Match] = {}
    used: set[str] = set()
    for match in found:
        if match.target not in best and match.column.name not in used:
            best[match.target] = match
            used.add(match.column.name)
    return _with_only_date(file, table, best, used)


def fit(column: SeenColumn, table: str, target: Column, name: float) -> float:
    """Return how well a content fits a column of a table, 0 to 1; ``name`` is how well the name does."""
    if column.looks == Looks.EMPTY:
        return OWN_NOUN if name >= OWN_NOUN and not (target.required and column.rows) else 0.0
    if has_words(table, target.name) and meant(table, target.name, column.values):
        return 1.0
    if target.allowed:
        return float(set(column.values) <= set(target.allowed))
    if target.type in _TIMES:
        return 1.0 if column.dates or (name >= OWN_NOUN and column.epochs) else 0.0
    if target.name == "term_months" and as_months("c", column):
        return 1.0
    if target.type in _NUMBERS:
        return float(column.numbers is not None)
    if target.type == Type.FLAG:
        return float(column.looks == Looks.FLAG)
    if target.type == Type.JSON:
        return float(column.looks == Looks.JSON)
    return _fit_of_text(column, target)


def candidates(file: SeenFile, table: str, target: Column, used: Collection[str], most: int = 5) -> list[str]:
    """Return columns that could hold this, for a person to choose from."""
    by_name = sorted(
        (column for column in file.columns if fit(column, table, target, EXACT) > 0),
        key=lambda column: (column.name in used, not _may_be(column, target)),
    )
    return [column.name for column in by_name[:most]]


def _fit_of_text(column: SeenColumn, target: Column) -> float:
    if target.name == "email":
        return 1.0 if column.looks == Looks.EMAIL else 0.5
    if column.looks in (Looks.DATE, Looks.JSON) and column.numbers is None:
        return 0.0
    if target.name == "currency":
        return float(all(len(value.strip()) == 3 and value.strip().isalpha() for value in column.values))
    if target.name.endswith("_id"):
        return 1.0 if column.longest <= 200 else 0.0
    if column.looks == Looks.NUMBER and target.name in _WORDY:
        return 0.0
    return 0.5 if column.looks == Looks.EMAIL else 1.0


def _match(column: SeenColumn, target: Column, table: Table) -> Match | None:
    own = target.name == table.key[0] and column.spelled in _BARE_IDS
    nouns = NOUNS.get(table.name, ())
    known = synonyms(table.name, target.name)
    name = OWN_NOUN if own else likeness(column.spelled, known, nouns)
    if not name and target.name == "email" and column.looks == Looks.EMAIL:
        return Match(target.name, column, _BY_CONTENT, ONLY_EMAIL)
    score = name * fit(column, table.name, target, name)
    if score < _LEAST:
        return None
    if column.filled < column.rows / 2 and target.required:
        score = min(score, OWN_NOUN)
    if score == EXACT and target.name.endswith("_id") and " " in "".join(column.values[:20]):
        score = _NAME_FOR_ID  # an id beside it goes first
    why = OWN_ID if own else NAME if name >= OWN_NOUN else PART_OF_NAME
    why = NOT_AN_ID if score == _NAME_FOR_ID else NO_CONTENT if column.looks == Looks.EMPTY else why
    rank = known.index(column.spelled) if column.spelled in known else len(known)
    return Match(target.name, column, score, why, rank)


def _with_only_date(
    file: SeenFile, table: Table, best: Mapping[str, Match], used: Collection[str]
) -> dict[str, Match]:
    """Take the only date of the file as the table's time, whatever its name."""
    found = dict(best)
    if table.at is None or table.at in best:
        return found
    dates = [column for column in file.columns if column.dates and column.name not in used]
    if len(dates) == 1:
        found[table.at] = Match(table.at, dates[0], _BY_CONTENT, ONLY_DATE)
    return found


def _may_be(column: SeenColumn, target: Column) -> bool:
    if target.name.endswith("_id"):
        return column.spelled.endswith(("_id", "id", "_no", "_code", "番号", "コード"))
    return target.type in (*_TIMES, *_NUMBERS)
