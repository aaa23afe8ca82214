"""Several independent reasons for the same offer make the need likelier: noisy-or of what each says of it.

A chance of a yes is the chance of a need × the chance of a yes where the need is there (``yes_if_needed``). More reasons
raise the first, never the second: whoever surely needs something still may say no.

Of the plays that hold for a customer and propose the same thing, those count that rest on different facts: a play that
reads a metric another one has read already is the same reason told twice.

References
----------
Pearl (1988), Probabilistic Reasoning in Intelligent Systems, section 4.3.2 (noisy-or).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod

from minori.policy.definitions import Play, Policy
from minori.policy.reads import base_metrics, columns_of_plays
from minori.stats.interval import Interval

_SAME_THING = ("option", "product", "limit", "bundle", "item", "from")
_BY_FEATURE = (
    "option"  # an upper plan brings all of its features at once, an option the one that is asked for
)
_BOUGHT = ("seats", "plan", "capacity", "option", "product", "bundle", "item")


class Support:
    """Which plays of a policy propose the same thing on different grounds."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    @cached_property
    def _grounds(self) -> dict[str, frozenset[str]]:
        return {
            name: base_metrics(self.policy, columns_of_plays([play]))
            for name, play in self.policy.plays.items()
        }

    def chance(self, play: Play, holding: Iterable[str], chances: Mapping[str, Interval]) -> Interval:
        """Return the chance of a yes to ``play``, given all plays that hold for the customer."""
        grounds = [chances[play.id], *(chances[name] for name in self._others(play, holding, chances))]
        if len(grounds) == 1:
            return chances[play.id]
        return Interval(*(self._together([ground[bound] for ground in grounds]) for bound in range(3)))

    def need(self, chance: Interval) -> float:
        """Return the chance that the need is there behind a chance of a yes at the usual price."""
        return chance.middle / max(self.policy.guards.ranking.yes_if_needed, chance.middle)

    def _together(self, chances: Sequence[float]) -> float:
        """Return the chance of a yes where each ground alone would give these: none of them may miss the need."""
        most = max(self.policy.guards.ranking.yes_if_needed, *chances)
        return most * (1 - prod(1 - chance / most for chance in chances))

    def _others(self, play: Play, holding: Iterable[str], chances: Mapping[str, Interval]) -> Iterator[str]:
        """Yield the plays that are further reasons, the strongest first."""
        used = self._grounds[play.id]
        same = [name for name in holding if name != play.id and self._same(play, self.policy.plays[name])]
        for name in sorted(same, key=lambda name: (-chances[name].middle, name)):
            if self._grounds[name] and not self._grounds[name] & used:
                used |= self._grounds[name]
                yield name

    @staticmethod
    def _same(first: Play, second: Play) -> bool:
        if first.offer.kind != second.offer.kind or first.offer.kind not in _BOUGHT:
            return False
        one, two = first.offer.settings, second.offer.settings
        same = (*_SAME_THING, "with_feature") if first.offer.kind == _BY_FEATURE else _SAME_THING
        return all(one.get(name) == two.get(name) for name in same)
