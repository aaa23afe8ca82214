"""What an offer is worth to this customer, from their own numbers: no input, no figure.

A benefit is shown if its feature is among those the offer brings or its plays contain the play, every number
in it is known, and what it is worth is not nothing. Each one names its inputs with their source.
"""

from collections.abc import Iterator, Mapping
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
from minori.query.condition import parse_condition
from minori.query.evaluate import Value, evaluate, inputs_of, known_inputs

MEASURED = Text(ja="実績値", en="measured")
TOLD = Text(ja="お客様から伺った値", en="told by the customer")
DEFAULT = Text(ja="当社の標準値", en="company default")
_INPUT = Text(ja="{label}: {value}{unit}({source})", en="{label}: {value}{unit} ({source})")
_PREPARED = ("limit__", "before__")


@dataclass(frozen=True)
class Benefit:
    """A benefit in the customer's terms; ``money`` is what it is worth a month, in company currency."""

    text: Text
    money: Decimal | None
    assumptions: tuple[Text, ...]


def benefits_of(case: Case, priced: Priced) -> tuple[Benefit, ...]:
    """Return the benefits to show, in the order of the catalogue."""
    chosen = (b for b in case.catalog.benefits.values() if _concerns(b, case, priced))
    shown = (_computed(benefit, case) for benefit in chosen)
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


def _computed(benefit: catalog.Benefit, case: Case) -> Benefit | None:
    texts = (*benefit.values.values(), *((benefit.money,) if benefit.money else ()))
    read = {name for text in texts for name in inputs_of(text)} | benefit.says.names - set(benefit.values)
    inputs = {name: _input(case, name) for name in read | set(benefit.assumptions)}
    inputs["as_of"] = case.as_of
    money = _result(benefit.money, inputs) if benefit.money else None
    if benefit.money and (not isinstance(money, int | float | Decimal) or money <= 0):
        return None
    values = {name: inputs[name] for name in benefit.says.names & read}
    values |= {name: _result(text, inputs) for name, text in benefit.values.items()}
    if None in values.values():
        return None
    return Benefit(
        text=_said(benefit.says, values, case),
        money=stored(Decimal(str(money))) if benefit.money else None,
        assumptions=tuple(_named(inputs, case)),
    )


def _result(text: str, inputs: Mapping[str, Value]) -> Value:
    formula = parse_condition(text)
    return evaluate(formula, inputs) if known_inputs(formula, inputs) else None


def _said(says: Text, values: Mapping[str, Value], case: Case) -> Text:
    filled_in = {
        language: says.fill(
            {n: figure(v, case.meaning.units.get(n), language, case.currency) for n, v in values.items()}
        )
        for language in LANGUAGES
    }
    return Text(ja=filled_in["ja"].ja, en=filled_in["en"].en)


def _named(inputs: Mapping[str, Value], case: Case) -> Iterator[Text]:
    """Name each input that people can know: assumptions of the catalogue and metrics with a label."""
    for name, value in sorted(inputs.items()):
        assumed = case.catalog.assumptions.get(name)
        label = assumed.label if assumed else case.meaning.labels.get(name)
        if value is None or label is None:
            continue
        unit = assumed.unit if assumed else case.meaning.units.get(name)
        shown = {n: figure(value, unit, n, case.currency) for n in LANGUAGES}
        beside = Text(ja=unit.ja, en=f" {unit.en}") if isinstance(unit, Text) else ""
        yield filled(_INPUT, label=label, value=Text(**shown), unit=beside, source=_source(case, name))


def _source(case: Case, name: str) -> Text:
    if name in case.meaning.told:
        return TOLD
    return DEFAULT if case.numbers.get(name) is None else MEASURED


def _input(case: Case, name: str) -> Value:
    """Return what a formula reads: the customer's own number, else the catalogue's assumption."""
    found = case.numbers.get(name)
    if found is None and name.startswith(_PREPARED):  # formulas read limit__x, evidence calls it limit_x
        found = case.numbers.get(name.replace("__", "_", 1))
    if found is None and name in case.catalog.assumptions:
        return case.catalog.assumptions[name].value
    return found
