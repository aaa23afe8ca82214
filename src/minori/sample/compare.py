"""Policies side by side over several seeds, with intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean, stdev

from minori.sample.draws import generator
from minori.sample.policies import NAIVE, naive_policies
from minori.sample.score import Contacts, Outcome, evaluate, needs_known, oracle, within_budget
from minori.sample.truth import Truth
from minori.sample.worlds import WORLDS
from minori.stats.interval import Interval

ORACLE = "oracle"
NEEDS_KNOWN = "needs_known"


@dataclass(frozen=True)
class Row:
    """One policy over all seeds: means with their 95 % intervals (Student), money in company currency."""

    policy: str
    contacts: Interval
    gain: Interval
    gain_share: Interval  # of the oracle's gain
    net: Interval
    net_share: Interval  # of the oracle's net
    expected: Interval  # net on average over what the contacted customers might have answered
    unneeded: Interval
    unneeded_share: Interval
    harm: Interval


def score(
    workspace: Path, truth: Truth, decisions: Contacts, *, budget: int, name: str = "minori"
) -> dict[str, Outcome]:
    """Evaluate a policy's decisions beside the naive policies and the oracle, at an equal budget of contacts.

    Parameters
    ----------
    workspace
        The folder that ``write_company`` wrote; naive policies see its exports as of each date, nothing else.
    decisions
        Per as-of date what the policy decided; beyond ``budget`` a date only the most valuable count.
    """
    days = sorted(decisions)
    policies: dict[str, Contacts] = {
        name: {day: within_budget(decisions[day], budget) for day in days},
        **_naive(workspace, truth, days, budget),
        NEEDS_KNOWN: needs_known(truth, days, budget),
        ORACLE: oracle(truth, days, budget),
    }
    return {policy: evaluate(truth, contacts) for policy, contacts in policies.items()}


def _naive(workspace: Path, truth: Truth, days: Sequence[date], budget: int) -> dict[str, Contacts]:
    rng = generator(truth.seed, "naive policies")
    made = {
        day: naive_policies(WORLDS[truth.world].view(workspace, day), budget, rng, turn=turn)
        for turn, day in enumerate(days)
    }
    return {policy: {day: made[day][policy] for day in days} for policy in NAIVE}


def compare(outcomes: Sequence[Mapping[str, Outcome]], *, confidence: float = 0.95) -> tuple[Row, ...]:
    """Return one row per policy over seeds (one mapping a seed), the highest mean net first.

    With one seed the interval is the value itself.
    """
    policies = list(outcomes[0]) if outcomes else []
    table = [_row(policy, outcomes, confidence) for policy in policies]
    return tuple(sorted(table, key=lambda row: (-row.net.middle, row.policy)))


def _row(policy: str, outcomes: Sequence[Mapping[str, Outcome]], confidence: float) -> Row:
    own = [seed[policy] for seed in outcomes]
    best = [seed[ORACLE] for seed in outcomes]

    def over(values: Sequence[float]) -> Interval:
        return mean_interval(values, confidence)

    return Row(
        policy,
        contacts=over([one.contacts for one in own]),
        gain=over([one.gain for one in own]),
        gain_share=over([_share(one.gain, top.gain) for one, top in zip(own, best, strict=True)]),
        net=over([one.net for one in own]),
        net_share=over([_share(one.net, top.net) for one, top in zip(own, best, strict=True)]),
        expected=over([one.expected for one in own]),
        unneeded=over([one.unneeded for one in own]),
        unneeded_share=over([one.unneeded_share for one in own]),
        harm=over([one.harm for one in own]),
    )


def mean_interval(values: Sequence[float], confidence: float = 0.95) -> Interval:
    """Return the mean of values, one per seed, with its interval."""
    from scipy.special import stdtrit  # heavy: only when policies are compared

    middle = fmean(values)
    if len(values) < 2:
        return Interval(middle, middle, middle)
    half = float(stdtrit(len(values) - 1, (1 + confidence) / 2)) * stdev(values) / len(values) ** 0.5
    return Interval(middle - half, middle, middle + half)


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0
