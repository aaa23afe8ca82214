"""Rewriting a mapping so that every row says where it came from and which casts failed in it.

Three hidden columns go through every select of the tree: ``__row`` and ``__file`` (null once rows are
gathered) and ``__check`` (a list of failed casts, null where none failed). A condition that is unknown
*because* a cast failed in it keeps the row, so that it is set aside and not lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlglot import exp

from minori.sources.casts import CHECK_TYPE, CastCheck, check_of, has_aggregate, own_nodes, soften
from minori.sources.definitions import INPUT
from minori.sources.grammar import NotAllowedError, nearest
from minori.sources.tree import column, fill, named, table

ROW, FILE, CHECK = "__row", "__file", "__check"
_RAW_HIDDEN = ("_row", "_file")
_CLAUSES = ("where", "having", "qualify")


@dataclass(frozen=True)
class Carried:
    """What is known of the rows of a query."""

    rows: bool  # each stands for one row of the input
    reads_input: bool
    checks: bool  # a cast may have failed in it
    alone: bool  # no row of the input was compared with another one


@dataclass(frozen=True)
class _Relation:
    """One thing in a FROM."""

    alias: str
    raw: bool
    carried: Carried


class Carrier:
    """Rewrites one mapping in place. ``inputs`` gives the table that holds each input's text."""

    def __init__(self, inputs: Mapping[str, str]) -> None:
        self._inputs = inputs
        self._parts = 0
        self.checked: list[str] = []  # WITH parts that stand row for row and in which casts may fail

    def query(self, node: exp.Expression, known: Mapping[str, Carried], *, rows: bool = True) -> Carried:
        """Rewrite a query; ``rows`` is false where its rows can no longer be told apart."""
        if isinstance(node, exp.Subquery):
            return self.query(node.this, known, rows=rows)
        known = self._with(node, known)
        if isinstance(node, exp.Union):
            sides = [self.query(side, known, rows=False) for side in (node.this, node.expression)]
            reads = any(side.reads_input for side in sides)
            return Carried(False, reads, any(side.checks for side in sides), not reads)
        if not isinstance(node, exp.Select):
            raise NotAllowedError(f"expected a select, read {node.sql(dialect='duckdb')!r}")
        return self._select(node, known, rows)

    def _with(self, node: exp.Expression, known: Mapping[str, Carried]) -> Mapping[str, Carried]:
        inner = dict(known)
        clause = node.args.get("with_")
        for cte in clause.expressions if clause else ():
            name = cte.alias.lower()
            if name in self._inputs:
                raise NotAllowedError(f"with {cte.alias} hides the input of that name; choose another name")
            inner[name] = self.query(cte.this, inner)
            for hidden in (ROW, FILE, CHECK) if cte.args["alias"].columns else ():
                cte.args["alias"].append("columns", exp.to_identifier(hidden))
            if inner[name].rows and inner[name].checks and not node.parent:
                self.checked.append(cte.alias)
        return inner

    def _select(self, select: exp.Expression, known: Mapping[str, Carried], rows: bool) -> Carried:
        relations = self._relations(select, known)
        self._inside_expressions(select, known)
        self._stars(select, relations)
        _name_casts(select)
        grouped = _is_grouped(select)
        checks = self._checks(select, grouped)
        _keep_unknown(select, relations, checks)
        gathered = grouped or bool(select.args.get("distinct"))
        source = next((r for r in relations if r.carried.rows), None) if rows and not gathered else None
        hidden = _hidden(relations, checks, source, grouped)
        select.set("expressions", [*select.expressions, *hidden])
        reads = any(r.carried.reads_input for r in relations)
        return Carried(
            rows=source is not None,
            reads_input=reads,
            checks=bool(checks) or any(r.carried.checks for r in relations),
            alone=_alone(select, relations, gathered, reads),
        )

    def _relations(self, select: exp.Expression, known: Mapping[str, Carried]) -> list[_Relation]:
        start = select.args.get("from_")
        joins = select.args.get("joins") or []
        nodes = [part.this for part in (*([start] if start else []), *joins)]
        for join in joins:
            _refuse_casts(join.args.get("on"), "the on of a join")
        return [self._relation(node, known) for node in nodes]

    def _relation(self, node: exp.Expression, known: Mapping[str, Carried]) -> _Relation:
        if isinstance(node, exp.Subquery):
            carried = self.query(node.this, known)
            if not node.alias:
                self._parts += 1
                node.set("alias", exp.TableAlias(this=exp.to_identifier(f"__part_{self._parts}")))
            for hidden in (ROW, FILE, CHECK) if node.args["alias"].columns else ():
                node.args["alias"].append("columns", exp.to_identifier(hidden))
            return _Relation(node.alias, False, carried)
        return self._named(node, known)

    def _named(self, node: exp.Expression, known: Mapping[str, Carried]) -> _Relation:
        name = node.name.lower()
        alias = node.alias or node.name
        if name in known:
            return _Relation(alias, False, known[name])
        if name not in self._inputs:
            raise NotAllowedError(f"no input named {node.name!r}{nearest(name, {*self._inputs, *known})}")
        if node.args.get("alias") and node.args["alias"].columns:
            raise NotAllowedError(
                f"names of columns after {alias!r} are not allowed; rename them in the select"
            )
        whole = table(self._inputs[name])
        whole.set("alias", exp.TableAlias(this=exp.to_identifier(alias, quoted=True)))
        node.replace(whole)
        is_input = name == INPUT
        return _Relation(alias, True, Carried(is_input, is_input, False, True))

    def _inside_expressions(self, select: exp.Expression, known: Mapping[str, Carried]) -> None:
        """Rewrite selects inside expressions (``exists``, ``in``): names and stars only."""
        outside = {id(part.this) for part in (select.args.get("joins") or ())}
        outside |= {id(select.args["from_"].this)} if select.args.get("from_") else set()
        for node in list(select.walk(prune=lambda n: isinstance(n, exp.Query) and n is not select)):
            if node is select or not isinstance(node, exp.Query) or _below(node, outside, select):
                continue
            self._plain(node, known)

    def _plain(self, node: exp.Expression, known: Mapping[str, Carried]) -> None:
        if isinstance(node, exp.Subquery):
            self._plain(node.this, known)
        elif isinstance(node, exp.Union):
            self._plain(node.this, known)
            self._plain(node.expression, known)
        elif node.args.get("with_"):
            raise NotAllowedError("with inside an expression is not allowed; put it before the first select")
        else:
            _refuse_casts(node, "a select inside an expression")
            relations = self._relations(node, known)
            self._inside_expressions(node, known)
            self._stars(node, relations)

    def _stars(self, select: exp.Expression, relations: list[_Relation]) -> None:
        for node in select.expressions:
            star = node if isinstance(node, exp.Star) else node.this if isinstance(node, exp.Column) else None
            if not isinstance(star, exp.Star):
                continue
            of = node.table.lower() if isinstance(node, exp.Column) else ""
            meant = [r for r in relations if not of or r.alias.lower() == of]
            names = {n for r in meant for n in (_RAW_HIDDEN if r.raw else (ROW, FILE, CHECK))}
            written = star.args.get("except_") or []
            star.set("except_", [*written, *(exp.column(n) for n in sorted(names))])

    def _checks(self, select: exp.Expression, grouped: bool) -> list[CastCheck]:
        found = [(cast, p.alias_or_name, "") for p in list(select.expressions) for cast in soften(p)]
        for clause in _CLAUSES:
            if part := select.args.get(clause):
                found += [(cast, clause, clause) for cast in soften(part)]
        for name in ("group", "order", "distinct"):
            if part := select.args.get(name):
                soften(part)
        checks = [check_of(cast, name, grouped=grouped) for cast, name, _ in found]
        checks = [_in_clause(select, k, c) if c else k for k, (_, _, c) in zip(checks, found, strict=True)]
        unique = {check.failed.sql(dialect="duckdb"): check for check in checks}
        if any(check.failed.find(exp.Explode) for check in unique.values()):
            raise NotAllowedError("a cast of unnest(…) cannot be checked; unnest in a with first, then cast")
        return list(unique.values())


