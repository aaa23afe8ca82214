"""The sample shop's workspace: every export, its mapping, its items and its settings."""

from pathlib import Path

from minori.core.text import Language, Text
from minori.sample.files import Columns, write_csv, write_jsonl
from minori.sample.settings import settings
from minori.sample.shop import orders, records, site
from minori.sample.shop.items import catalogue
from minori.sample.shop.life import Life
from minori.sample.shop.sources import SOURCES

NAME = Text(ja="珈琲とお茶の店 つむぎ", en="Tsumugi Coffee and Tea")


def write_exports(folder: Path, life: Life, language: Language) -> dict[str, int]:
    """Write the shop's exports, mapping, items and settings; returns rows per file."""
    written = {}
    for name, columns in _exports(life, language).items():
        write = write_jsonl if ".jsonl" in name else write_csv
        write(folder / "exports" / name, columns)
        written[name] = len(next(iter(columns.values())))
    (folder / "policy").mkdir(exist_ok=True)
    texts = {
        "sources.yaml": SOURCES,
        "policy/catalog.yaml": catalogue(),
        "minori.yaml": settings(NAME, "shop", "favourite", language),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return written


def _exports(life: Life, language: Language) -> dict[str, Columns]:
    made = orders.draw_orders(life)
    return {
        "customers.csv": orders.customers(life, language),
        "orders.csv": orders.orders(life, made),
        "order_lines.csv": orders.order_lines(life, made),
        "site_events.jsonl.gz": site.site_events(life, made),
        "nps.csv": records.nps(life, language),
        "contacts.csv": records.contacts(life),
        "proposals.csv": records.proposals(life),
        "outcomes.csv": records.outcomes(life),
        "consents.csv": records.consents(life),
    }
