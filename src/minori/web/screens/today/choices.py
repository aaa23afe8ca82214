"""What filters offer: the team, plays and guards by name."""

from minori.web.company import company_file
from minori.web.language import in_words
from minori.web.readmodel.names import named
from minori.web.readmodel.shown import current


def members() -> list[tuple[str, str]]:
    """Return the team by id and name."""
    return [(key, member.name) for key, member in company_file().team.items()]


def plays() -> list[tuple[str, str]]:
    """Return the plays of the shown run by id and label."""
    return _of("plays")


def guards() -> list[tuple[str, str]]:
    """Return the guards by id and label."""
    return _of("guards")


def _of(room: str) -> list[tuple[str, str]]:
    run = current()
    names = run.totals.get("names", {}) if run else {}
    found = [(key, in_words(named(names, room, key))) for key in names.get(room, {})]
    return sorted(found, key=lambda pair: pair[1])