def _name_casts(select: exp.Expression) -> None:
    """Call ``cast(seats as integer)`` seats, as PostgreSQL does, where no name is given."""
    for node in list(select.expressions):
        if isinstance(node, exp.Cast) and isinstance(node.this, exp.Column):
            node.replace(named(node.copy(), node.this.name))


def _in_clause(select: exp.Expression, check: CastCheck, clause: str) -> CastCheck:
    """A cast in a condition matters only where it leaves the condition unknown."""
    unknown = fill(":c is null", c=exp.paren(select.args[clause].this.copy()))
    failed = exp.and_(unknown, check.failed, copy=False)
    return replace(check, failed=failed, aggregated=check.aggregated or clause == "having", clause=clause)


def _keep_unknown(select: exp.Expression, relations: list[_Relation], checks: list[CastCheck]) -> None:
    """Keep the rows for which a condition is unknown because a cast failed."""
    below = [fill(":c is not null", c=column(CHECK, r.alias)) for r in relations if r.carried.checks]
    for clause in _CLAUSES:
        own = [check.failed for check in checks if check.clause == clause]
        failed = [*own, *(below if clause == "where" else [])]
        if failed and (part := select.args.get(clause)):
            part.set("this", fill("coalesce(:c, :f)", c=part.this, f=exp.or_(*failed)))


