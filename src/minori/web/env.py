"""What the web app takes from its environment; secrets come from nowhere else."""

import os
import secrets
from pathlib import Path

from minori.core.errors import WorkspaceError

WORKSPACE = "MINORI_WORKSPACE"
SECRET = "MINORI_SECRET_KEY"  # the name of a variable, not a secret
SHORTEST_SECRET = 50  # signs; what Django's own deployment check asks for


def text(name: str, default: str = "") -> str:
    """Return a variable; ``NAME_FILE`` may name a file that holds it instead."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """Return a variable that says yes or no."""
    return text(name, "yes" if default else "no").lower() in {"1", "yes", "true", "on"}


def words(name: str) -> list[str]:
    """Return a variable that lists words, separated by commas or spaces."""
    return text(name).replace(",", " ").split()


def workspace_folder() -> Path:
    """Return the workspace that is served; the present folder where none is named."""
    return Path(text(WORKSPACE) or ".").resolve()


def secret_key() -> str:
    """Return the key that signs sessions and links.

    Raises
    ------
    WorkspaceError
        If the app is served to others without one.
    """
    key = text(SECRET)
    if key and len(key) < SHORTEST_SECRET:
        raise WorkspaceError(f"{SECRET} has {len(key)} signs; at least {SHORTEST_SECRET} are needed")
    if key:
        return key
    if flag("MINORI_SERVED"):
        raise WorkspaceError(
            f"{SECRET} is not set; make one with: python -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    return secrets.token_urlsafe(64)  # commands and tests: nothing signed outlives the process
