"""minori (実り): whom to approach, when, with what, in which words - and whom to leave alone."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from minori.core.version import __version__

if TYPE_CHECKING:
    from minori.pipeline.workspace import Workspace

__all__ = ["__version__", "open"]


def open(folder: str | Path) -> "Workspace":
    """Open a workspace: ``minori.open("acme").run()``.

    Raises
    ------
    WorkspaceError
        If the folder (or one above it) holds no ``minori.yaml``.
    """
    from minori.pipeline.workspace import Workspace
    from minori.policy.workspace import find_workspace

    return Workspace(find_workspace(Path(folder)), lambda: datetime.now(UTC))