def _hidden(
    relations: list[_Relation], checks: list[CastCheck], source: _Relation | None, grouped: bool
) -> list[exp.Expression]:
    names = _RAW_HIDDEN if source and source.raw else (ROW, FILE)
    row = column(names[0], source.alias) if source else fill("cast(null as bigint)")
    file = column(names[1], source.alias) if source else fill("cast(null as varchar)")
    return [named(row, ROW), named(file, FILE), named(_check(relations, checks, grouped), CHECK)]


def _check(relations: list[_Relation], checks: list[CastCheck], grouped: bool) -> exp.Expression:
    below = [column(CHECK, r.alias) for r in relations if r.carried.checks]
    of_rows = _listed([c for c in checks if not c.aggregated], below)
    if grouped and of_rows is not None:
        of_rows = fill("min(:c)", c=of_rows)
    of_groups = _listed([c for c in checks if c.aggregated], [])
    both = [part for part in (of_rows, of_groups) if part is not None]
    whole = fill("coalesce(:a, :b)", a=both[0], b=both[-1]) if both else exp.null()
    return fill(f"cast(:x as {CHECK_TYPE})", x=whole)


def _listed(checks: list[CastCheck], below: list[exp.Expression]) -> exp.Expression | None:
    """Return the list of failed casts, null where none failed; built only for the rows where one did."""
    parts = [fill("case when :f then [:e] else [] end", f=c.failed, e=c.entry()) for c in checks]
    parts += [fill("coalesce(:c, [])", c=c) for c in below]
    if not parts:
        return None
    whole = parts[0]
    for part in parts[1:]:
        whole = fill("list_concat(:a, :b)", a=whole, b=part)
    failed = [c.failed for c in checks] + [fill(":c is not null", c=c) for c in below]
    return fill("case when :any then :whole end", any=exp.or_(*failed), whole=whole)


def _is_grouped(select: exp.Expression) -> bool:
    parts = [*select.expressions, select.args.get("having"), select.args.get("qualify")]
    return bool(select.args.get("group")) or any(part is not None and has_aggregate(part) for part in parts)


def _alone(select: exp.Expression, relations: list[_Relation], gathered: bool, reads: bool) -> bool:
    if not reads:
        return True
    windows = any(isinstance(node, exp.Window) for node in own_nodes(select))
    twice = sum(r.carried.reads_input for r in relations) > 1
    return all(r.carried.alone for r in relations) and not (
        gathered or windows or twice or select.args.get("limit")
    )


def _refuse_casts(part: exp.Expression | None, where: str) -> None:
    for node in part.walk() if part is not None else ():
        if type(node) in (exp.Cast, exp.StrToTime) and node.find(exp.Column):
            shown = node.sql(dialect="duckdb")
            raise NotAllowedError(
                f"{shown} in {where} cannot be checked; cast in a with first, or write try_cast"
            )


def _below(node: exp.Expression, outside: set[int], select: exp.Expression) -> bool:
    """Tell whether a node belongs to the FROM or the WITH of the select."""
    current: exp.Expression | None = node
    while current is not None and current is not select:
        if id(current) in outside or isinstance(current, exp.With):
            return True
        current = current.parent
    return False
