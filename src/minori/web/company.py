"""The workspace that this process serves, and the web app's clock."""

from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from minori.pipeline.workspace import Workspace
from minori.policy.workspace import WorkspaceFile, read_workspace


def workspace() -> Workspace:
    """Return the workspace, read anew: its definition files may have changed since."""
    return Workspace(settings.WORKSPACE, timezone.now)


def company_file() -> WorkspaceFile:
    """Return ``minori.yaml``, read again only when the file changed."""
    path = settings.WORKSPACE / "minori.yaml"
    return _read(path.stat().st_mtime_ns if path.is_file() else 0, str(settings.WORKSPACE))


@lru_cache(maxsize=2)
def _read(_changed: int, _folder: str) -> WorkspaceFile:
    return read_workspace(settings.WORKSPACE)
