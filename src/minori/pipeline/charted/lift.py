"""A play's backtest as one of its thresholds moves."""

from collections.abc import Sequence
from typing import Any

from minori.charts.look import Look
from minori.core.errors import UnknownName
from minori.core.named import OUTCOMES
from minori.core.text import Text
from minori.learning import backtest_figures as figures
from minori.offers.kind import OFFER_KINDS
from minori.pipeline.chart import Asked, Charted
from minori.pipeline.proof.backtest import Backtest, Variant, backtest
from minori.pipeline.proof.backtest import asked as asked_of
from minori.query.thresholds import Threshold, place_of, thresholds_of

_NO_THRESHOLD = Text(
    ja="この型の条件には、動かせるしきい値がありません", en="this play's condition has no threshold to move"
)
_TOO_FEW = Text(ja="発火または出来事が少なく、リフトを示せません", en="too few fires or events for any lift")


def draw(asked: Asked, look: Look) -> Any:
    """Draw it."""
    with asked.workspace.session() as session:
        until = asked.workspace.day(session, asked.until)
        question = asked_of(session, str(asked.subject), until, overlap=False)
        found = backtest(session, question, until, progress=asked.progress)
    return picture(found, _outcome(found, asked.outcome), _threshold(found, asked.threshold), look)


def usual(found: Backtest) -> tuple[str, Threshold | None]:
    """Return what a play is for, and the first of its thresholds that could be moved."""
    return _outcome(found, None), _threshold(found, None)


def picture(found: Backtest, outcome: str, threshold: Threshold | None, look: Look) -> Any:
    """Draw the lift of one outcome as one threshold moves."""
    from minori.charts.lift import TITLE, lift

    label = found.question.play.label
    title = Text(ja=f"{label.ja}: {TITLE.ja}", en=f"{label.en}: {TITLE.en[0].lower()}{TITLE.en[1:]}")
    return lift(
        rows(found.curve, threshold, outcome) if threshold else [],
        look,
        what=f"{threshold.what} {threshold.comparison}" if threshold else "",
        title=title,
        notes=(_when(found), _followed(found, outcome)),
        missing=_TOO_FEW if threshold else _NO_THRESHOLD,
    )


def rows(curve: Sequence[Variant], threshold: Threshold, outcome: str) -> list[dict[str, Any]]:
    """Return a row per value that the threshold was moved to; those at which nothing would fire have no lift."""
    return [
        _row(variant, threshold, outcome) for variant in curve if variant.threshold.place == threshold.place
    ]


def _row(variant: Variant, threshold: Threshold, outcome: str) -> dict[str, Any]:
    followed = variant.followed.get(outcome)
    reading = followed.reading(figures.LIFT) if followed else None
    return {
        "value": variant.threshold.value,
        "lift": reading.value if reading else None,
        "low": reading.low if reading else None,
        "high": reading.high if reading else None,
        "fires": followed.fires if followed else 0,
        "current": variant.threshold.value == threshold.value,
    }


def _outcome(found: Backtest, wanted: str | None) -> str:
    """Return the outcome asked for; else what the play is for: that customers stay, or that they buy more."""
    if wanted is not None and wanted not in OUTCOMES:
        raise UnknownName("outcome", wanted, OUTCOMES)
    keeps = OFFER_KINDS[found.question.play.offer.kind].worth == "keep"
    order = ("churned", "bought") if keeps else ("expanded", "bought", "churned")
    return wanted or next((name for name in order if name in found.followed), order[0])


def _threshold(found: Backtest, wanted: str | None) -> Threshold | None:
    """Return the threshold asked for; else the first that could be moved."""
    when = found.question.play.when
    every = thresholds_of(when)
    if wanted is not None:
        return every[place_of(when, wanted)]
    moved = {v.threshold.place for v in found.curve if v.threshold.value != every[v.threshold.place].value}
    return next((threshold for threshold in every if threshold.place in moved), None)


def _when(found: Backtest) -> Text:
    when = found.question.play.when
    return Text(ja=f"条件: {when}", en=f"When: {when}")


def _followed(found: Backtest, outcome: str) -> Text:
    question, name = found.question, OUTCOMES[outcome]
    first, last, horizon = question.days[0], question.last, question.horizon
    return Text(
        ja=f"{first}〜{last}、発火 {found.fires:,}件(顧客 {found.customers:,}社)、{horizon}日以内の{name.ja}",
        en=f"{first} to {last}, {found.fires:,} fires ({found.customers:,} customers); {name.en} within {horizon} days",
    )


KIND = Charted(
    Text(ja="型のしきい値とリフト(バックテスト)", en="A play's lift over its threshold (backtest)"),
    draw,
    Text(ja="型のid", en="id of a play"),
)
