"""A whole policy checked: every kind's settings, every name, every template; and what is odd though allowed."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from minori.core.errors import DefinitionError, UnknownName
from minori.core.text import Text
from minori.core.yaml_file import validated
from minori.decision.guard import GUARDS
from minori.metrics.resolve import Metrics
from minori.offers.parts import check_offer
from minori.pipeline.facts_needed import missing_facts
from minori.pipeline.never import never_true
from minori.policy.definitions import Play
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
    metrics = _placed_metrics(loaded)
    for group in ("segments", "stages", "growth_stages", "touches"):
        for name, rule in getattr(policy.segments, group).items():
            _placed(loaded, ("segments", group, name, "when"), partial(metrics.condition, rule.when))
    for name, part in policy.health.parts.items():
        _placed(loaded, ("health", "parts", name), partial(_known_metric, part.metric, metrics))
    for number, weights in enumerate(policy.health.weights):
        where = ("health", "weights", str(number))
        _placed(loaded, where, partial(metrics.condition, weights.when))
    for play in policy.plays.values():
        _check_play(loaded, play, metrics)
    _check_guards(loaded, metrics)
    _check_benefits(loaded, metrics)
    check_messages(policy)
    return metrics


def remarks(loaded: Loaded, connected: Collection[str] | None = None) -> list[Remark]:
    """Return what is odd though allowed; ``connected`` are the fact tables that have rows (None: not loaded yet)."""
    policy = loaded.policy
    found = [*_unread(loaded), *_unreachable_bands(loaded), *_plans(loaded), *_names_of_catalog(loaded)]
    for play in policy.plays.values():
        if play.on and (why := never_true(play.when)) is not None:
            found.append(_remark(loaded, ("plays", play.id, "when"), _never(play, why)))
    if connected is not None:
        found += [_remark(loaded, ("plays", p), text) for p, text in missing_facts(policy, connected).items()]
    return found


def _placed(loaded: Loaded, where: tuple[str, ...], check: Callable[[], Any]) -> Any:
    try:
        return check()
    except DefinitionError as e:
        raise error_place(e, loaded, *where) from None


def _placed_metrics(loaded: Loaded) -> Metrics:
    policy = loaded.policy
    try:
        return Metrics(policy)
    except DefinitionError as error:
        for name in policy.metrics:
            alone = {n: m for n, m in policy.metrics.items() if n != name}
            try:
                Metrics(policy.model_copy(update={"metrics": alone}))
            except DefinitionError as other:
                if str(other) == str(error):
                    continue
            raise error_place(error, loaded, "metrics", name) from None
        raise


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


def _check_guards(loaded: Loaded, metrics: Metrics) -> None:
    for name, limits in loaded.policy.guards.guards.items():
        where = ("guards", "guards", name)
        if name not in GUARDS:
            _placed(loaded, where, partial(_unknown_guard, name))
        validated(GUARDS[name].limits, loaded.documents["guards"].part("guards", name))
        if isinstance(success := limits.get("success"), str):
            _placed(loaded, (*where, "success"), partial(metrics.condition, success))


def _unknown_guard(name: str) -> None:
    raise UnknownName("guard", name, GUARDS)


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
    policy = loaded.policy
    metrics = Metrics(policy)
    read = set(columns_of_health(policy)) | set(columns_of_classes(policy))
    read |= {c for condition in conditions_of(policy) for c in condition.columns}
    read |= {policy.segments.loyalty or "", policy.guards.ranking.monthly_value}
    read |= {str(v) for p in policy.plays.values() for v in p.offer.settings.values()}
    for name in sorted(set(policy.metrics) - set(metrics.closure(read))):
        text = Text(ja=f"指標 {name} はどこからも使われていません", en=f"nobody reads the metric {name}")
        yield _remark(loaded, ("metrics", name), text)


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
    for play in loaded.policy.plays.values():
        for function, argument in sorted(parse_condition(play.when).calls):
            if argument not in known.get(function, (argument,)):
                text = Text(
                    ja=f"型「{play.label.ja}」: カタログに {argument} がありません",
                    en=f"play {play.label.en!r}: the catalogue has no {argument}",
                )
                yield _remark(loaded, ("plays", play.id, "when"), text)
