"""The white-list of the template language: plain names, ``if``, ``for`` over given lists, a few filters.

Each node is looked at with the shape of what it stands for, so that a mistake is found when a file is loaded
and not when a customer is written to. There is no arithmetic, no call, no macro, no include, no assignment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError, nodes

from minori.core.errors import DefinitionError, UnknownName
from minori.proposal.shapes import (
    IN_TEMPLATE,
    LOOP,
    NUMBER,
    TEXT,
    ListShape,
    RecordShape,
    Shape,
    attribute,
    filtered,
)

DEEPEST_LOOP = 2
LONGEST = 20_000  # signs of a section
_ENVIRONMENT = Environment(autoescape=False)  # plain text: nothing here is HTML
_ALLOWED = "{{ name }}, {% if %}, {% for … in … %} over the lists given, and the listed filters"
_WRITTEN = {"Getitem": "[…]", "Call": "a call", "Test": "is …", "Concat": "~", "CondExpr": "… if … else …"}
Names = Mapping[str, Shape]


@dataclass(frozen=True)
class Check:
    """Checks parts of one file; ``before`` is the number of lines above the part, ``given`` what it may name."""

    file: str
    before: int = 0
    given: Names = field(default_factory=lambda: IN_TEMPLATE)

    def part(self, text: str) -> None:
        """Check one part of a template; raises DefinitionError with file and line."""
        if len(text) > LONGEST:
            raise DefinitionError(f"longer than {LONGEST:,} signs", file=self.file, line=self.before + 1)
        try:
            tree = _ENVIRONMENT.parse(text)
        except TemplateSyntaxError as e:
            line = self.before + e.lineno
            raise DefinitionError(f"cannot be read: {e.message}", file=self.file, line=line) from None
        self._block(tree.body, self.given, 0)

    def _block(self, body: Sequence[nodes.Node], names: Names, loops: int) -> None:
        for node in body:
            try:
                self._statement(node, names, loops)
            except DefinitionError as e:
                raise e.at(self.file, self.before + node.lineno) from None

    def _statement(self, node: nodes.Node, names: Names, loops: int) -> None:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    self._output(part, names)
            case nodes.If():
                _shape(node.test, names)
                for body in (node.body, node.elif_, node.else_):
                    self._block(body, names, loops)
            case nodes.For():
                inner = _loop_names(node, names, loops)
                self._block(node.body, inner, loops + 1)
                self._block(node.else_, names, loops)
            case _:
                raise _refused(node)

    def _output(self, node: nodes.Expr, names: Names) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        try:
            _check_written(_shape(node, names))
        except DefinitionError as e:
            raise e.at(self.file, self.before + node.lineno) from None


def _check_written(shape: Shape) -> None:
    if isinstance(shape, ListShape):
        raise DefinitionError("a list cannot be written out; loop over it or use the filter join")
    if isinstance(shape, RecordShape):
        raise DefinitionError(f"write one of its parts: {', '.join(shape.fields)}")


def _loop_names(node: nodes.For, names: Names, loops: int) -> Names:
    if loops == DEEPEST_LOOP:
        raise DefinitionError(f"loops stand in each other more than {DEEPEST_LOOP} deep")
    over = _shape(node.iter, names)
    if not isinstance(over, ListShape):
        lists = sorted(name for name, shape in names.items() if isinstance(shape, ListShape))
        raise DefinitionError(f"for goes over a list; given are: {', '.join(lists)}")
    if node.test is not None or node.recursive or not isinstance(node.target, nodes.Name):
        raise DefinitionError("write a plain loop: {% for one in many %}")
    if node.target.name in IN_TEMPLATE or node.target.name == "loop":
        raise DefinitionError(f"{node.target.name!r} is given already; name the loop's own otherwise")
    return {**names, node.target.name: over.item, "loop": LOOP}


def _shape(node: nodes.Node, names: Names) -> Shape:
    """Return what an expression stands for; raises DefinitionError if it is not of the language."""
    match node:
        case nodes.Name():
            if node.name not in names:
                raise UnknownName("name", node.name, names)
            return names[node.name]
        case nodes.Getattr():
            return attribute(_shape(node.node, names), node.attr)
        case nodes.Const(value=str()):
            return TEXT
        case nodes.Const(value=int()):
            return NUMBER
        case nodes.Filter():
            return _filter(node, names)
        case nodes.Not() | nodes.And() | nodes.Or() | nodes.Compare() | nodes.Operand():
            for part in node.iter_child_nodes():
                _shape(part, names)
            return NUMBER
    raise _refused(node)


def _filter(node: nodes.Filter, names: Names) -> Shape:
    if node.node is None:
        raise DefinitionError("a block of filters is not allowed in a template")
    shape = filtered(node.name, _shape(node.node, names))
    texts = all(isinstance(a, nodes.Const) and isinstance(a.value, str) for a in node.args)
    between = node.name == "join" and len(node.args) == 1 and texts
    if (node.args and not between) or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise DefinitionError(
            f"the filter {node.name} is written plainly; only join takes a text: join('、')"
        )
    return shape


def _refused(node: nodes.Node) -> DefinitionError:
    kind = type(node).__name__
    return DefinitionError(
        f"{_WRITTEN.get(kind, kind.lower())} is not allowed in a template; allowed: {_ALLOWED}"
    )
