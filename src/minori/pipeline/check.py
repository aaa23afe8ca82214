"""A whole policy checked: every kind's settings, every name, every template; and what is odd though allowed."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlglot import exp

from minori.core.errors import DefinitionError, UnknownName
from minori.core.text import Text
from minori.core.yaml_file import validated
from minori.decision.guard import GUARDS
from minori.learning.arms import STRATA
from minori.metrics.resolve import Metrics
from minori.offers.parts import check_offer
from minori.pipeline.events_needed import missing_events
from minori.pipeline.facts_needed import missing_facts
from minori.pipeline.known_when import check_order
from minori.pipeline.never import never_true
from minori.pipeline.placed_metrics import own_metric, placed_metrics
from minori.policy.definitions import Experiment, Play, Policy
from minori.policy.load import Loaded, error_place
from minori.policy.reads import columns_of_classes, columns_of_health, conditions_of, evidence_of
from minori.proposal.messages import check_message_of, check_messages
from minori.query.condition import parse_condition

MANY_PLANS = 3


@dataclass(frozen=True)
class Remark:
    """Something odd: where it stands and what it means."""

    file: str
    line: int | None
    text: Text


def check_policy(loaded: Loaded) -> Metrics:
    """Check everything that can be wrong; raises DefinitionError with file and line of the first mistake."""
    policy = loaded.policy
    metrics = placed_metrics(loaded)
    check_order(policy, lambda where, check: _placed(loaded, where, check))
    for group in ("segments", "stages", "growth_stages", "touches"):
        for name, rule in getattr(policy.segments, group).items():
            _placed(loaded, ("segments", group, name, "when"), partial(metrics.condition, rule.when))
    for name, part in policy.health.parts.items():
        _placed(loaded, ("health", "parts", name), partial(_known_metric, part.metric, metrics))
    for number, weights in enumerate(policy.health.weights):
        _placed(loaded, ("health", "weights", number, "when"), partial(metrics.condition, weights.when))
    for play in policy.plays.values():
        _check_play(loaded, play, metrics)
    _check_guards(loaded, metrics)
    _check_benefits(loaded, metrics)
    check_messages(policy)
    return metrics


def remarks(
    loaded: Loaded, connected: Collection[str] | None = None, events: Collection[str] | None = None
) -> list[Remark]:
    """Return what is odd though allowed.

    ``connected`` are the fact tables that have rows, ``events`` the names of events that occur (None: not known).
    """
    policy = loaded.policy
    found = [*_unread(loaded), *_unreachable_bands(loaded), *_plans(loaded), *_names_of_catalog(loaded)]
    found += [*_personal(loaded), *_lead_nowhere(loaded)]
    for play in policy.plays.values():
        if play.on and (why := never_true(play.when)) is not None:
            found.append(_remark(loaded, ("plays", play.id, "when"), _never(play, why)))
    if connected is not None:
        off = plays_that_are_off(policy, connected, events)
        found += [_remark(loaded, ("plays", name), text) for name, text in off.items()]
    return found


def plays_that_are_off(
    policy: Policy, connected: Collection[str], events: Collection[str] | None
) -> dict[str, Text]:
    """Return the plays that are off for want of facts, each with why: no table first, then no such event."""
    without_events = {} if events is None else missing_events(policy, events)
    return {**without_events, **missing_facts(policy, connected)}


def _placed(loaded: Loaded, where: tuple[str | int, ...], check: Callable[[], Any]) -> Any:
    try:
        return check()
    except DefinitionError as e:
        raise error_place(e, loaded, *where) from None


def _known_metric(name: str, metrics: Metrics) -> None:
    if name not in metrics:
        raise UnknownName("metric", name, metrics)


def _check_play(loaded: Loaded, play: Play, metrics: Metrics) -> None:
    where = ("plays", play.id)
    _placed(loaded, (*where, "when"), partial(metrics.condition, play.when))
    for text in evidence_of(play, loaded.policy).values():
        _placed(loaded, (*where, "because"), partial(metrics.condition, text))
    _placed(loaded, (*where, "message"), partial(check_message_of, play, loaded.policy))
    _placed(loaded, (*where, "offer"), partial(check_offer, play.offer))
    _check_strata(loaded, (*where, "experiment", "strata"), play.experiment)


def _check_strata(loaded: Loaded, where: tuple[str, ...], experiment: Experiment | None) -> None:
    for name in experiment.strata if experiment else ():
        if name not in STRATA:
            _placed(loaded, where, partial(_unknown, "stratum", name, STRATA))


def _check_guards(loaded: Loaded, metrics: Metrics) -> None:
    ranking, assumptions = loaded.policy.guards.ranking, loaded.policy.catalog.assumptions
    for setting, known in (
        ("monthly_value", metrics.known),
        ("usual_order", metrics.known),
        ("first_order", assumptions),
    ):
        if (name := getattr(ranking, setting)) is not None and name not in known:
            where = ("guards", "ranking", setting)
            _placed(
                loaded,
                where,
                partial(_unknown, "assumption" if known is assumptions else "metric", name, known),
            )
    _check_strata(loaded, ("guards", "ranking", "hold_out", "strata"), ranking.hold_out)
    for name, limits in loaded.policy.guards.guards.items():
        where = ("guards", "guards", name)
        if name not in GUARDS:
            _placed(loaded, where, partial(_unknown, "guard", name, GUARDS))
        validated(GUARDS[name].limits, loaded.documents["guards"].part("guards", name))
        if isinstance(success := limits.get("success"), str):
            _placed(loaded, (*where, "success"), partial(metrics.condition, success))


def _unknown(noun: str, name: str, known: Collection[str]) -> None:
    raise UnknownName(noun, name, known)


def _check_benefits(loaded: Loaded, metrics: Metrics) -> None:
    catalog = loaded.policy.catalog
    known = {**metrics.known, **dict.fromkeys(catalog.assumptions, "number")}
    for name, benefit in catalog.benefits.items():
        for text in (*benefit.values.values(), *((benefit.money,) if benefit.money else ())):
            where = ("catalog", "benefits", name)
            _placed(loaded, where, partial(_check_names, text, known))


def _check_names(text: str, known: Mapping[str, str]) -> None:
    parse_condition(text).check_names(known)


def _remark(loaded: Loaded, where: tuple[str, ...], text: Text) -> Remark:
    placed = error_place(DefinitionError(text.en), loaded, *where)
    return Remark(placed.file or "policy", placed.line, text)


def _never(play: Play, why: str) -> Text:
    return Text(
        ja=f"型「{play.label.ja}」の条件は成り立ちません: {why}",
        en=f"the condition of play {play.label.en!r} can never hold: {why}",
    )


def _unread(loaded: Loaded) -> Iterator[Remark]:
    """Yield the company's own metrics that nobody reads; a preset may bring more than a company uses."""
    policy = loaded.policy
    metrics = Metrics(policy)
    ranking = policy.guards.ranking
    read = set(columns_of_health(policy)) | set(columns_of_classes(policy))
    read |= {c for condition in conditions_of(policy) for c in condition.columns}
    read |= {policy.segments.loyalty or "", ranking.monthly_value, ranking.usual_order or ""}
    read |= {str(v) for p in policy.plays.values() for v in p.offer.settings.values()}
    for name in sorted(set(policy.metrics) - set(metrics.closure(read))):
        text = Text(ja=f"指標 {name} はどこからも使われていません", en=f"nobody reads the metric {name}")
        if own_metric(loaded, name):
            yield _remark(loaded, ("metrics", name), text)


