"""The sample company's workspace: every export, its mapping and its settings."""

from pathlib import Path

from minori.core.text import Language, Text
from minori.sample.company import people, records, usage, voices
from minori.sample.company.contracts import subscriptions
from minori.sample.company.life import Life
from minori.sample.company.sources import SOURCES
from minori.sample.files import Columns, write_csv
from minori.sample.settings import settings

NAME = Text(ja="株式会社カナデソフト", en="Kanade Soft Inc.")


def write_exports(folder: Path, life: Life, language: Language) -> dict[str, int]:
    """Write the company's exports, ``sources.yaml`` and ``minori.yaml``; returns rows per file."""
    written = {}
    for name, columns in _exports(life, language).items():
        write_csv(folder / "exports" / name, columns)
        written[name] = len(next(iter(columns.values())))
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8", newline="")
    text = settings(NAME, "b2b_saas", "industry, employees, lead_source", language)
    (folder / "minori.yaml").write_text(text, encoding="utf-8", newline="")
    return written


def _exports(life: Life, language: Language) -> dict[str, Columns]:
    who = people.draw_people(life)
    return {
        "accounts.csv": people.accounts(life, language),
        "users.csv": people.users(life, who, language),
        "subscriptions.csv": subscriptions(life),
        "usage.csv.gz": usage.usage(life, usage.draw_events(life, who[0])),
        "gauges.csv": records.gauges(life),
        "tickets.csv": voices.tickets(life, language),
        "nps.csv": voices.nps(life, language),
        "contacts.csv": records.contacts(life),
        "statements.csv": voices.statements(life, language),
        "departments.csv": people.departments(life, who, language),
        "org_changes.csv": people.org_changes(life, who, language),
        "proposals.csv": records.proposals(life),
        "outcomes.csv": records.outcomes(life),
        "consents.csv": records.consents(life),
        "costs.csv": records.costs(life),
    }
