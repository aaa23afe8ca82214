"""Exported personal data on its way to who asked for it: a file of the workspace, given once, gone within a day."""

import json
import re
import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

FOLDER = "personal_exports"
KEPT_SECONDS = 24 * 3600
_NAME = re.compile("[0-9a-f]{32}")


def keep(found: dict[str, Any]) -> str:
    """Write an export where only this system's user can read it; return its name."""
    folder = _folder()
    clear_old()
    folder.mkdir(mode=0o700, exist_ok=True)
    name = uuid4().hex
    path = folder / f"{name}.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return name


def taken(name: str) -> bytes | None:
    """Give an export and remove it; None if there is none (any more)."""
    if not _NAME.fullmatch(name):
        return None
    path = _folder() / f"{name}.json"
    if not path.is_file():
        return None
    content = path.read_bytes()
    path.unlink(missing_ok=True)
    return content


def clear_old() -> None:
    """Remove exports that nobody fetched in time."""
    now = timezone.now().timestamp()
    for path in _folder().glob("*.json"):
        if now - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)


def clear() -> None:
    """Remove every export: any of them may hold somebody who was erased."""
    shutil.rmtree(_folder(), ignore_errors=True)


def _folder() -> Path:
    root: Path = settings.WORKSPACE
    return root / FOLDER
