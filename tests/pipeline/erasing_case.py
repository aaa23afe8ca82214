"""A company with somebody to erase: personal values that stand nowhere else, and every file of its lake read."""

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from minori.pipeline.erasing.forget import Forgotten
from minori.pipeline.workspace import Workspace

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
SALT = "pepper"
# Of C1: what a person would know somebody by. No other row holds them.
NAMES = (
    "株式会社ひとつや",
    "contact@hitotsuya.example",
    "橘 一花",
    "ichika@hitotsuya.example",
    "Old Hitotsuya",
)
WORDS = (
    "橘 一花よりご質問",
    "とても満足です hitotsuya",
    "来期は増員予定と伺った",
    "電話で価格の相談",
    "secret-token-77",
    "03-5555-0101",
)
OTHERS = ("株式会社ふたつや", "二木 太郎", "futatsuya-token")
COMPANY = """
company: {name: {ja: 見本, en: Sample}, language: ja, time_zone: Asia/Tokyo, currency: JPY}
policy: {constant: [industry]}
"""
# A metric of words, which a policy should not have: what is said goes where numbers go.
METRICS = """
planned: {label: {ja: 予定, en: planned}, last: amount of statements where kind = 'plan'}
quoted: {label: {ja: 声, en: words}, last: words of statements}
logins: {label: {ja: 利用, en: logins}, count: events where name = 'login', window: 28 days}
"""
HEALTH = """
parts: {use: {label: {ja: 利用, en: use}, metric: logins, weight: 1, points: {0: 0, 10: 100}}}
"""
CATALOG = """
products:
  suite:
    label: {ja: スイート, en: Suite}
    plans: {light: {label: {ja: ライト, en: Light}, price: {per_seat: 5000}, limits: {seats: quantity}}}
"""
PLAY = """
id: planned_seats
label: {ja: 予定のアカウント数, en: Planned seats}
hypothesis: {ja: 伺った, en: we were told}
when: planned > limit(seats) and industry = 'it'
because: {ja: "「{quoted}」と伺いました（{planned}）", en: "told: {quoted} ({planned})"}
offer: {kind: seats}
"""
SOURCES = """
- {id: crm, kind: files, read: crm.csv, gives: customers}
- {id: people, kind: files, read: people.csv, gives: users}
- {id: contracts, kind: files, read: contracts.csv, gives: contracts}
- {id: usage, kind: files, read: usage.csv, gives: events}
- {id: tickets, kind: files, read: tickets.csv, gives: tickets}
- {id: nps, kind: files, read: nps.csv, gives: surveys}
- {id: calls, kind: files, read: calls.csv, gives: interactions}
- {id: said, kind: files, read: said.csv, gives: statements}
"""
FILES = {
    "crm": """customer_id,name,kind,email,started_on,owner,phone,industry
C1,株式会社ひとつや,business,contact@hitotsuya.example,2025-04-01,hana,03-5555-0101,it
C2,株式会社ふたつや,business,info@futatsuya.example,2025-04-01,hana,03-5555-0202,it
""",
    "people": """user_id,customer_id,name,email,department,active
U1,C1,橘 一花,ichika@hitotsuya.example,sales,true
U2,C2,二木 太郎,taro@futatsuya.example,sales,true
U3,C1,三田 花,hana@third.example,sales,true
""",
    "contracts": """contract_id,customer_id,product_id,plan_id,quantity,mrr,starts_on
K1,C1,suite,light,10,50000,2025-04-01
K2,C2,suite,light,10,50000,2025-04-01
""",
    "tickets": """ticket_id,customer_id,user_id,topic,severity,subject,opened_at
T1,C1,U1,export,low,橘 一花よりご質問,2026-03-01T00:00:00Z
T2,C2,U2,export,low,ふつうの質問,2026-03-01T00:00:00Z
T3,C1,U1,export,low,橘 一花よりご質問,someday
T4,C2,U2,export,low,ふつうの質問,someday
""",
    "nps": """customer_id,user_id,kind,score,comment,answered_at
C1,U1,nps,9,とても満足です hitotsuya,2026-03-10T00:00:00Z
C2,U2,nps,9,満足,2026-03-10T00:00:00Z
""",
    "calls": """customer_id,channel,direction,about,occurred_at,words
C1,call,in,support,2026-03-05T00:00:00Z,電話で価格の相談
C1,call,in,support,2026-03-06T00:00:00Z,橘 一花さまへ折り返し
C2,call,in,support,2026-03-05T00:00:00Z,ふつうの電話
""",
    "said": """customer_id,kind,words,feature,amount,said_at
C1,plan,来期は増員予定と伺った,seats,30,2026-03-28T00:00:00Z
C2,plan,増員予定,seats,30,2026-03-28T00:00:00Z
""",
}


