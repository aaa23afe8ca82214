"""The definition files of a workspace, as models: metrics, health, segments, guards, plays."""

import re
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from minori.policy.catalog import Catalog
from minori.policy.revenue import Revenue
from minori.policy.words import Days, Definition, Words

_VARIANT = re.compile(r"[a-z][a-z0-9_]*")


class Metric(BaseModel):
    """A number per customer as of a date. Exactly one further key names its kind: ``count: events where …``."""

    model_config = ConfigDict(extra="allow", frozen=True)

    label: Words
    unit: Words | Literal["share", "days", "money"] | None = None
    window: Days | None = None
    better: Literal["higher", "lower"] | None = None
    says: Words | None = None

    @property
    def kind(self) -> str:
        """The one further key."""
        return next(iter(self.model_extra or {"": None}))

    @property
    def measure(self) -> str:
        """What stands beside it."""
        return str((self.model_extra or {}).get(self.kind, ""))

    @model_validator(mode="after")
    def _one_kind(self) -> "Metric":
        extra = list(self.model_extra or {})
        if len(extra) != 1:
            raise ValueError(f"a metric has exactly one kind beside its settings, read {extra or 'none'}")
        return self


class HealthPart(Definition):
    """One part of the health score: a metric, its weight, and points by value (linear between)."""

    label: Words
    metric: str
    weight: float = Field(gt=0)
    points: dict[float, float]  # value: points 0-100, at least two


class Weights(Definition):
    """Other weights where a condition holds (segment, stage, touch)."""

    when: str
    weights: dict[str, float]


class Bands(Definition):
    """Lower bounds of the bands, inclusive: a score at the bound belongs to the upper band."""

    thriving: float = 80
    healthy: float = 60
    watch: float = 40


class Churn(Definition):
    """Monthly chance to leave per band, before learning."""

    thriving: float = 0.004
    healthy: float = 0.01
    watch: float = 0.03
    act: float = 0.08
    unknown: float = 0.02


class Health(Definition):
    """Everything in ``health.yaml``."""

    parts: dict[str, HealthPart] = {}
    bands: Bands = Bands()
    least_weight_known: float = Field(0.5, ge=0, le=1)  # below it the score is unknown
    trend_over: Days = 28
    weights: tuple[Weights, ...] = ()
    churn: Churn = Churn()


class Rule(Definition):
    """A class of customers: the first rule of a list that holds gives the class."""

    label: Words
    when: str = "true"


class Segments(Definition):
    """Everything in ``segments.yaml``; each map is tried in order, the first rule that holds wins."""

    segments: dict[str, Rule] = {}
    stages: dict[str, Rule] = {}
    growth_stages: dict[str, Rule] = {}
    touches: dict[str, Rule] = {}
    loyalty: str | None = None  # metric that ranks loyalty (higher is better)


class Offer(Definition):
    """What a play proposes; the kind's own settings stand beside ``kind``."""

    model_config = ConfigDict(extra="allow", frozen=True)

    kind: str

    @property
    def settings(self) -> dict[str, Any]:
        """Settings of the kind."""
        return dict(self.model_extra or {})


class Reach(Definition):
    """Who reaches out and how, per touch layer where it differs."""

    owner: Literal["csm", "sales", "nobody"] = "csm"
    via: tuple[str, ...] = ("task", "mail")
    touch: dict[str, str] = {}


class Prior(Definition):
    """Belief before outcomes exist: ``accept`` as if seen in ``from`` proposals."""

    accept: float = Field(0.1, gt=0, lt=1)
    from_: float = Field(20, alias="from", gt=0)
    anyway: float = Field(0.02, ge=0, lt=1)  # chance that they would have bought without being asked
    # Help and rescue: factor on monthly churn if they accept.
    churn_after: float | None = Field(None, ge=0, le=1)
    # Monthly chance to leave in this situation, where it is above the band's.
    churn: float | None = Field(None, gt=0, le=1)
    # Help and rescue: added chance that who pays nothing comes to pay if they accept; none: ``free_to_paid``.
    becomes_paid: float | None = Field(None, ge=0, le=1)


