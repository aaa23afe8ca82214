"""What customers tell: tickets, answers to surveys, and statements noted by those who look after them."""

import numpy as np

from minori.core.text import Language, Text
from minori.sample.company import words
from minori.sample.company.life import Life, customer_id
from minori.sample.company.people import CSM, owners, user_id
from minori.sample.company.world import (
    ANALYTICS,
    CONNECTOR,
    DOWNSELL,
    HELP,
    RESCUE,
    SEATS,
    SECURITY,
    STORAGE,
)
from minori.sample.draws import Flags, Floats, Ints, generator
from minori.sample.files import Columns, local_times

_DAY = 86_400
# Share of each topic without any need, and what makes it more frequent.
_TOPICS = {
    "how_to": (0.34, HELP, 4.0),
    "export": (0.13, ANALYTICS, 4.0),
    "import": (0.11, CONNECTOR, 3.0),
    "integration": (0.08, CONNECTOR, 4.0),
    "permissions": (0.11, SECURITY, 2.5),
    "security": (0.05, SECURITY, 5.0),
    "performance": (0.10, RESCUE, 5.0),
    "billing": (0.08, DOWNSELL, 4.0),
}
_SEVERITIES = ("low", "normal", "high", "urgent")
_HOURS = np.array([30.0, 16.0, 10.0, 6.0])  # usual time to an answer, by severity


def tickets(life: Life, language: Language) -> Columns:
    """Return the export of the help desk."""
    rng = generator(life.seed, "company", "tickets")
    need, accounts = life.weeks.need, life.weeks.accounts
    often = (0.035 + 0.018 * np.sqrt(accounts)) * (1 + 4 * need[:, :, RESCUE] + 1.2 * need[:, :, HELP])
    week, customer = _repeated(rng.poisson(np.where(accounts > 0, often, 0.0)))
    opened, week, customer = _moments(life, week, customer, rng)
    shares = np.stack(
        [base * (1 + more * need[week, customer, f]) for base, f, more in _TOPICS.values()], axis=1
    )
    topic = _one_of(shares, rng)
    trouble = need[week, customer, RESCUE]
    weights = np.stack(
        [0.25 - 0.1 * trouble, 0.6 - 0.2 * trouble, 0.12 + 0.2 * trouble, 0.03 + 0.1 * trouble], axis=1
    )
    severity = _one_of(weights, rng)
    hours = _HOURS[severity] * rng.lognormal(0.0, 1.1, len(week)) * (1 + 3 * trouble)
    closed = opened + (hours * 3600).astype(np.int64)
    done = closed < 7 * _DAY * life.count
    rank = rng.integers(0, accounts[week, customer])
    topics = list(_TOPICS)
    return {
        "ticket_no": [f"T{number + 1:06d}" for number in range(len(week))],
        "account_id": [customer_id(n) for n in customer.tolist()],
        "requester": _users(customer, rank),
        "category": [topics[place] for place in topic],
        "priority": [_SEVERITIES[place].upper() for place in severity],
        "subject": [words.TICKET_SUBJECTS[topics[place]][language] for place in topic],
        "created_at": local_times(life.first_day, opened),
        "solved_at": _known(local_times(life.first_day, closed), done),
    }


def nps(life: Life, language: Language) -> Columns:
    """Return answers to the survey that asks the first three users of a customer twice a year."""
    rng = generator(life.seed, "company", "nps")
    weeks = life.weeks
    answered = rng.random((*weeks.mood.shape, 3)) < 0.35 / 26
    answered &= weeks.accounts[:, :, None] > np.arange(3)
    week, customer, rank = (places.astype(np.int64) for places in np.nonzero(answered))
    second, week, customer, rank = _moments(life, week, customer, rng, rank)
    felt = 1.4 + 9.3 * weeks.mood[week, customer] + rng.normal(0, 1.4, len(week))
    score = np.clip(np.rint(felt), 0, 10).astype(np.int64)
    return {
        "response_id": [f"N{number + 1:05d}" for number in range(len(week))],
        "account_id": [customer_id(n) for n in customer.tolist()],
        "respondent": _users(customer, rank),
        "score": score.tolist(),
        "comment": [
            _comment(int(s), lot, language) for s, lot in zip(score, rng.random(len(score)), strict=True)
        ],
        "answered_at": local_times(life.first_day, second),
    }


