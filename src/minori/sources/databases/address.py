"""Where a database is, with its secrets from the environment, and errors that do not tell them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from minori.core.errors import InputError

_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_WHOLE = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]*)")
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_SECRET = re.compile("pass|secret|token|key", re.IGNORECASE)
_HIDDEN = "***"
_NAMED = "named"  # stands for any name from the environment while a url is looked at
_EXAMPLE = "postgresql://reader:${PASSWORD}@host/crm"


@dataclass(frozen=True)
class Address:
    """Where a database is. ``secrets`` are what no message may hold."""

    url: URL
    secrets: frozenset[str] = field(repr=False)

    def without_secrets(self, text: str) -> str:
        """Take every secret out of a text, however it is written there."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            for form in (secret, quote(secret, safe=""), quote(secret)):
                text = text.replace(form, _HIDDEN)
        return text


def holds_password(url: str) -> bool:
    """Tell whether a secret is written out in a url, instead of being named."""
    if _WHOLE.fullmatch(url):
        return False
    try:
        made = make_url(_NAME.sub(_NAMED, url))
    except (ArgumentError, ValueError):
        return "@" in url
    return any(secret != _NAMED for secret in _secrets(made))


def resolved(url: str, environment: Mapping[str, str], workspace: Path) -> Address:
    """Return the address with its secrets, its driver and, for a file, its place inside the workspace.

    Raises
    ------
    InputError
        If a name is not set, the url cannot be read, or a file lies outside the workspace or does not exist.
    """
    whole = _WHOLE.fullmatch(url)
    text = _value(whole[1], environment) if whole else _filled(url, environment)
    try:
        made = make_url(text)
    except (ArgumentError, ValueError):
        raise InputError(f"url cannot be read; expected for example {_EXAMPLE}") from None
    made = made.set(drivername=_DRIVERS.get(made.drivername, made.drivername))
    secrets = _secrets(made) | {environment[name] for name in _NAME.findall(url)}
    place = _inside(made, workspace) if made.get_backend_name() == "sqlite" else made
    return Address(place, frozenset(secrets))


def _secrets(url: URL) -> set[str]:
    named = [value for name, value in url.query.items() if _SECRET.search(name) and isinstance(value, str)]
    return {secret for secret in (url.password, *named) if secret}


def _filled(url: str, environment: Mapping[str, str]) -> str:
    # Quoted, because a password may hold the signs that divide a url.
    return _NAME.sub(lambda found: quote(_value(found[1], environment), safe=""), url)


def _value(name: str, environment: Mapping[str, str]) -> str:
    if not environment.get(name):
        raise InputError(f"the environment has no {name}; set it before loading")
    return environment[name]


def _inside(url: URL, workspace: Path) -> URL:
    name = url.database or ""
    if name in ("", ":memory:") or name.startswith("file:"):
        raise InputError("sqlite needs the path of a file in the workspace: sqlite:///data/crm.db")
    path = (workspace / name).resolve()
    if not path.is_relative_to(workspace.resolve()):
        raise InputError(f"lies outside the workspace: {name}", file=name)
    if not path.is_file():
        raise InputError("no such file", file=name)
    # Opened for reading only: a load never changes what it reads, nor makes an empty database.
    return url.set(database=f"file:{quote(str(path))}", query={"mode": "ro", "uri": "true"})
