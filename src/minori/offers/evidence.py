"""Which numbers stand behind each play, and the columns they come from."""

from collections.abc import Mapping

from sqlglot import exp

from minori.offers.case import Number
from minori.policy.definitions import Play, Policy
from minori.policy.reads import conditions_of, evidence_of
from minori.query.condition import column_of, parse_condition
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
        return [
            named(parse_condition(text).tree.copy(), name) for name, text in sorted(self.expressions.items())
        ]

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
        """Offers, values and benefits may read any number there is: of a few customers, all of them are few."""
        prepared = {column_of("limit", name) for name in self._limits()}
        return {*CUSTOMER_COLUMNS, *self.policy.metrics, *prepared}

    def _limits(self) -> set[str]:
        """Limits that the policy reads anywhere, so that their columns exist."""
        return {
            argument
            for c in conditions_of(self.policy)
            for function, argument in c.calls
            if function == "limit"
        }
