"""What is odd about a workspace beside its policy: work begun and not finished, people whose role does not fit."""

from collections.abc import Iterator

from minori.core.text import Text
from minori.lake.snapshot import Snapshot
from minori.pipeline.check import Remark
from minori.pipeline.erasing.forget import unfinished
from minori.policy.definitions import Policy
from minori.policy.workspace import FILE, WorkspaceFile

_UNFINISHED = Text(
    ja="個人データの消去が途中で止まっています。もう一度実行してください: minori forget {who} --by …",
    en="an erasure of personal data was interrupted; run it again: minori forget {who} --by …",
)
_NO_SALES = Text(
    ja="型 {plays} は営業が担当しますが、team に role: sales の方がいません",
    en="sales is to take care of {plays}, but nobody in team has role: sales",
)
_SALES = Text(
    ja="sales_owner の {who}（顧客 {n}）は、team で role: sales になっていません。営業の型の担当になります",
    en="{who}, sales_owner of {n} customers, has not role: sales in team, and gets the plays of sales",
)
_CSM = Text(
    ja="owner の {who}（顧客 {n}）は、team で role: {role} です。ご提案の担当になります",
    en="{who}, owner of {n} customers, has role: {role} in team, and gets their proposals",
)
_MAY_OWN = ("csm", "manager", "admin")


def lake_remarks(snapshot: Snapshot) -> Iterator[Remark]:
    """Yield what somebody has to do about the lake."""
    for who in unfinished(snapshot):
        yield Remark("lake", None, _UNFINISHED.fill({"who": who}))


def team_remarks(file: WorkspaceFile, policy: Policy, snapshot: Snapshot) -> Iterator[Remark]:
    """Yield who would get proposals although their role in ``team`` is another; nothing where there is no team.

    ``reach: {owner: sales}`` goes to the customer's ``sales_owner``, who must be of role sales; everything else
    to the ``owner``, who may be anybody but sales or a viewer. Who is not in the team may be a customer's CSM.
    """
    if not file.team:
        return
    roles = {name: member.role for name, member in file.team.items()}
    of_sales = sorted(play.id for play in policy.plays.values() if play.on and play.reach.owner == "sales")
    if of_sales and "sales" not in roles.values():
        shown = ", ".join(of_sales[:3]) + (", …" if len(of_sales) > 3 else "")
        yield Remark(FILE, None, _NO_SALES.fill({"plays": shown}))
    for who, customers in _owners(snapshot, "sales_owner") if of_sales else ():
        if roles.get(who) != "sales":
            yield Remark(FILE, None, _SALES.fill({"who": who, "n": f"{customers:,}"}))
    for who, customers in _owners(snapshot, "owner"):
        if who in roles and roles[who] not in _MAY_OWN:
            yield Remark(FILE, None, _CSM.fill({"who": who, "n": f"{customers:,}", "role": roles[who]}))


def _owners(snapshot: Snapshot, column: str) -> list[tuple[str, int]]:
    """Return who is named in a column of customers, and for how many."""
    found = snapshot.arrow("facts/customers", [column])
    named = [who for who in found[column].to_pylist() if who] if found.num_rows else []
    return sorted((who, named.count(who)) for who in set(named))
