"""Names of a policy as people call them, below the tables that show the names."""

from collections.abc import Iterable

import click

from minori.core.text import Language, Text
from minori.policy.definitions import Policy

_METRICS = Text(ja="指標の意味", en="What the metrics are")


def show_metrics(policy: Policy, names: Iterable[str], language: Language) -> None:
    """Print each metric with its label and, where the policy says more, what it says."""
    known = [name for name in names if name in policy.metrics]
    if not known:
        return
    click.echo(f"\n{_METRICS[language]}")
    for name in known:
        metric = policy.metrics[name]
        more = f" – {metric.says[language]}" if metric.says else ""
        click.echo(f"  {name}: {metric.label[language]}{more}")
