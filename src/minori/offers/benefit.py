"""What an offer is worth to this customer, from their own numbers: no input, no figure.

A benefit is shown if its feature is among those the offer brings or its plays contain the play, every number
in it is known, and what it is worth is not nothing. Each one names its inputs with their source.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from minori.core.text import LANGUAGES, Text
from minori.offers.case import Case, Priced
from minori.offers.figures import figure
from minori.offers.gains import lifts_a_pressing_limit
from minori.offers.kind import OFFER_KINDS
from minori.offers.parts import parts_of
from minori.offers.wording import filled, stored
from minori.policy import catalog
from minori.query.condition import Condition, parse_condition
from minori.query.evaluate import Value, evaluate, known_inputs

MEASURED = Text(ja="実績値", en="measured")
TOLD = Text(ja="お客様から伺った値", en="told by the customer")
DEFAULT = Text(ja="当社の標準値", en="company default")
_INPUT = Text(ja="{label}: {value}{unit}({source})", en="{label}: {value}{unit} ({source})")
_PREPARED = ("limit", "before")


@dataclass(frozen=True)
class Benefit:
    """A benefit in the customer's terms; ``money`` is what it is worth a month, in company currency."""

    text: Text
    money: Decimal | None
    assumptions: tuple[Text, ...]


def benefits_of(case: Case, priced: Priced) -> tuple[Benefit, ...]:
    """Return the benefits to show, in the order of the catalogue."""
    inputs = _inputs(case)
    chosen = [b for b in case.catalog.benefits.values() if _concerns(b, case, priced)]
    shown = (_computed(benefit, case, inputs) for benefit in chosen)
    return tuple(benefit for benefit in shown if benefit is not None)


def benefit_known(case: Case, priced: Priced) -> bool:
    """Return whether something in the offer is worth having for this customer.

    True if any of these holds: a benefit is shown; nothing in it asks for money, or it keeps the customer
    rather than sells; it costs no more than today; it lifts a limit that is used to 80 % or more; it brings
    a feature that the play's condition or offer names.
    """
    kinds = [OFFER_KINDS[part.kind] for part in parts_of(case.play.offer)]
    if all(kind.worth == "keep" or not kind.asks_for_money for kind in kinds):
        return True
    if priced.mrr_change <= 0 and priced.once <= 0:
        return True
    if lifts_a_pressing_limit(case, priced) or set(priced.features) & _features_asked_for(case):
        return True
    return bool(benefits_of(case, priced))


def _concerns(benefit: catalog.Benefit, case: Case, priced: Priced) -> bool:
    return benefit.feature in priced.features or case.play.id in benefit.plays


def _features_asked_for(case: Case) -> set[str]:
    calls = parse_condition(case.play.when).calls
    named = {argument for function, argument in calls if function in ("has_feature", "upper_has")}
    settings = (part.settings.get("with_feature") for part in parts_of(case.play.offer))
    return named | {feature for feature in settings if isinstance(feature, str)}


def _computed(benefit: catalog.Benefit, case: Case, inputs: Mapping[str, Value]) -> Benefit | None:
    formulas = {name: parse_condition(text) for name, text in benefit.values.items()}
    values = {name: _result(formula, inputs) for name, formula in formulas.items()}
    worth = parse_condition(benefit.money) if benefit.money else None
    money = _result(worth, inputs) if worth else None
    plain = benefit.says.names - set(formulas)
    if None in values.values() or any(inputs.get(name) is None for name in plain):
        return None
    if worth and (not isinstance(money, int | float | Decimal) or money <= 0):
        return None
    read = {c for f in (*formulas.values(), *([worth] if worth else ())) for c in f.columns} | plain
    return Benefit(
        text=_said(benefit.says, {**{name: inputs[name] for name in plain}, **values}, case),
        money=stored(Decimal(str(money))) if worth else None,
        assumptions=tuple(_named(read | set(benefit.assumptions), case, inputs)),
    )


def _result(formula: Condition, inputs: Mapping[str, Value]) -> Value:
    return evaluate(formula, inputs) if known_inputs(formula, inputs) else None


def _said(says: Text, values: Mapping[str, Value], case: Case) -> Text:
    filled_in = {
        language: says.fill(
            {n: figure(v, case.meaning.units.get(n), language, case.currency) for n, v in values.items()}
        )
        for language in LANGUAGES
    }
    return Text(ja=filled_in["ja"].ja, en=filled_in["en"].en)


def _named(names: Iterable[str], case: Case, inputs: Mapping[str, Value]) -> Iterator[Text]:
    """Name each input that people can know: assumptions of the catalogue and metrics with a label."""
    for name in sorted(names):
        value, assumed = inputs.get(name), case.catalog.assumptions.get(name)
        label = assumed.label if assumed else case.meaning.labels.get(name)
        if value is None or label is None:
            continue
        source = (
            TOLD if name in case.meaning.told else MEASURED if case.numbers.get(name) is not None else DEFAULT
        )
        unit = assumed.unit if assumed else case.meaning.units.get(name)
        shown = {n: figure(value, unit, n, case.currency) for n in LANGUAGES}
        beside = Text(ja=f"{unit.ja}", en=f" {unit.en}") if isinstance(unit, Text) else ""
        yield filled(_INPUT, label=label, value=Text(**shown), unit=beside, source=source)


def _inputs(case: Case) -> dict[str, Value]:
    """Put together what formulas may read: assumptions, and over them the customer's own numbers."""
    inputs: dict[str, Value] = {name: a.value for name, a in case.catalog.assumptions.items()}
    inputs |= {name: value for name, value in case.numbers.items() if value is not None}
    for name, value in case.numbers.items():  # evidence calls limit(x) limit_x, formulas read limit__x
        prefix, _, rest = name.partition("_")
        if prefix in _PREPARED and rest and not rest.startswith("_"):
            inputs.setdefault(f"{prefix}__{rest}", value)
    return {**inputs, "as_of": case.as_of}
