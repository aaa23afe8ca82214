"""How classes move: from one date to the next, who was where and went where."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minori.stats.interval import Interval
from minori.stats.intervals import LEVEL, jeffreys


@dataclass(frozen=True)
class Migration:
    """Counts by (from, to); ``classes`` are in order, the best first."""

    classes: tuple[str, ...]
    counts: dict[tuple[str, str], int]

    def total(self, start: str) -> int:
        """Return how many were in a class at the start."""
        return sum(self.counts.get((start, end), 0) for end in self.classes)

    def share(self, start: str, end: str, *, level: float = LEVEL) -> Interval | None:
        """Return the share of a class that went to another, with Jeffreys' interval; None if nobody was there."""
        return jeffreys(self.counts.get((start, end), 0), self.total(start), level=level)

    @property
    def stayed(self) -> float | None:
        """Share of all that ended where they began; None without anybody."""
        total = sum(self.counts.values())
        return sum(self.counts.get((c, c), 0) for c in self.classes) / total if total else None


def migration(moves: Iterable[tuple[str, str]], classes: Sequence[str]) -> Migration:
    """Count moves (from, to); raises ValueError for a class that is not named in ``classes``."""
    counts = Counter(moves)
    unknown = sorted({name for move in counts for name in move} - set(classes))
    if unknown:
        raise ValueError(f"unknown class {unknown[0]!r}; known: {', '.join(classes)}")
    return Migration(tuple(classes), dict(counts))
