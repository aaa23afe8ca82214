"""The workspace that this process serves, and the web app's clock."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from minori.pipeline.workspace import Workspace
from minori.policy.workspace import FILE, WorkspaceFile

Stamp = tuple[tuple[str, int, int, int], ...]


def workspace() -> Workspace:
    """Return the workspace; its definitions are read again only when one of their files changed."""
    root = Path(settings.WORKSPACE)
    return _opened(root, _stamp(root))


def company_file() -> WorkspaceFile:
    """Return ``minori.yaml``, read again only when the file changed."""
    root = Path(settings.WORKSPACE)
    return _only_file(root, _stamp_of([root / FILE])).file


@lru_cache(maxsize=2)
def _opened(root: Path, _stamp: Stamp) -> Workspace:
    return Workspace(root, timezone.now)


@lru_cache(maxsize=2)
def _only_file(root: Path, _stamp: Stamp) -> Workspace:
    return Workspace(root, timezone.now)


def _stamp(root: Path) -> Stamp:
    """Return what changes when any definition does: which files there are, when they were written, how long they are."""
    return _stamp_of([root / FILE, *sorted((root / "policy").rglob("*.*"))])


def _stamp_of(paths: list[Path]) -> Stamp:
    found = []
    for path in paths:
        try:
            seen = path.stat()
        except FileNotFoundError:  # gone meanwhile, or not there yet
            continue
        found.append((str(path), seen.st_mtime_ns, seen.st_size, seen.st_ino))
    return tuple(found)
