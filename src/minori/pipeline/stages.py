"""The table of contents: every stage in the order in which the data walks through them.

Each stage reads tables that stages above it (or the lake) have written, and writes tables that no other stage writes;
a test proves both. ``STANDING`` says how a customer stands at any points, ``ASKING`` which plays' conditions hold there,
``DECIDING`` turns what holds today into proposals.
"""

from minori.decision import ask, rank
from minori.health import score, standing, trend
from minori.lake.stage import Stage
from minori.learning import acceptance_stage as chances
from minori.metrics import compute, contracts, points
from minori.offers import stage as offers
from minori.proposal import stage as proposal
from minori.signals import holds, spells

STANDING: tuple[Stage, ...] = (
    points.STAGE,  # who is there, how far each source reaches
    contracts.STAGE,  # what each customer holds
    compute.STAGE,  # every metric
    standing.STAGE,  # segment, stage, growth stage, touch
    score.STAGE,  # health, its parts, its band
)
ASKING: tuple[Stage, ...] = (
    trend.STAGE,  # how the score moved
    holds.STAGE,  # which plays' conditions hold
)
DECIDING: tuple[Stage, ...] = (
    spells.STAGE,  # since when, and whether that asks
    chances.STAGE,  # how likely a yes is, where that is learned
    offers.STAGE,  # what could be offered, worth how much
    ask.STAGE,  # what the guards say
    rank.STAGE,  # the one fate of every candidate
    proposal.STAGE,  # the words
)
ALL: tuple[Stage, ...] = (*STANDING, *ASKING, *DECIDING)
INPUTS = (
    "dates",
    "fact_day",
    "first_fact",
    "declared",
    "catalog_plan",
    "catalog_limit",
    "catalog_feature",
    "catalog_growth",
    "earlier_health",
    "play_past",
    "play_monday",
    "held_out",
    "model",
    "play_verdict",
)
"""Tables that no stage writes: from the policy, the loads, and earlier points of the same stages."""