class Experiment(Definition):
    """Hold-out of a play: ``share`` of single winners is left alone until ``horizon`` ends."""

    id: str | None = None
    share: float = Field(0.0, ge=0, le=0.9)
    horizon: Days = 90
    strata: tuple[str, ...] = ()


class Variant(Definition):
    """One wording under test: a template of its own, or the dearest choice first (anchor)."""

    template: str | None = None  # under messages/; none: the play's own
    anchor: bool = False


class Play(Definition):
    """A customer in this situation gets this proposal, with the hypothesis behind it."""

    id: str
    label: Words
    world: Literal["limits", "success", "said", "time", "trouble", "shop"] = "limits"
    hypothesis: Words
    when: str
    because: Words
    offer: Offer
    reach: Reach = Reach()
    valid: Days = 14
    rearm: Days = 14
    again_after: Days | None = None
    prior: Prior = Prior()
    harm: float = Field(0.0, ge=0, le=1)  # added monthly churn for asking at a wrong time
    experiment: Experiment | None = None
    message: str | None = None  # template under messages/; default: the play's id, then the offer's kind
    variants: dict[str, Variant] = {}  # wordings under test, two or more; a stable lot chooses per customer
    lifts_wait: bool = False  # reaching a limit or asking lifts the wait after introduction
    on: bool = True
    automatic: tuple[str, ...] = ()  # touch layers in which no person needs to decide

    @field_validator("variants")
    @classmethod
    def _two_at_least(cls, variants: dict[str, Variant]) -> dict[str, Variant]:
        if bad := [name for name in variants if not _VARIANT.fullmatch(name)]:
            raise ValueError(f"a variant is named in small letters, digits and _, read {bad[0]!r}")
        if len(variants) == 1:
            raise ValueError("one variant is no experiment; name two or more, or none")
        return variants


class Ranking(Definition):
    """How candidates are ranked and how many a person can work on."""

    proposals_a_day: int = Field(20, ge=0)  # per owner, unless the team says otherwise
    months_counted: int = Field(36, ge=1)
    flood_share: float = Field(
        0.3, gt=0, le=1
    )  # more customers entering one signal on one day pause the play
    asked_again_harm: float = Field(2.0, ge=1)  # factor on harm when asked within 90 days
    hold_out: Experiment = Experiment()
    price_elasticity: float = Field(1.0, ge=0)  # how much rarer a yes is at a higher price, assumed
    yes_if_needed: float = Field(0.4, gt=0, lt=1)  # chance of a yes where the need is surely there, assumed
    usual_rise: float = Field(0.3, ge=0)  # share of today's price that the plays' priors are meant for
    trials_taken: float = Field(0.25, ge=0, le=1)  # share of trials that become a contract, assumed
    free_to_paid: float = Field(0.03, ge=0, le=1)  # chance that help leads who pays nothing to pay, assumed
    monthly_value: str = "mrr"  # metric or customer column that a customer's monthly value is read from
    usual_order: str | None = None  # metric: usual order amount, by which a coupon for any order is valued
    first_order: str | None = None  # assumption of the catalogue that stands for it before the first order


class Guards(Definition):
    """Everything in ``guards.yaml``: limits per guard kind, and the ranking."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    guards: dict[str, dict[str, Any]] = {}
    ranking: Ranking = Ranking()


class Policy(Definition):
    """The resolved policy: presets merged, defaults filled."""

    catalog: Catalog = Catalog()
    metrics: dict[str, Metric] = {}
    health: Health = Health()
    segments: Segments = Segments()
    guards: Guards = Guards()
    revenue: Revenue = Revenue()
    plays: dict[str, Play] = {}
    messages: dict[str, dict[str, str]] = {}  # language → template name → text
    role_words: dict[str, dict[str, str]] = {}  # language → role of who reads it → paragraph
    constant: tuple[str, ...] = ()

    @property
    def gross_margin(self) -> Decimal:
        """Share of a price that is margin, where a product does not say."""
        return Decimal(str(self.catalog.gross_margin if self.catalog.gross_margin is not None else 0.8))
