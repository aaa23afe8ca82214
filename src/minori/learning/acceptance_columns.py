"""Which columns a learned chance reads, and in which direction each may count."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from minori.core.text import Text
from minori.policy.definitions import Policy

Part = Literal["sale", "keep"]
PARTS: tuple[Part, ...] = ("sale", "keep")

HOLDS = "play_holds"  # 1 where the play's own condition held on the day
RISE = "price_rise"  # change of monthly price as a share of what is paid
OWN: dict[str, Text] = {
    HOLDS: Text(ja="型の条件を満たしていること", en="the play's condition holds"),
    RISE: Text(ja="月額の上がり幅", en="rise of the monthly price"),
}
HEALTH = Text(ja="ヘルススコア", en="health score")


@dataclass(frozen=True)
class Column:
    """A column of the training: ``sign`` 1 makes a yes likelier, -1 less likely, 0 either."""

    name: str
    label: Text
    sign: int
    share: bool = False  # shown in percent

    def as_object(self) -> dict[str, Any]:
        """Return plain data."""
        label = self.label.as_dict()
        return {"name": self.name, "label": label, "sign": self.sign, "share": self.share}

    @classmethod
    def restored(cls, data: Mapping[str, Any]) -> "Column":
        """Rebuild from plain data."""
        label = Text(ja=data["label"]["ja"], en=data["label"]["en"])
        return cls(data["name"], label, data["sign"], data["share"])


def columns_of(policy: Policy, part: Part, metrics: Collection[str]) -> tuple[Column, ...]:
    """Return the columns for a part of the plays; ``metrics`` are those that are numbers of one customer alone.

    Plays that sell are likelier accepted where a metric stands well (``better``); those that keep a customer - help,
    rescue, a smaller plan - where it stands badly. A metric that does not say which way is better is not read: with as
    few answers as there are, columns that may count either way fit noise.
    """
    direction = 1 if part == "sale" else -1
    holds = Column(HOLDS, OWN[HOLDS], 1)
    own = (holds, Column(RISE, OWN[RISE], -1, share=True)) if part == "sale" else (holds,)
    health = Column("health", HEALTH, direction)
    read = (
        Column(name, metric.label, direction * _SIGNS[metric.better], metric.unit == "share")
        for name, metric in sorted(policy.metrics.items())
        if name in metrics and metric.better is not None
    )
    return (*own, health, *read)


_SIGNS = {"higher": 1, "lower": -1}
