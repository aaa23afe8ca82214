"""From definitions to what must be computed: kinds found, measures parsed, formulas in order, windows before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sqlglot import exp

from minori.core.errors import ConditionError, DefinitionError, UnknownName
from minori.metrics.kind import METRIC_KINDS, MetricKind
from minori.metrics.measure import Measure, parse_measure
from minori.metrics.names import back_column, parse_back
from minori.policy.definitions import Metric, Policy
from minori.query.condition import Condition, column_of, parse_condition
from minori.query.sql import column
from minori.schema.columns import CUSTOMER_COLUMNS
from minori.schema.table import Type

DEFAULT_STEP = 28  # days: the window before of a metric that has no window
_BEFORE = column_of("before", "")
_HELD = {Type.TEXT: "text", Type.DATE: "date", Type.INSTANT: "instant"}


@dataclass(frozen=True)
class Resolved:
    """One column of the metric table: a metric now, or as it was ``offset`` days ago."""

    name: str
    definition: Metric
    kind: MetricKind
    measure: Measure | None = None
    tree: exp.Expression | None = None  # of a derived metric
    offset: int = 0

    @property
    def window(self) -> int | None:
        """Days looked at; None: ever."""
        return self.definition.window

    @property
    def value(self) -> str:
        """What the column holds: number, date or text."""
        if self.measure is not None and self.measure.what is not None and self.kind.value == "number":
            declared = self.measure.table.by_name.get(self.measure.what)
            if self.kind.same_type and declared is not None:
                return _HELD.get(declared.type, "number")
        return self.kind.value

    @property
    def reads_users(self) -> bool:
        """Whether it needs to know which user each row is of."""
        return self.kind.needs_users or (self.measure is not None and self.measure.what == "user_key")

    @property
    def needs(self) -> frozenset[str]:
        """Columns that a derived metric reads."""
        if self.tree is None:
            return frozenset()
        return frozenset(c.name for c in self.tree.find_all(exp.Column)) - {"as_of"}


class Metrics(Mapping[str, Resolved]):
    """Every metric of a policy by column name; columns of earlier days are made when asked for."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._resolved: dict[str, Resolved] = {}
        for name, definition in policy.metrics.items():
            self._resolved[name] = self._resolve(name, definition)
        for name in policy.metrics:
            self._check(self._resolved[name])

    def __getitem__(self, name: str) -> Resolved:
        if name not in self._resolved:
            self._resolved[name] = self._earlier(name)
        return self._resolved[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.policy.metrics)

    def __len__(self) -> int:
        return len(self.policy.metrics)

    @cached_property
    def known(self) -> dict[str, str]:
        """Names that a condition may use: metrics and customer columns, with their type."""
        constants = tuple(c for c in self.policy.constant if "." not in c)
        types = {name: self[name].value for name in self.policy.metrics}
        return {**CUSTOMER_COLUMNS, **dict.fromkeys(constants, "any"), **types}

    def condition(self, text: str) -> Condition:
        """Parse a condition and check every name in it."""
        condition = parse_condition(text)
        condition.check_names(self.known)
        for name in condition.columns:
            if self._plain(name) in self.policy.metrics:
                self.closure([name])
        return condition

    def closure(self, names: Iterable[str]) -> list[str]:
        """Return the metric columns needed for ``names``, in an order in which each can be computed."""
        done: dict[str, None] = {}
        for name in sorted(names):
            self._visit(name, done, ())
        return list(done)

    def ranks(self, names: Iterable[str]) -> bool:
        """Return whether any of the columns, or one it is made of, compares customers with each other."""
        return any((d := self[name].kind.derived) is not None and d.ranks for name in self.closure(names))

    def _visit(self, name: str, done: dict[str, None], path: tuple[str, ...]) -> None:
        if name in done or self._plain(name) not in self.policy.metrics:
            return
        if name in path:
            raise DefinitionError(f"metrics read each other in a circle: {' → '.join((*path, name))}")
        for other in sorted(self[name].needs):
            self._visit(other, done, (*path, name))
        done[name] = None

    def _plain(self, name: str) -> str:
        back = parse_back(name)
        return back[0] if back else name.removeprefix(_BEFORE)

    def _resolve(self, name: str, definition: Metric) -> Resolved:
        if name in CUSTOMER_COLUMNS:
            raise DefinitionError(f"{name!r} is a customer column; choose another name for the metric")
        if definition.kind not in METRIC_KINDS:
            raise UnknownName("metric kind", definition.kind, METRIC_KINDS)
        kind = METRIC_KINDS[definition.kind]
        if kind.needs_window and definition.window is None:
            raise DefinitionError(f"{definition.kind} needs a window, such as window: 28 days")
        if kind.derived is not None:
            of = self.policy.metrics.get(definition.measure.strip()) if kind.derived.of_metric else None
            lower = of is not None and of.better == "lower"
            return Resolved(name, definition, kind, tree=kind.derived.value(definition.measure, lower))
        measure = parse_measure(definition.measure, constant=self.policy.constant)
        if kind.takes == "column" and measure.what is None:
            example = f"{definition.kind}: quantity of {measure.table.name}"
            raise ConditionError(f"{definition.measure!r}: write which column, such as {example}")
        return Resolved(name, definition, kind, measure=measure)

    def _check(self, resolved: Resolved) -> None:
        if (derived := resolved.kind.derived) is not None:
            known = self.policy.metrics if derived.of_metric else self.known
            for name in sorted(derived.names(resolved.definition.measure)):
                if name not in known:
                    raise UnknownName("metric or customer column", name, known)
        self.closure([resolved.name])

    def _earlier(self, name: str) -> Resolved:
        """Resolve ``before__x`` (the window before) or ``back7__x`` (as it was seven days ago)."""
        back = parse_back(name)
        plain = self._plain(name)
        if plain not in self._resolved:
            raise UnknownName("metric", plain, self.policy.metrics)
        now = self._resolved[plain]
        if now.kind.derived is None:
            return replace(now, name=name, offset=back[1] if back else now.window or DEFAULT_STEP)
        if not now.kind.derived.can_look_back or now.tree is None:
            raise ConditionError(
                f"{plain}: a {now.definition.kind} metric cannot be read as of an earlier day"
            )
        return replace(now, name=name, tree=self._moved(now.tree, back[1] if back else None))

    def _moved(self, tree: exp.Expression, days: int | None) -> exp.Expression:
        """Read every metric of a formula as of earlier; contracts are read as they are now."""

        def one(node: exp.Expression) -> exp.Expression:
            if not isinstance(node, exp.Column) or self._plain(node.name) not in self.policy.metrics:
                return node
            if node.name not in self.policy.metrics:
                raise ConditionError("before() of a formula that itself looks before is not possible")
            return column(back_column(node.name, days) if days else column_of("before", node.name))

        return tree.copy().transform(one)
