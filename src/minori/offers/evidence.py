"""Which numbers stand behind each play, and the columns they come from."""

from collections.abc import Mapping

from sqlglot import exp

from minori.offers.case import Number
from minori.policy.definitions import Play, Policy
from minori.policy.reads import evidence_of
from minori.query.condition import parse_condition
from minori.query.sql import named
from minori.schema.columns import CUSTOMER_COLUMNS

# Of the customer columns only this speaks of need; the others are time, money or a class the customer is in.
_SPEAK_OF_NEED = ("outgrew_plan", "health", "band", "health_change")


class Evidence:
    """Numbers of every play of a policy, and what must be prepared for them."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.plays = {play.id: evidence_of(play, policy) for play in policy.plays.values() if play.on}
        self.expressions = {name: text for names in self.plays.values() for name, text in names.items()}
        for name in self._also():
            self.expressions.setdefault(name, name)

    @property
    def columns(self) -> set[str]:
        """Columns of the situation that are read."""
        return {c for text in self.expressions.values() for c in parse_condition(text).columns}

    def selected(self) -> list[exp.Expression]:
        """Return one named expression per number."""
        return [named(parse_condition(text).tree.copy(), name) for name, text in sorted(self.expressions.items())]

    def of(self, play: Play, numbers: Mapping[str, Number]) -> dict[str, Number]:
        """Return the numbers behind a play, by name."""
        return {name: numbers.get(name) for name in sorted(self.plays[play.id])}

    def needs(self, play: Play, numbers: Mapping[str, Number]) -> int:
        """Count known numbers that speak of a need: time alone never does."""
        condition = parse_condition(play.when)
        names = condition.reads | {f"{function}_{argument}" for function, argument in condition.calls}
        return sum(1 for name in names if numbers.get(name) is not None and self._speaks(name))

    def _speaks(self, name: str) -> bool:
        return name in self.policy.metrics or name in _SPEAK_OF_NEED

    def _also(self) -> set[str]:
        """Numbers that offers, values and benefits read beside the plays' own."""
        catalog = self.policy.catalog
        texts = [t for b in catalog.benefits.values() for t in (*b.values.values(), *((b.money,) if b.money else ()))]
        read = {name for text in texts for name in parse_condition(text).columns}
        settings = {str(v) for p in self.policy.plays.values() for v in p.offer.settings.values()}
        read |= settings & set(self.policy.metrics)
        read |= set(self.policy.metrics) & {self.policy.segments.loyalty or "", self.policy.guards.ranking.monthly_value}
        limits = {f"limit__{name}" for name in self._limits()}
        columns = set(CUSTOMER_COLUMNS) | set(self.policy.metrics) | limits
        return {name for name in read | set(CUSTOMER_COLUMNS) | limits if name in columns}

    def _limits(self) -> set[str]:
        return {
            name for product in self.policy.catalog.products.values() for plan in product.plans.values() for name in plan.limits
        } & {argument for texts in self.plays.values() for text in texts.values()
             for function, argument in parse_condition(text).calls if function == "limit"}