def usage() -> str:
    """Ninety days of use by three people, with something personal in the properties of some events."""
    lines = ["customer_id,user_id,name,occurred_at,quantity,properties"]
    for n in range(90):
        day = f"2026-0{1 + n // 30}-{1 + n % 28:02}T0{n % 8}:00:{n % 60:02}Z"
        secret = '"{""note"":""secret-token-77""}"' if n % 9 == 0 else ""
        other = '"{""note"":""futatsuya-token""}"' if n % 9 == 0 else ""
        lines += [f"C1,U1,login,{day},1,{secret}", f"C1,U3,login,{day},1,", f"C2,U2,login,{day},1,{other}"]
    return "\n".join(lines) + "\n"


def company(root: Path) -> Workspace:
    """Make the workspace, load it twice (the customer was once called otherwise), and decide a day each time."""
    (root / "policy" / "plays").mkdir(parents=True)
    definitions = {"metrics": METRICS, "health": HEALTH, "catalog": CATALOG, "plays/planned_seats": PLAY}
    texts = {f"policy/{name}": text for name, text in definitions.items()}
    for name, text in {"minori": COMPANY, "sources": SOURCES, **texts}.items():
        (root / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name, text in {**FILES, "usage": usage()}.items():
        (root / f"{name}.csv").write_text(text, encoding="utf-8")
    crm = root / "crm.csv"
    crm.write_text(FILES["crm"].replace("株式会社ひとつや", "Old Hitotsuya"), encoding="utf-8")
    workspace = opened(root)
    workspace.load()
    workspace.run()
    crm.write_text(FILES["crm"], encoding="utf-8")
    workspace.load()
    workspace.run()
    return workspace


def opened(root: Path) -> Workspace:
    return Workspace(root, lambda: NOW)


def copied(workspace: Workspace, root: Path) -> Workspace:
    shutil.copytree(workspace.root, root)
    return opened(root)


def forget(workspace: Workspace, customer: str = "C1", user: str | None = None) -> Forgotten:
    return workspace.forget(customer, user, by="監査 花子", salt=SALT)


def texts_of(lake: Path) -> Iterator[tuple[str, str]]:
    """Every file below a folder as text: as it lies on disk, and Parquet as what it holds too."""
    for path in sorted(p for p in lake.rglob("*") if p.is_file()):
        yield str(path.relative_to(lake)), path.read_bytes().decode("utf-8", "replace")
        if path.suffix == ".parquet" and ".writing" not in path.parts:  # there, killed in the middle
            rows = pq.ParquetFile(path).read().to_pylist()
            yield str(path.relative_to(lake)), json.dumps(rows, ensure_ascii=False, default=str)


def places(workspace: Workspace, values: tuple[str, ...]) -> dict[str, list[str]]:
    """In which files of the lake each value stands."""
    found: dict[str, list[str]] = {}
    for file, text in texts_of(workspace.root / "lake"):
        for value in values:
            if value in text:
                found.setdefault(value, []).append(file)
    return found


def numbers(workspace: Workspace, number: int | None = None) -> dict[str, Any]:
    """Everything of results but words, by table."""
    snapshot = workspace.lake.snapshot(number)
    return {
        address: sorted(
            json.dumps(_without_words(row), default=str) for row in snapshot.arrow(address).to_pylist()
        )
        for address in sorted(snapshot.versions)
        if address.startswith("results/") and address != "results/run"
    }


def _without_words(row: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in sorted(row.items()) if k not in ("message", "roles", "because", "quoted")}
    if "evidence" in kept:
        kept["evidence"] = {k: v for k, v in json.loads(kept["evidence"]).items() if k != "quoted"}
    return kept


if __name__ == "__main__":  # to be killed: python erasing_case.py FOLDER CUSTOMER
    here = opened(Path(sys.argv[1]))
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    forget(here, sys.argv[2])