def _lead_nowhere(loaded: Loaded) -> Iterator[Remark]:
    catalog = loaded.policy.catalog
    brought = {f for p in catalog.products.values() for plan in p.plans.values() for f in plan.features}
    brought |= {
        f for p in catalog.products.values() for option in p.options.values() for f in option.features
    }
    for name, feature in catalog.features.items():
        if feature.lead and name not in brought:
            text = Text(
                ja=f"指標機能 {name} は、どのプランやオプションにもありません",
                en=f"the lead feature {name} is in no plan or option",
            )
            yield _remark(loaded, ("catalog", "features", name), text)


def _unreachable_bands(loaded: Loaded) -> Iterator[Remark]:
    parts = loaded.policy.health.parts.values()
    if not parts:
        return
    highest = sum(p.weight * max(p.points.values()) for p in parts) / sum(p.weight for p in parts)
    lowest = sum(p.weight * min(p.points.values()) for p in parts) / sum(p.weight for p in parts)
    bands = loaded.policy.health.bands
    for band, low, high in (
        ("thriving", bands.thriving, 101.0),
        ("healthy", bands.healthy, bands.thriving),
        ("watch", bands.watch, bands.healthy),
        ("act", -1.0, bands.watch),
    ):
        if highest < low or lowest >= high:
            text = Text(
                ja=f"どの顧客も {band} になりません(点数の範囲外)",
                en=f"no score can fall into the band {band}",
            )
            yield _remark(loaded, ("health", "bands"), text)


