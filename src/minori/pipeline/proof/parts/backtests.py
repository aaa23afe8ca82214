"""Every play on the company's own past year, and what had followed with other thresholds."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from minori.core.figure import NOT_ENOUGH, Figure, Reading
from minori.core.text import Text
from minori.learning import backtest_figures as figures
from minori.pipeline.charted import lift
from minori.pipeline.proof.backtest import Backtest, Variant
from minori.pipeline.proof.backtests import backtests, questions
from minori.pipeline.proof.part import Found, Part, Said, Shown, Working
from minori.query.thresholds import Threshold, thresholds_of
from minori.stats.reading import read
from minori.stats.rounding import significant

_OFF = Text(ja="検証できません", en="cannot be tried")
_NEVER = Text(ja="この1年は一度も当てはまりませんでした", en="it would never have fired in the year")


def find(work: Working) -> Found:
    """Return a summary, a curve per threshold and a picture of each play that is on."""
    every, result = questions(work.session, work.as_of), Found()
    result.verdicts += [Said("off", _OFF, why, name) for name, why in sorted(every.off.items())]
    for found in backtests(work.session, every.questions, work.as_of, work.progress):
        play = found.question.play
        if not found.fires:
            result.verdicts.append(Said("never", NOT_ENOUGH, _NEVER, play.id))
            continue
        result.figures += _summary(found)
        now = thresholds_of(play.when)
        result.curves += [row for variant in found.curve for row in _curve(play.id, variant, now)]
        outcome, threshold = lift.usual(found)
        result.draw("lift", partial(lift.picture, found, outcome, threshold), play.id)
    return result


def _summary(found: Backtest) -> Iterator[Shown]:
    play, first, last = found.question.play.id, found.question.days[0], found.question.last
    note = Text(
        ja=f"{first}〜{last}、その後{found.question.horizon}日を追跡",
        en=f"{first} to {last}, each followed for {found.question.horizon} days",
    )
    yield Shown(Reading(figures.FIRED, float(found.fires), found.customers), play, note=note)
    for outcome, one in found.followed.items():
        yield from (Shown(reading, play, outcome, note=note) for reading in one.readings)
    if found.held is not None:
        asked = found.held.fires
        yield Shown(_share(figures.CLEAR, found.held.clear, asked), play)
        for guard, held in found.held.by.items():
            yield Shown(_share(figures.HELD, held, asked), play, f"guard:{guard}")


def _share(figure: Figure, fires: int, asked: int) -> Reading:
    return read(figure, significant(fires / asked) if asked else None, asked)


def _curve(play: str, variant: Variant, now: tuple[Threshold, ...]) -> Iterator[dict[str, Any]]:
    at = variant.threshold
    for outcome, one in variant.followed.items():
        after, base, times = (one.reading(f) for f in (figures.AFTER_FIRE, figures.BASE, figures.LIFT))
        numbers = {
            "rate": after.value,
            "rate_low": after.low,
            "rate_high": after.high,
            "base_rate": base.value,
            "lift": times.value,
            "low": times.low,
            "high": times.high,
            "foreseen": one.reading(figures.FORESEEN).value,
        }
        yield {
            "play_id": play,
            "threshold_place": at.place,
            "threshold_name": at.what,
            "comparison": at.comparison,
            "threshold": significant(at.value),
            "current": at.value == now[at.place].value,
            "outcome": outcome,
            "fires": one.fires,
            "customers": one.customers,
            "happened": one.happened,
            **{name: None if v is None else significant(float(v)) for name, v in numbers.items()},
            "sample": times.sample,
        }


KIND = Part(Text(ja="型の過去データ検証", en="Plays on the past"), find, order=10)
