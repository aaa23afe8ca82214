"""What the shop wrote down: surveys, contacts, offers and answers, consents."""

import numpy as np

from minori.core.text import Language, Text
from minori.sample.draws import Ints, generator
from minori.sample.files import Columns, days, local_times
from minori.sample.shop.campaigns import Asked
from minori.sample.shop.items import IDS
from minori.sample.shop.life import Life, customer_id
from minori.sample.shop.world import FAMILIES, FREE_OF_CHARGE

_DAY = 86_400
_OPEN_DAYS = 14
_COMMENTS = {
    "good": Text(ja="香りがよく、毎朝の楽しみです", en="Wonderful aroma, the joy of my mornings"),
    "fair": Text(ja="味には満足しています", en="I like the taste"),
    "bad": Text(ja="届くのが遅く、箱がつぶれていました", en="It came late and the box was crushed"),
}


def nps(life: Life, language: Language) -> Columns:
    """Return answers to the survey that goes out twice a year."""
    rng = generator(life.seed, "shop", "nps")
    week, customer = np.nonzero(life.weeks.alive & (rng.random(life.weeks.mood.shape) < 0.3 / 26))
    second = _in_day(life, week, customer, rng)
    felt = 1.6 + 9.2 * life.weeks.mood[week, customer] + rng.normal(0, 1.5, len(week))
    score = np.clip(np.rint(felt), 0, 10).astype(np.int64)
    order = np.lexsort((customer, second))
    talks = rng.random(len(order)) < 0.4
    return {
        "answer_id": [f"N{number + 1:05d}" for number in range(len(order))],
        "customer_no": [customer_id(n) for n in customer[order].tolist()],
        "score": score[order].tolist(),
        "comment": [_comment(s, language) if t else None for s, t in zip(score[order], talks, strict=True)],
        "answered_at": local_times(life.first_day, second[order]),
    }


def contacts(life: Life) -> Columns:
    """Return mails and calls: offers sent, newsletters, questions."""
    rng = generator(life.seed, "shop", "contacts")
    lots = rng.random(life.weeks.alive.shape)
    rows: list[tuple[int, int, str, str, str]] = []
    for happened, channel, direction, about in (
        (lots < 0.01, "mail", "outbound", "survey"),
        ((lots >= 0.01) & (lots < 0.018), "mail", "inbound", "support"),
    ):
        week, customer = np.nonzero(happened & life.weeks.alive)
        second = _in_day(life, week, customer, rng)
        rows += [
            (s, c, channel, direction, about) for s, c in zip(second.tolist(), customer.tolist(), strict=True)
        ]
    asked, proposed, _ = _asked(life)
    rows += [
        (s, one.customer, "mail", "outbound", "proposal")
        for one, s in zip(asked, proposed.tolist(), strict=True)
    ]
    rows.sort()
    return {
        "contact_id": [f"C{number + 1:06d}" for number in range(len(rows))],
        "customer_no": [customer_id(row[1]) for row in rows],
        "channel": [row[2] for row in rows],
        "direction": [row[3] for row in rows],
        "purpose": [row[4] for row in rows],
        "done_at": local_times(life.first_day, np.array([row[0] for row in rows], dtype=np.int64)),
    }


def proposals(life: Life) -> Columns:
    """Return the offers that the shop sent."""
    asked, second, _ = _asked(life)
    return {
        "offer_id": _ids(len(asked)),
        "customer_no": [customer_id(one.customer) for one in asked],
        "campaign": [one.play for one in asked],
        "offer_type": ["item" if one.family < len(IDS) else FAMILIES[one.family] for one in asked],
        "paid": ["0" if FAMILIES[one.family] in FREE_OF_CHARGE else "1" for one in asked],
        "sent_at": local_times(life.first_day, second),
        "valid_until": days(life.first_day, second // _DAY + _OPEN_DAYS),
    }


def outcomes(life: Life) -> Columns:
    """Return the answers that had come by the end of the exported time."""
    asked, _, answered = _asked(life)
    known = np.flatnonzero(answered < 7 * _DAY * life.count)
    ids = _ids(len(asked))
    return {
        "offer_id": [ids[n] for n in known],
        "result": [asked[n].result for n in known],
        "reason": [asked[n].reason or None for n in known],
        "closed_at": local_times(life.first_day, answered[known]),
    }


def consents(life: Life) -> Columns:
    """Return consent to mail when joining, and who took it back."""
    rng = generator(life.seed, "shop", "consents")
    granted = rng.random(life.traits.count) < 0.9
    chance = 0.004 * life.weeks.irritation + 0.0003
    week, customer = np.nonzero(life.weeks.alive & (rng.random(chance.shape) < chance))
    start = life.traits.start_day * _DAY + 7 * 3600
    said = np.concatenate([start, np.maximum(7 * week, life.traits.start_day[customer]) * _DAY + 12 * 3600])
    return {
        "customer_no": [customer_id(n) for n in (*range(life.traits.count), *customer.tolist())],
        "channel": ["mail"] * len(said),
        "consent": ["Y" if yes else "N" for yes in granted] + ["N"] * len(customer),
        "recorded_at": local_times(life.first_day, said),
    }


def _comment(score: int, language: Language) -> str:
    return _COMMENTS["good" if score >= 9 else "fair" if score >= 6 else "bad"][language]


def _ids(count: int) -> list[str]:
    return [f"P{number + 1:06d}" for number in range(count)]


def _asked(life: Life) -> tuple[list[Asked], Ints, Ints]:
    """Return the offers by time, when each was sent, and when answered (perhaps after the end)."""
    rng = generator(life.seed, "shop", "answers")
    week = np.array([one.week for one in life.asked], dtype=np.int64)
    sent = (7 * week - rng.integers(1, 5, len(week))) * _DAY + rng.integers(10 * 3600, 19 * 3600, len(week))
    ignored = np.array([one.result == "ignored" for one in life.asked], dtype=bool)
    answered = sent + np.where(ignored, _OPEN_DAYS * _DAY, rng.integers(3_600, 4 * _DAY, len(week)))
    order = np.lexsort((np.arange(len(week)), sent))
    return [life.asked[n] for n in order], sent[order], answered[order]


def _in_day(life: Life, week: Ints, customer: Ints, rng: np.random.Generator) -> Ints:
    day = np.maximum(7 * week + rng.integers(0, 7, len(week)), life.traits.start_day[customer])
    return np.asarray(day * _DAY + rng.integers(9 * 3600, 21 * 3600, len(week)))
