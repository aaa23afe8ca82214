"""How the customers of one sample company behave: drawn per seed, shared with no preset."""

from dataclasses import dataclass

import numpy as np

from minori.sample.draws import Floats, generator

FAMILIES = (
    "seats", "storage", "api", "analytics", "connector", "security", "desk",
    "help", "rescue", "downsell", "plan",
)  # fmt: skip
SEATS, STORAGE, API, ANALYTICS, CONNECTOR, SECURITY, DESK, HELP, RESCUE, DOWNSELL, PLAN = range(11)
PAID = slice(SEATS, HELP)
EPISODIC = (ANALYTICS, CONNECTOR, SECURITY, DESK)
ASKS_FOR_MONEY = frozenset({SEATS, STORAGE, API, ANALYTICS, CONNECTOR, SECURITY, DESK, PLAN})
FREE_OF_CHARGE = frozenset({"help", "rescue", "downsell"})
MONTHS_A_WEEK = 7 / 30.4375


@dataclass(frozen=True)
class World:
    """Parameters of one seed; hazards are per month."""

    limit_felt_from: Floats  # seats, storage, api: share of the limit from which more is needed, on average
    idle_below: float  # share of seats in use below which the contract is felt to be too large
    arrival: Floats  # by EPISODIC: chance that the need begins
    lapse: Floats  # by EPISODIC: chance that it goes away
    trouble: float  # chance that something goes wrong
    recovery: float  # chance that it is mended without help
    stuck: float  # chance that they stop getting further on their own
    anyway: float  # chance that a need is met without being asked
    leaves: float  # chance of leaving at middling mood
    steepness: float  # how much mood changes it
    outgrown: float  # added while a need stays unmet
    oversized: float  # added while a contract is felt as too large
    pushed: float  # chance of leaving that an unwanted offer adds, for the most sensitive
    asked_again: float  # factor when asked within 60 days
    margin: float  # share of a price
    horizon: float  # months counted
    openness: float  # shifts every customer's chance of accepting
    telling: float  # how clearly needs show in what is seen
    annoyance: tuple[float, float]  # shape of its distribution
    asks: float  # proposals per customer and month that the company makes of its own accord


def draw_world(seed: int) -> World:
    """Draw the parameters of a seed."""
    rng = generator(seed, "company", "world")
    return World(
        limit_felt_from=rng.uniform((0.85, 0.75, 0.75), (1.15, 1.1, 1.1)),
        idle_below=rng.uniform(0.3, 0.5),
        arrival=rng.uniform(0.020, 0.050, len(EPISODIC)),
        lapse=rng.uniform(0.12, 0.35, len(EPISODIC)),
        trouble=rng.uniform(0.015, 0.035),
        recovery=rng.uniform(0.15, 0.40),
        stuck=rng.uniform(0.015, 0.035),
        anyway=rng.uniform(0.04, 0.10),
        leaves=rng.uniform(0.006, 0.012),
        steepness=rng.uniform(4.0, 8.0),
        outgrown=rng.uniform(0.001, 0.006),
        oversized=rng.uniform(0.05, 0.10),
        pushed=rng.uniform(0.008, 0.050),
        asked_again=rng.uniform(1.5, 3.0),
        margin=rng.uniform(0.70, 0.85),
        horizon=rng.uniform(24, 36),
        openness=rng.uniform(0.8, 1.2),
        telling=rng.uniform(0.7, 1.3),
        annoyance=(rng.uniform(1.5, 3.0), rng.uniform(2.5, 5.0)),
        asks=rng.uniform(0.08, 0.14),
    )


def weekly(monthly: Floats | float) -> Floats:
    """Return the chance within a week of something with this hazard a month."""
    return np.asarray(1 - np.exp(-np.asarray(monthly) * MONTHS_A_WEEK))
