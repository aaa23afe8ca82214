"""Definition files → one resolved policy: presets merged, every file checked, a hash that names the whole."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from minori.core.errors import DefinitionError, UnknownName
from minori.core.text import LANGUAGES
from minori.core.version import __version__
from minori.core.yaml_file import Document, parse_yaml, read_yaml, validated
from minori.policy.definitions import Policy

PRESETS = ("b2b_saas", "b2c_subscription", "shop")
PARTS = ("catalog", "metrics", "health", "segments", "guards", "revenue")
FOLDER = "policy"
ROLES = "roles"  # messages/<language>/roles/<role>.md
PINNED = "preset"  # policy/preset/<name>: the copy that `init` pinned

Templates = dict[str, dict[str, str]]  # language → name → text


@dataclass(frozen=True)
class Loaded:
    """A policy, the documents it came from (for line numbers), and the hash that names it."""

    policy: Policy
    documents: Mapping[str, Document] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical resolved policy and minori's version; comments are outside it."""
        return hashlib.sha256(f"{__version__}\n{self.canonical}".encode()).hexdigest()

    @property
    def canonical(self) -> str:
        """The resolved policy as sorted JSON: what a run stores to be repeated.

        Maps of rules and plans keep their order beside it, because there the order decides.
        """
        dumped = self.policy.model_dump(mode="json", by_alias=True)
        return json.dumps(_with_order(dumped), ensure_ascii=False, sort_keys=True, default=str)


def load_policy(root: Path, *, extends: str | None, constant: tuple[str, ...] = ()) -> Loaded:
    """Read ``policy/`` of a workspace over its preset; raises DefinitionError with file and line.

    ``extends`` names a pinned copy under ``policy/preset/`` or, without one, a preset shipped with minori.
    """
    layers = [_read_folder(folder, shown) for folder, shown in _folders(root, extends)]
    documents: dict[str, Document] = {}
    messages: Templates = {language: {} for language in LANGUAGES}
    role_words: Templates = {language: {} for language in LANGUAGES}
    for layer_documents, layer_messages, layer_roles in layers:
        for name, document in layer_documents.items():
            documents[name] = (
                documents[name].merged(document) if name in documents else _without_off(document)
            )
        for language in LANGUAGES:
            messages[language].update(layer_messages[language])
            role_words[language].update(layer_roles[language])
    whole = _whole(documents)
    policy = validated(Policy, whole)
    words = {"messages": messages, "role_words": role_words}
    return Loaded(policy.model_copy(update={**words, "constant": constant}), documents)


def preset_folder(name: str) -> Path:
    """Return where a shipped preset lies; raises UnknownName."""
    if name not in PRESETS:
        raise UnknownName("preset", name, PRESETS)
    return Path(str(resources.files("minori.policy") / "presets" / name))


def _folders(root: Path, extends: str | None) -> Iterator[tuple[Path, str]]:
    if extends is not None:
        pinned = root / FOLDER / PINNED / extends
        yield (
            (pinned, f"{FOLDER}/{PINNED}/{extends}") if pinned.is_dir() else (preset_folder(extends), extends)
        )
    yield root / FOLDER, FOLDER


def _read_folder(folder: Path, shown: str) -> tuple[dict[str, Document], Templates, Templates]:
    documents = {
        part: read_yaml(folder / f"{part}.yaml", shown_as=f"{shown}/{part}.yaml")
        for part in PARTS
        if (folder / f"{part}.yaml").is_file()
    }
    for part in [part for part, document in documents.items() if document.data is None]:
        del documents[part]
    plays = _plays(folder, shown)
    if plays is not None:
        documents["plays"] = plays
    return documents, _templates(folder, "*.md"), _templates(folder, f"{ROLES}/*.md")


def _templates(folder: Path, pattern: str) -> Templates:
    return {
        language: {
            path.stem: path.read_text(encoding="utf-8")
            for path in sorted((folder / "messages" / language).glob(pattern))
        }
        for language in LANGUAGES
    }


def _plays(folder: Path, shown: str) -> Document | None:
    """Gather the plays of a folder into one document by id; a file holds one play or a list of them."""
    data: dict[str, Any] = {}
    places: dict[tuple[str | int, ...], tuple[str, int]] = {}
    for path in sorted((folder / "plays").glob("*.yaml")):
        document = read_yaml(path, shown_as=f"{shown}/plays/{path.name}")
        entries = document.data if isinstance(document.data, list) else [document.data]
        for number, entry in enumerate(entries):
            prefix = (number,) if isinstance(document.data, list) else ()
            if not isinstance(entry, dict) or "id" not in entry:
                raise document.error("a play needs an id", prefix)
            name = str(entry["id"])
            if name in data:
                raise document.error(f"a play named {name!r} stands elsewhere already", (*prefix, "id"))
            data[name] = entry
            places.update(
                {
                    ("plays", name, *where[len(prefix) :])[1:]: place
                    for where, place in document.places.items()
                    if where[: len(prefix)] == prefix
                }
            )
    return Document(f"{shown}/plays", data, places) if data else None


def _without_off(document: Document) -> Document:
    return parse_yaml("{}", document.file).merged(document) if isinstance(document.data, dict) else document


def _whole(documents: Mapping[str, Document]) -> Document:
    """Put the parts under their names in one document that keeps file and line of everything."""
    places = {
        (name, *where): place
        for name, document in documents.items()
        for where, place in document.places.items()
    }
    return Document(FOLDER, {name: document.data for name, document in documents.items()}, places)


_ORDERED = ("plans", "segments", "stages", "growth_stages", "touches")


def _with_order(node: Any, key: str = "") -> Any:
    if isinstance(node, dict):
        result = {name: _with_order(value, name) for name, value in node.items()}
        return {**result, " order": list(node)} if key in _ORDERED else result
    return [_with_order(item) for item in node] if isinstance(node, list | tuple) else node


def error_place(error: DefinitionError, loaded: Loaded, *path: str | int) -> DefinitionError:
    """Fill in file and line of an error about a part of the policy."""
    document = _whole(loaded.documents)
    file, line = document.place(path)
    return error.at(file, line)
