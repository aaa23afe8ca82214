"""The mark beside a health score that has not proved itself; shown wherever scores are shown."""

from typing import TYPE_CHECKING

import click

from minori.core.text import Language

if TYPE_CHECKING:
    from minori.pipeline.proof.score_kept import Trust
    from minori.pipeline.workspace import Workspace


def score_of(workspace: "Workspace") -> "Trust":
    """Return how far the workspace's score may be trusted, from the newest ``minori calibration`` that is kept."""
    from minori.pipeline.proof.score_kept import trust

    return trust(workspace.lake.snapshot(), workspace.policy.policy)


def show_flag(score: "Trust", language: Language) -> None:
    """Print the mark, if there is anything to say."""
    if score.flag:
        click.echo(click.style(score.flag[language], dim=True))
