"""The definitions in force, read once for as long as their files do not change: pages need them only for words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings

from minori.core.errors import DefinitionError
from minori.pipeline.metric_sources import AgainstLimit, against_limits, tables_behind
from minori.policy.definitions import Policy
from minori.web.company import workspace


@dataclass(frozen=True)
class Kept:
    """A policy, from which tables its metrics are counted, and which of them are held against limits."""

    policy: Policy = field(default_factory=Policy)
    behind: Mapping[str, frozenset[str]] = field(default_factory=dict)
    limits: tuple[AgainstLimit, ...] = ()


_LAST: list[Kept] = []


def kept() -> Kept:
    """Return the policy; while somebody has broken a file, the last one that could be read (at first an empty one)."""
    folder = settings.WORKSPACE / "policy"
    files = [folder.parent / "minori.yaml", *sorted(folder.rglob("*.yaml"))]
    stamp = tuple((str(file), file.stat().st_mtime_ns) for file in files if file.is_file())
    try:
        found = _read(stamp)
    except DefinitionError:
        return _LAST[0] if _LAST else Kept()
    _LAST[:] = [found]
    return found


@lru_cache(maxsize=2)
def _read(_stamp: tuple[tuple[str, int], ...]) -> Kept:
    policy = workspace().policy.policy
    return Kept(policy, tables_behind(policy), tuple(against_limits(policy)))