def _plans(loaded: Loaded) -> Iterator[Remark]:
    for name, product in loaded.policy.catalog.products.items():
        paid = {i: p for i, p in product.plans.items() if p.model != "freemium"}
        if len(paid) > MANY_PLANS:
            text = Text(
                ja=f"商品 {name} のプランが{len(paid)}つあります。3つほどが選びやすい数です",
                en=f"product {name} has {len(paid)} plans; about three are easy to choose from",
            )
            yield _remark(loaded, ("catalog", "products", name), text)
        for (a, first), (b, second) in zip(list(paid.items()), list(paid.items())[1:], strict=False):
            if first.limits == second.limits and set(first.features) == set(second.features):
                text = Text(
                    ja=f"プラン {a} と {b} の違いがはっきりしません",
                    en=f"plans {a} and {b} do not differ plainly",
                )
                yield _remark(loaded, ("catalog", "products", name, "plans", b), text)


def _names_of_catalog(loaded: Loaded) -> Iterator[Remark]:
    catalog = loaded.policy.catalog
    ids = {*catalog.products, *(i for p in catalog.products.values() for i in (*p.plans, *p.options))}
    offered = [*(x for p in catalog.products.values() for x in p.plans.values())]
    options = [*(x for p in catalog.products.values() for x in p.options.values())]
    features = {f for plan in offered for f in plan.features} | {
        f for option in options for f in option.features
    }
    limits = {n for p in catalog.products.values() for x in p.plans.values() for n in x.limits}
    known: dict[str, Collection[str]] = {
        "holds": ids,
        "has_feature": features,
        "upper_has": features,
        "limit": limits,
    }
    asking: dict[str, list[Play]] = {}
    for play in loaded.policy.plays.values():
        calls = parse_condition(play.when).calls
        for name in sorted({a for function, a in calls if a not in known.get(function, (a,))}):
            asking.setdefault(name, []).append(play)
    for name, plays in sorted(asking.items()):
        text = Text(
            ja=f"カタログに {name} がありません。型{'、'.join(f'「{play.label.ja}」' for play in plays)}の条件にあります",
            en=f"the catalogue has no {name}; the conditions of {', '.join(repr(play.label.en) for play in plays)} name it",
        )
        yield _remark(loaded, ("plays", plays[0].id, "when"), text)


def _personal(loaded: Loaded) -> Iterator[Remark]:
    """Yield the metrics that read something personal: erasing somebody would change what was counted."""
    metrics = Metrics(loaded.policy)
    for name in metrics:
        measure = metrics[name].measure
        if measure is None:
            continue
        read = {c.name for c in measure.where.find_all(exp.Column)} if measure.where is not None else set()
        personal = [c.name for c in measure.table.columns if c.personal and c.name in {*read, measure.what}]
        if personal:
            columns = ", ".join(f"{measure.table.name}.{column}" for column in personal)
            text = Text(
                ja=f"指標 {name} は個人データ({columns})を読みます。消去すると過去の値が変わります",
                en=f"the metric {name} reads personal data ({columns}); erasing somebody changes past values",
            )
            yield _remark(loaded, ("metrics", name), text)
