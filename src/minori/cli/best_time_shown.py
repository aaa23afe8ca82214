"""The best time to approach, for people and for programs."""

from collections.abc import Iterator, Mapping
from typing import Any

import click

from minori.cli.shared import print_table
from minori.core.readable import readable
from minori.core.text import Language, Text
from minori.learning.best_time import Finding
from minori.learning.best_time_advice import Advice, advice, busiest, segment_advice, slot_readings
from minori.pipeline.proof.best_time import BestTimes

_PURPOSES = {"contact": Text(ja="ご連絡", en="Contact"), "propose": Text(ja="ご提案", en="Proposal")}
_RULES = {
    "answers": Text(ja="これまでの反応", en="earlier answers"),
    "activity": Text(ja="利用時間", en="hours of use"),
}
_LEVELS = {"own": Text(ja="この顧客", en="own"), "segment": Text(ja="同じセグメント", en="segment")}
_HEADINGS = (
    Text(ja="目的", en="Purpose"),
    Text(ja="時期", en="Clock"),
    Text(ja="根拠", en="By"),
    Text(ja="いつでもの反応率", en="At any time"),
    Text(ja="良い時期の反応(いつでも比)", en="Good times, against any"),
    Text(ja="偶然の確率", en="By chance"),
    Text(ja="判定", en="Verdict"),
)
_CAREFUL = Text(
    ja="時期は抽選で決めていないため、差は効果ではなく目安です。",
    en="Nobody drew the times by lot: a difference is observational, not an effect.",
)
_NOTHING = Text(
    ja="結果の分かっているご連絡もご提案もありません。",
    en="There are no contacts and no proposals whose outcome is known.",
)
_ANY = Text(ja="いつでも", en="any time")
_BUSY = Text(
    ja="よく使っている時間帯(反応の良さとは別)", en="Most active (which does not mean that answers come then)"
)
_SLOT = (
    Text(ja="時期", en="Time"),
    Text(ja="根拠", en="By whose answers"),
    Text(ja="反応(いつでも比)", en="Answers, against any time"),
)
_MOST = 5


def print_best_times(found: BestTimes, currency: str, language: Language) -> None:
    """Print the verdict on every clock, and the good times where there are any."""
    if not found.found:
        click.echo(_NOTHING[language])
        return
    rows = [
        [
            _PURPOSES[one.purpose][language],
            one.clock.label[language],
            _RULES[one.how][language],
            *(
                readable(reading, language, currency).cell(sample=True)
                for reading in (one.any_time, one.lift, one.chance)
            ),
            one.words[language],
        ]
        for one in found.found
    ]
    print_table(_HEADINGS, rows, language, right=(3, 4, 5))
    click.echo(f"\n{_CAREFUL[language]}")
    for one in found.found:
        if one.verdict == "usable" and one.how == "answers":
            _print_slots(one, currency, language)


def _print_slots(one: Finding, currency: str, language: Language) -> None:
    click.echo(f"\n{_PURPOSES[one.purpose][language]} – {one.clock.label[language]}")
    every = Text(ja="全体", en="all")
    rows = [
        [
            one.clock.slots[slot][language],
            every[language],
            readable(reading, language, currency).cell(sample=True),
        ]
        for slot, reading in slot_readings(one)[:_MOST]
    ]
    for segment, name in enumerate(one.approached.segments):
        rows += [
            [
                one.clock.slots[a.slot][language],
                name or "–",
                readable(a.reading, language, currency).cell(sample=True),
            ]
            for a in segment_advice(one, segment)
            if name
        ]
    print_table(_SLOT, rows, language)


def print_customer(found: BestTimes, code: int, currency: str, language: Language) -> None:
    """Print when to approach one customer, or that any time is as good; and when it is active."""
    for one in found.found:
        given = advice(one, code)
        head = (
            f"{_PURPOSES[one.purpose][language]} – {one.clock.label[language]} ({_RULES[one.how][language]})"
        )
        click.echo(f"{head}: {one.words[language]}")
        for a in given:
            level = _LEVELS[a.level][language]
            click.echo(
                f"  {one.clock.slots[a.slot][language]} ({level}): {readable(a.reading, language, currency).cell(sample=True)}"
            )
    for one in found.found[:1]:
        times = busiest(one.approached, code)
        if times:
            listed = ", ".join(
                f"{one.clock.slots[slot][language]} {readable(reading, language, currency).cell(sample=True)}"
                for slot, reading in times
            )
            click.echo(f"{_BUSY[language]}: {listed}")
    click.echo(f"\n{_CAREFUL[language]}")


def as_object(found: BestTimes, codes: Mapping[str, int]) -> dict[str, Any]:
    """Return everything as one plain object; ``codes`` are the customers to list."""
    return {
        "as_of": found.as_of.isoformat(),
        "found": [_finding(one) for one in found.found],
        "customers": [
            {
                "customer_id": name,
                "times": [_advised(one, a) for one in found.found for a in advice(one, code)],
            }
            for name, code in codes.items()
        ],
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "purpose": one.purpose,
        "clock": one.clock.id,
        "by": one.how,
        "verdict": one.verdict,
        "words": one.words.as_dict(),
        "readings": [reading.as_object() for reading in (one.any_time, one.lift, one.chance)],
        "times": [
            {"time": one.clock.slots[slot].as_dict(), "reading": reading.as_object()}
            for slot, reading in slot_readings(one)
        ],
        "segments": {
            name: [_advised(one, a) for a in segment_advice(one, segment)]
            for segment, name in enumerate(one.approached.segments)
            if name
        },
    }


def _advised(one: Finding, found: Advice) -> dict[str, Any]:
    return {
        "purpose": one.purpose,
        "clock": one.clock.id,
        "by": one.how,
        "time": one.clock.slots[found.slot].as_dict(),
        "level": found.level,
        "reading": found.reading.as_object(),
    }


def rows(found: BestTimes, codes: Mapping[str, int], language: Language) -> Iterator[dict[str, Any]]:
    """Yield one row per customer, purpose, clock and advised time; one without a time where any is as good."""
    for name, code in codes.items():
        for one in found.found:
            given = advice(one, code)
            base = {"customer_id": name, "purpose": one.purpose, "clock": one.clock.id, "by": one.how}
            base["verdict"] = one.verdict
            for a in given:
                reading = a.reading
                yield {
                    **base,
                    "time": one.clock.slots[a.slot][language],
                    "level": a.level,
                    "value": reading.value,
                    "low": reading.low,
                    "high": reading.high,
                    "sample": reading.sample,
                }
            if not given:
                nothing = dict.fromkeys(("level", "value", "low", "high", "sample"))
                yield {**base, "time": _ANY[language] if one.verdict == "none" else None, **nothing}
