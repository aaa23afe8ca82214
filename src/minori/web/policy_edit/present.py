"""The definitions in force, and what the preset alone says: read again only when a file changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from minori.core.yaml_file import Document
from minori.pipeline.check import check_policy
from minori.policy.edit_files import stamp, tried
from minori.policy.load import FOLDER, PINNED, Loaded, load_policy
from minori.web.company import company_file


@dataclass(frozen=True)
class Present:
    """The policy in force with its documents, and the documents of the preset below it."""

    loaded: Loaded
    below: Mapping[str, Document]
    stamp: str

    def under(self, *path: str) -> dict[str, Any]:
        """Return what the preset says of an entry; empty if it says nothing."""
        return _entry(self.below, path)

    def said(self, *path: str) -> dict[str, Any]:
        """Return what holds of an entry, as it is written in the files; empty if nothing does."""
        return _entry(self.loaded.documents, path)


def present() -> Present:
    """Return the definitions as they are; raises DefinitionError while a file of them is wrong."""
    return _read(str(settings.WORKSPACE), stamp(settings.WORKSPACE))


def loaded_with(changes: Mapping[str, str]) -> Loaded:
    """Return the policy with other texts of some files, wholly checked; raises DefinitionError with file and line."""
    with tried(settings.WORKSPACE, changes) as trial:
        return _loaded(trial)


@lru_cache(maxsize=2)
def _read(root: str, seen: str) -> Present:
    return Present(_loaded(Path(root)), _below(root, stamp(Path(root), f"{FOLDER}/{PINNED}")), seen)


def _loaded(root: Path) -> Loaded:
    source = company_file().policy
    loaded = load_policy(root, extends=source.extends, constant=source.constant)
    check_policy(loaded)
    return loaded


@lru_cache(maxsize=2)
def _below(folder: str, _seen: str) -> Mapping[str, Document]:
    """Return the documents of the preset alone: a workspace that has none of its own."""
    if company_file().policy.extends is None:
        return {}
    with TemporaryDirectory(prefix="minori-preset-") as bare:
        pinned = Path(folder) / FOLDER / PINNED
        (Path(bare) / FOLDER).mkdir()
        if pinned.is_dir():
            (Path(bare) / FOLDER / PINNED).symlink_to(pinned.resolve())
        return load_policy(Path(bare), extends=company_file().policy.extends).documents


def _entry(documents: Mapping[str, Document], path: tuple[str, ...]) -> dict[str, Any]:
    part, *rest = path
    found: Any = documents[part].data if part in documents else None
    for step in rest:
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}
