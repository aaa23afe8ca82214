"""From definitions to what must be computed: kinds found, measures parsed, formulas in order, windows before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sqlglot import exp

from minori.core.errors import ConditionError, DefinitionError, UnknownName
from minori.metrics.kind import METRIC_KINDS, MetricKind
from minori.metrics.measure import Measure, parse_measure
from minori.policy.definitions import Metric, Policy
from minori.query.condition import Condition, column_of, parse_condition
from minori.schema.columns import CUSTOMER_COLUMNS

DEFAULT_STEP = 28  # days: the window before of a metric that has no window


@dataclass(frozen=True)
class Resolved:
    """One column of the metric table: a metric, or the window before of one."""

    name: str
    definition: Metric
    kind: MetricKind
    measure: Measure | None = None
    formula: Condition | None = None
    of: str | None = None  # quintile: of which metric
    offset: int = 0
    lower_is_better: bool = False

    @property
    def window(self) -> int | None:
        """Days looked at; None: ever."""
        return self.definition.window

    @property
    def needs(self) -> frozenset[str]:
        """Other columns of the metric table that it reads."""
        if self.of:
            return frozenset({self.of})
        return self.formula.columns if self.formula else frozenset()


class Metrics(Mapping[str, Resolved]):
    """Every metric of a policy by column name; hidden ``before__x`` columns are made when asked for."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._resolved: dict[str, Resolved] = {}
        for name, definition in policy.metrics.items():
            if name in CUSTOMER_COLUMNS:
                raise DefinitionError(f"metric {name!r} has the name of a customer column; choose another")
            self._resolved[name] = self._resolve(name, definition)
        for resolved in list(self._resolved.values()):
            self._check(resolved)

    def __getitem__(self, name: str) -> Resolved:
        if name.startswith("before__") and name not in self._resolved:
            self._resolved[name] = self._before(name.removeprefix("before__"))
        return self._resolved[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.policy.metrics)

    def __len__(self) -> int:
        return len(self.policy.metrics)

    @cached_property
    def known(self) -> dict[str, str]:
        """Names that a condition may use: metrics and customer columns, with their type."""
        types = {name: self[name].kind.value for name in self.policy.metrics}
        return {**CUSTOMER_COLUMNS, **dict.fromkeys(self.constants, "any"), **types}

    @property
    def constants(self) -> tuple[str, ...]:
        """Customer attributes that may stand in conditions."""
        return tuple(c for c in self.policy.constant if "." not in c)

    def condition(self, text: str) -> Condition:
        """Parse a condition and check every name in it."""
        condition = parse_condition(text)
        condition.check_names(self.known)
        return condition

    def closure(self, names: Iterable[str]) -> list[str]:
        """Return the metric columns needed for ``names``, in an order in which each can be computed."""
        done: dict[str, None] = {}
        for name in sorted(names):
            self._visit(name, done, ())
        return list(done)

    def _visit(self, name: str, done: dict[str, None], path: tuple[str, ...]) -> None:
        plain = name.removeprefix("before__")
        if name in done or plain not in self.policy.metrics:
            return
        if name in path:
            raise DefinitionError(f"metrics read each other in a circle: {' → '.join((*path, name))}")
        for other in sorted(self[name].needs):
            self._visit(other, done, (*path, name))
        done[name] = None

    def _resolve(self, name: str, definition: Metric) -> Resolved:
        if definition.kind not in METRIC_KINDS:
            raise UnknownName("metric kind", definition.kind, METRIC_KINDS)
        kind = METRIC_KINDS[definition.kind]
        if kind.needs_window and definition.window is None:
            raise DefinitionError(
                f"metric {name!r}: {definition.kind} needs a window, such as window: 28 days"
            )
        if kind.takes == "metric":
            of = definition.measure.strip()
            lower = of in self.policy.metrics and self.policy.metrics[of].better == "lower"
            return Resolved(name, definition, kind, of=of, lower_is_better=lower)
        if kind.takes == "expression":
            return Resolved(name, definition, kind, formula=parse_condition(definition.measure))
        measure = parse_measure(definition.measure, constant=self.policy.constant)
        if kind.takes == "column" and measure.what is None:
            raise ConditionError(
                f"{definition.measure!r}: write which column, such as: quantity of {measure.table.name}"
            )
        return Resolved(name, definition, kind, measure=measure)

    def _check(self, resolved: Resolved) -> None:
        if resolved.of is not None and resolved.of not in self.policy.metrics:
            raise UnknownName("metric", resolved.of, self.policy.metrics)
        if resolved.formula is not None:
            resolved.formula.check_names(self.known)
        self.closure([resolved.name])

    def _before(self, name: str) -> Resolved:
        now = self._resolved[name]
        hidden = column_of("before", name)
        if now.formula is not None:
            moved = _moved_back(now.formula, self.policy.metrics)
            return replace(now, name=hidden, formula=moved)
        if now.of is not None:
            raise ConditionError(f"before({name}): a rank among customers has no window before")
        return replace(now, name=hidden, offset=now.window or DEFAULT_STEP)


def _moved_back(formula: Condition, metrics: Mapping[str, Metric]) -> Condition:
    """Read the window before of every metric in a formula; contracts are read as they are now."""
    tree = formula.tree.copy()
    for column in tree.find_all(exp.Column):
        if column.name in metrics:
            column.this.set("this", column_of("before", column.name))
        elif column.name.startswith("before__"):
            raise ConditionError(
                f"{formula.text!r}: before() of a formula that itself looks before is not possible"
            )
    return replace(formula, tree=tree)
