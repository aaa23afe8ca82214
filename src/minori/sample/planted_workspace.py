"""The workspace of the company with planted plays: exports, mappings, settings and a small policy of its own."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from minori.core.text import Language, Text
from minori.sample.draws import Ints, generator
from minori.sample.files import Columns, days, write_csv
from minori.sample.names import INDUSTRIES, company_names
from minori.sample.planted import ASKED_WITHIN, HORIZON, SITUATIONS, Lived, Planted, Treated, lived

PRICE, MORE_SEATS = 1_000, 5
_SETTINGS = """\
company:
  name: {{ja: 株式会社ハツミソフト, en: Hatsumi Soft Inc.}}
  language: {language}
  time_zone: Asia/Tokyo
  currency: JPY
  renewal_grace: 7
"""
_SOURCES = """\
- id: accounts                        # CRM
  kind: files
  read: exports/accounts.csv
  gives: customers
  select: >
    select account_id as customer_id, account_name as name, 'business' as kind, 'JPY' as currency,
           cast(customer_since as date) as started_on
    from input
- id: subscriptions                   # billing
  kind: files
  read: exports/subscriptions.csv
  gives: contracts
  select: >
    select subscription_id as contract_id, account_id as customer_id, 'suite' as product_id,
           'standard' as plan_id, cast(units as decimal(18, 6)) as quantity,
           cast(monthly_fee as decimal(18, 4)) as mrr, 'JPY' as currency,
           cast(valid_from as date) as starts_on, cast(valid_to as date) as ends_on
    from input
- id: usage                           # log of the product
  kind: files
  read: exports/usage.csv
  gives: events
  select: >
    select id as event_id, account as customer_id, action as name, cast("at" as timestamp) as occurred_at
    from input
"""
_CATALOG = """\
currency: JPY
products:
  suite:
    label: {{ja: 業務スイート, en: Work Suite}}
    plans:
      standard:
        label: {{ja: スタンダード, en: Standard}}
        model: per_seat
        price: {{per_seat: {price}}}
        seat_step: {step}
        limits: {{seats: quantity}}
"""
_GUARDS = """\
guards:
  no_evidence: {}
  harmful_play: {}
ranking:
  proposals_a_day: 1000  # nobody is left out for want of time: the lot alone decides
"""
_METRIC = """\
{id}:
  label: {{ja: {label.ja}(7日), en: "{label.en}, 7 days"}}
  unit: {{ja: 回, en: times}}
  count: events where name = '{id}'
  window: {within} days
"""
_PLAY = """\
- id: {id}
  label: {{ja: {label.ja}, en: {label.en}}}
  hypothesis: {{ja: アカウントの追加が役に立つ, en: More seats are of use}}
  when: {id} >= 1
  because: {{ja: "{label.ja}が記録されています", en: "We saw: {label.en}"}}
  offer: {{kind: seats}}
  valid: {within} days
  prior: {{accept: 0.3, anyway: 0.1}}
  experiment: {{share: 0.5, horizon: {horizon} days}}
"""
LABELS = {
    "limit_reached": Text(ja="上限への到達", en="Limit reached"),
    "colleague_invited": Text(ja="同僚の招待", en="Colleague invited"),
    "report_shared": Text(ja="レポートの共有", en="Report shared"),
}


def write_workspace(folder: Path, language: Language) -> None:
    """Write ``minori.yaml``, ``sources.yaml`` and ``policy/``: three plays, half of whose customers are held out."""
    (folder / "policy" / "plays").mkdir(parents=True, exist_ok=True)
    written = {
        "minori.yaml": _SETTINGS.format(language=language),
        "sources.yaml": _SOURCES,
        "policy/catalog.yaml": _CATALOG.format(price=PRICE, step=MORE_SEATS),
        "policy/guards.yaml": _GUARDS,
        "policy/metrics.yaml": _each(_METRIC),
        "policy/plays/planted.yaml": _each(_PLAY),
    }
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


def _each(template: str) -> str:
    return "".join(
        template.format(id=name, label=LABELS[name], within=ASKED_WITHIN, horizon=HORIZON)
        for name in SITUATIONS
    )


def write_exports(
    folder: Path, planted: Planted, treated: Treated, until: date, language: Language
) -> dict[str, int]:
    """Write the exports as they stand at the end of a day; returns rows per file."""
    life = lived(planted, treated, until)
    exports = {
        "accounts.csv": _accounts(planted, language),
        "subscriptions.csv": _subscriptions(planted, life),
        "usage.csv": _usage(planted, life),
    }
    for name, columns in exports.items():
        write_csv(folder / "exports" / name, columns)
    return {name: len(next(iter(columns.values()))) for name, columns in exports.items()}


def _accounts(planted: Planted, language: Language) -> Columns:
    draw = generator(planted.seed, "planted", "names")
    industries = draw.integers(0, len(INDUSTRIES), len(planted.customer_ids))
    return {
        "account_id": planted.customer_ids,
        "account_name": company_names(industries, language, draw),
        "customer_since": days(planted.first_day, -planted.older),
    }


def _subscriptions(planted: Planted, life: Lived) -> Columns:
    """Return the first subscription of everybody, and the larger one of those who bought."""
    bought = np.flatnonzero(life.bought <= life.today)
    ends = np.minimum(life.left, life.bought)
    who = [*range(len(planted.customer_ids)), *bought.tolist()]
    customers = [planted.customer_ids[place] for place in who]
    seats = [*planted.seats.tolist(), *(planted.seats[bought] + MORE_SEATS).tolist()]
    return {
        "subscription_id": [f"{name}-{count}" for name, count in zip(customers, seats, strict=True)],
        "account_id": customers,
        "units": seats,
        "monthly_fee": [PRICE * count for count in seats],
        "valid_from": [
            *days(planted.first_day, -planted.older),
            *days(planted.first_day, life.bought[bought]),
        ],
        "valid_to": [*_until_today(planted, ends, life.today), *([None] * len(bought))],
    }


def _until_today(planted: Planted, ends: Ints, today: int) -> Sequence[str | None]:
    """Return days as text, None for those that are still to come."""
    return [
        day if past else None
        for day, past in zip(days(planted.first_day, ends), (ends <= today).tolist(), strict=True)
    ]


def _usage(planted: Planted, life: Lived) -> Columns:
    """Return a login of everybody once a week until they leave, and the day on which each situation began."""
    every = np.arange(life.today + 1)
    days_on, who = np.nonzero(every[:, None] % 7 == np.arange(len(planted.customer_ids)) % 7)
    there = days_on < life.left[who]
    begun = np.flatnonzero(planted.begins <= life.today)
    customers = [*who[there].tolist(), *begun.tolist()]
    names = ["login"] * int(there.sum()) + [SITUATIONS[place] for place in planted.situation[begun].tolist()]
    happened = [*days(planted.first_day, days_on[there]), *days(planted.first_day, planted.begins[begun])]
    return {
        "id": [f"{name}-{place}-{day}" for name, place, day in zip(names, customers, happened, strict=True)],
        "account": [planted.customer_ids[place] for place in customers],
        "action": names,
        "at": [f"{day} 10:00:00" for day in happened],
    }