def statements(life: Life, language: Language) -> Columns:
    """Return what customer managers wrote down after talking to customers."""
    rng = generator(life.seed, "company", "statements")
    said = [_said(life, *spoken, language, rng) for spoken in _spoken(life)]
    owner = owners(life)[0]
    rows = sorted((row for part in said for row in part), key=lambda row: (row[0], row[1], row[2], row[3]))
    columns = list(zip(*rows, strict=True)) if rows else [()] * 7
    second = np.array(columns[0], dtype=np.int64)
    return {
        "note_id": [f"M{number + 1:05d}" for number in range(len(rows))],
        "account_id": columns[1],
        "type": columns[2],
        "about": columns[3],
        "number_named": columns[4],
        "words": columns[5],
        "noted_at": local_times(life.first_day, second),
        "noted_by": [CSM[owner[customer]] for customer in columns[6]],
    }


_Spoken = tuple[str, str | None, Text, Floats, Floats | None]


def _spoken(life: Life) -> list[_Spoken]:
    """List kinds of statements: kind, feature, words, chance per week and customer, number named."""
    weeks = life.weeks
    tell = 0.05 * life.world.telling
    leaving = np.zeros_like(weeks.mood)
    leaving[:-4] = weeks.alive[:-4] & ~weeks.alive[4:]
    seats = np.ceil(weeks.people * 1.15)
    storage = np.ceil(weeks.storage * 1.3 / 10) * 10
    requests: list[_Spoken] = [
        ("request", feature, words.REQUESTS[feature], tell * weeks.need[:, :, family] + 0.0007, None)
        for feature, family in (("analytics", ANALYTICS), ("integration", CONNECTOR), ("security", SECURITY))
    ]
    return [
        ("plan", "seats", words.PLANS_SEATS, tell * weeks.need[:, :, SEATS] + 0.0005, seats),
        ("plan", "storage", words.PLANS_STORAGE, 0.6 * tell * weeks.need[:, :, STORAGE], storage),
        *requests,
        ("issue", None, words.STUCK, 0.6 * tell * weeks.need[:, :, HELP], None),
        ("issue", None, words.TROUBLED, tell * weeks.need[:, :, RESCUE], None),
        ("issue", "seats", words.TOO_DEAR, tell * weeks.need[:, :, DOWNSELL], None),
        ("goal", None, words.GOAL, np.full_like(weeks.mood, 0.004), None),
        ("cancel", None, words.CANCEL, 0.1 * leaving, None),
    ]


def _said(
    life: Life, kind: str, feature: str | None, text: Text, chance: Floats, amount: Floats | None,
    language: Language, rng: np.random.Generator,
) -> list[tuple[object, ...]]:  # fmt: skip
    week, customer = np.nonzero((rng.random(chance.shape) < chance) & life.weeks.alive)
    second, week, customer = _moments(life, week, customer, rng)
    rows: list[tuple[object, ...]] = []
    for w, c, at in zip(week.tolist(), customer.tolist(), second.tolist(), strict=True):
        number = None if amount is None else int(amount[w, c])
        said = text.fill({"amount": str(number)})[language]
        rows.append((at, customer_id(c), kind, feature or "", number, said, c))
    return rows


def _users(customer: Ints, rank: Ints) -> list[str]:
    return [user_id(c, r) for c, r in zip(customer.tolist(), rank.tolist(), strict=True)]


def _comment(score: int, lot: float, language: Language) -> str | None:
    if lot > 0.45:
        return None
    texts = words.PRAISE if score >= 9 else words.FAIR if score >= 7 else words.BLAME
    return texts[0 if lot < 0.225 else 1][language]


def _repeated(counts: Ints) -> tuple[Ints, Ints]:
    """Return week and customer of each single thing, from how many there are."""
    week, customer = np.nonzero(counts)
    times = counts[week, customer]
    return np.repeat(week, times), np.repeat(customer, times)


def _moments(
    life: Life, week: Ints, customer: Ints, rng: np.random.Generator, *others: Ints
) -> tuple[Ints, ...]:
    """Draw a moment of office hours within each week, and order everything by it.

    Nothing happens before a customer's first day; whatever would is moved to that day.
    """
    day = np.maximum(7 * week + rng.integers(0, 5, len(week)), life.traits.start_day[customer])
    second = day * _DAY + rng.integers(9 * 3600, 18 * 3600, len(week))
    order = np.lexsort((customer, second))
    return tuple(column[order] for column in (second, week, customer, *others))


def _one_of(weights: Floats, rng: np.random.Generator) -> Ints:
    """Draw one place per row, by weight."""
    cumulative = np.cumsum(weights, axis=1)
    lots = rng.random(len(weights)) * cumulative[:, -1]
    return np.asarray((lots[:, None] >= cumulative).sum(axis=1), dtype=np.int64)


def _known(texts: list[str], shown: Flags) -> list[str | None]:
    return [text if show else None for text, show in zip(texts, shown, strict=True)]
