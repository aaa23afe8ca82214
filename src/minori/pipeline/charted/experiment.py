"""The evidence of a play's experiment, customer by customer."""

from typing import Any

import numpy as np

from minori.charts.look import Look
from minori.core.errors import UnknownName
from minori.core.text import Text
from minori.learning.experiments import PROOF, Cell
from minori.pipeline.chart import Asked, Charted
from minori.pipeline.proof.experiments import experiments
from minori.pipeline.proof.verdicts import stops
from minori.policy.definitions import Policy

_MOST = 700.0  # the logarithm of the largest double, nearly
_NOBODY = Text(
    ja="この型で抽選された顧客の結果がまだありません",
    en="no customer drawn for this play has a known outcome yet",
)


def draw(asked: Asked, look: Look) -> Any:
    """Draw it."""
    play = str(asked.subject)
    with asked.workspace.session() as session:
        if play not in session.policy.plays:
            raise UnknownName("play", play, session.policy.plays)
        found = experiments(
            session, asked.workspace.day(session, asked.until), play=play, progress=asked.progress
        )
        policy = session.policy
    cell = next((cell for cell in reversed(found.cells) if not cell.stratum), None)
    return picture(cell, play, policy, look)


def picture(cell: Cell | None, play: str, policy: Policy, look: Look) -> Any:
    """Draw the evidence of a play's experiment as a whole; None: there is none yet."""
    from minori.charts.sequential import TITLE, sequential

    limit = stops(policy).harm_e_value
    label = policy.plays[play].label if play in policy.plays else Text(ja=play, en=play)
    return sequential(
        rows(cell) if cell else [],
        look,
        proven_at=PROOF,
        harmful_at=limit,
        title=Text(ja=f"{label.ja}: {TITLE.ja}", en=f"{label.en}: {TITLE.en[0].lower()}{TITLE.en[1:]}"),
        notes=_notes(cell) if cell else (),
        missing=_NOBODY,
    )


def rows(cell: Cell) -> list[dict[str, Any]]:
    """Return both stakes after each customer whose outcome is known."""
    benefit, harm = (np.exp(np.minimum(side.log_path, _MOST)) for side in (cell.benefit, cell.harm))
    pairs = zip(benefit.tolist(), harm.tolist(), strict=True)
    return [{"accounts": n, "benefit": good, "harm": bad} for n, (good, bad) in enumerate(pairs, start=1)]


def _notes(cell: Cell) -> tuple[Text, ...]:
    _, treated, _, held = cell.arms.counts
    waiting = cell.arms.waiting
    return (
        cell.why,
        Text(
            ja=f"提案群 {treated:,}・非接触群 {held:,}・期間の途中 {waiting:,}",
            en=f"Proposed {treated:,}, held out {held:,}, still waiting {waiting:,}",
        ),
    )


KIND = Charted(
    Text(ja="実験の証拠の推移(逐次検定)", en="Evidence of an experiment (sequential test)"),
    draw,
    Text(ja="型のid", en="id of a play"),
)
