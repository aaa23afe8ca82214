"""A folder of modules is a registry: each module's ``KIND`` is found under the module's name."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from minori.core.errors import UnknownKind

K = TypeVar("K")


class Registry(Mapping[str, K]):
    """Read-only map from id to kind: each module of a folder, by its ``KIND``."""

    def __init__(self, noun: str, folder: str, kind_type: type[K]) -> None:
        self.noun, self.folder, self.kind_type = noun, folder, kind_type

    @cached_property
    def _kinds(self) -> dict[str, K]:
        path = importlib.import_module(self.folder).__path__
        names = sorted(m.name for m in pkgutil.iter_modules(path))
        return {n: self._load(n) for n in names if not n.startswith("_")}

    def _load(self, name: str) -> K:
        kind = importlib.import_module(f"{self.folder}.{name}").KIND
        if not isinstance(kind, self.kind_type):
            raise TypeError(f"{self.folder}.{name}.KIND is not a {self.noun}")
        return kind

    def __getitem__(self, name: str) -> K:
        try:
            return self._kinds[name]
        except KeyError:
            raise UnknownKind(self.noun, name, self._kinds) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)
