"""A made-up export of somebody else's SaaS: four files, their own column names, nothing that minori asks for by name.

Usage names a subscription only. There are no users, owners, consents, surveys, limits or amounts in a currency.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

LAST_DAY = date(2026, 3, 31)
FIRST_USE = LAST_DAY - timedelta(days=120)
TIERS = {"Starter": 900, "Team": 1700, "Company": 2900}  # a month for one licence
FEATURES = ("board", "report_builder", "csv_out", "api", "calendar", "chat", "automation", "search")
ACCOUNTS = 60
Row = Sequence[object]

SOURCES = """\
- id: accounts
  kind: files
  read: exports/accounts.csv
  gives: customers
  select: >
    select acct as customer_id, company as name, 'business' as kind, sector as industry,
           cast(signed_up as date) as started_on
    from input
- id: subscriptions
  kind: files
  read: exports/subscriptions.csv
  gives: contracts
  select: >
    select sub_ref as contract_id, acct as customer_id, 'suite' as product_id,
           case tier when 'Starter' then 'light' when 'Team' then 'standard' when 'Company' then 'premium' end as plan_id,
           cast(licences as integer) as quantity, cast(monthly_fee as decimal(18, 2)) as mrr,
           cast(began as date) as starts_on, cast(stopped as date) as ends_on
    from input
- id: feature_usage
  kind: files
  read: exports/feature_usage.csv
  with: [subscriptions]
  gives: events
  select: >
    select u.entry as event_id, s.acct as customer_id, u.feature as name,
           cast(u.used_on as timestamp) as occurred_at, cast(u.times as integer) as quantity
    from input u
    join subscriptions s on s.sub_ref = u.sub_ref
- id: support_tickets
  kind: files
  read: exports/support_tickets.csv
  gives: tickets
  select: >
    select case_no as ticket_id, acct as customer_id, lower(urgency) as severity, about as subject,
           cast(raised as timestamp) as opened_at, cast(solved as timestamp) as closed_at
    from input
"""


def write_export(folder: Path) -> None:
    """Write the four files; the same every time."""
    folder.mkdir()
    draw = Random(20260331)
    accounts, subscriptions, usage, tickets = [], [], [], []
    for number in range(ACCOUNTS):
        account = f"A-{number:03}"
        began = (
            FIRST_USE - timedelta(days=draw.randrange(30, 700))
            if number % 5
            else FIRST_USE + timedelta(days=60)
        )
        accounts.append((account, f"Company {number}", draw.choice(["media", "retail", "health"]), began))
        held = _subscriptions(draw, number, account, began)
        subscriptions += held
        usage += _usage(draw, number, held)
        tickets += _tickets(draw, number, account)
    _write(folder / "accounts.csv", ("acct", "company", "sector", "signed_up"), accounts)
    columns = ("sub_ref", "acct", "tier", "licences", "monthly_fee", "began", "stopped")
    _write(folder / "subscriptions.csv", columns, subscriptions)
    usage = [(f"U{place:06}", *row) for place, row in enumerate(usage)]
    _write(folder / "feature_usage.csv", ("entry", "sub_ref", "feature", "used_on", "times"), usage)
    _write(
        folder / "support_tickets.csv", ("case_no", "acct", "urgency", "about", "raised", "solved"), tickets
    )


def _subscriptions(draw: Random, number: int, account: str, began: date) -> list[Row]:
    """Give one running subscription; every sixth account had a smaller one before, every tenth has left."""
    licences = draw.randrange(3, 60)
    tier = draw.choice(list(TIERS))
    stopped = LAST_DAY - timedelta(days=20) if number % 10 == 9 else ""
    current = (f"S{number:03}-2", account, tier, licences, licences * TIERS[tier], began, stopped)
    if number % 6:
        return [current]
    changed = LAST_DAY - timedelta(days=45)
    before = (f"S{number:03}-1", account, "Starter", licences, licences * TIERS["Starter"], began, changed)
    return [before, (*current[:5], changed, stopped)]


def _usage(draw: Random, number: int, held: list[Row]) -> list[Row]:
    """Use the product on most working days; a third of the accounts falls off, some rise, three stop."""
    rows: list[Row] = []
    breadth = draw.randrange(2, len(FEATURES) + 1)
    for back in range(120, -1, -1):
        day = LAST_DAY - timedelta(days=back)
        running = [s for s in held if str(s[5]) <= str(day) and (not s[6] or str(day) < str(s[6]))]
        if not running or day.weekday() > 4 or (number % 20 == 3 and back < 20):
            continue
        level = {0: 0.3 + 0.5 * (back < 28), 1: 0.9 - 0.6 * (back < 28)}.get(number % 3, 0.6)
        for feature in FEATURES[:breadth]:
            if draw.random() < level / 2:
                rows.append(
                    (running[-1][0], feature, f"{day} {draw.randrange(8, 18):02}:15:00", draw.randrange(1, 9))
                )
    return rows


def _tickets(draw: Random, number: int, account: str) -> list[Row]:
    rows: list[Row] = []
    for case in range(draw.randrange(0, 4)):
        raised = LAST_DAY - timedelta(days=draw.randrange(2, 110))
        solved = f"{raised + timedelta(days=1)} 16:00:00" if draw.random() < 0.9 else ""
        urgency = draw.choice(["Low", "Normal", "High"])
        rows.append((f"T{number:03}{case}", account, urgency, "a question", f"{raised} 10:30:00", solved))
    return rows


def _write(path: Path, columns: Row, rows: Iterable[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *rows])
