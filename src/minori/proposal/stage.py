"""The words of every proposal: the table ``proposal``."""

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from minori.lake.stage import Pass, Stage
from minori.lake.types import arrow_type
from minori.proposal.messages import mail_for_role, render_messages
from minori.proposal.moves import Moves, moves_of
from minori.proposal.proof import proof_of
from minori.proposal.roles import ROLES, People, people_of
from minori.proposal.variants import as_worded, dearest_first, wording_of
from minori.proposal.words import context_of
from minori.query.sql import sql
from minori.schema.results import RESULTS

_PROPOSED = sql("""
    select c.candidate_id, c.customer_key, c.customer_id, c.play, c.kind, c.offer, c.because, c.owner, u.name,
           u.industry, u.kind as customer_kind
    from decision d
    join candidate c on c.as_of = d.as_of and c.candidate_id = d.candidate_id
    left join customers u on u.as_of = c.as_of and u.customer_key = c.customer_key
    where d.fate = 'proposed' and c.offer is not null
    order by d.place
""")
_SCHEMA = pa.schema([pa.field(c.name, arrow_type(c.type)) for c in RESULTS["proposal"].columns])


def compute(run: Pass) -> None:
    """Set ``proposal``: message and proof of everything that is proposed."""
    moves, people = moves_of(run), people_of(run)
    proposed = run.fetch(_PROPOSED.bind()).to_pylist()
    rows = [_row(run, moves, row, people.get(row["customer_key"], {})) for row in proposed]
    run.write("proposal", pa.Table.from_pylist(rows, _SCHEMA))


def _row(run: Pass, moves: Moves, row: Mapping[str, Any], people: Mapping[str, People]) -> dict[str, Any]:
    named = run.policy.plays[row["play"]]
    wording = wording_of(named, row["customer_id"])
    play = as_worded(named, wording)
    proof = proof_of(
        json.loads(row["offer"]),
        play,
        run.policy.catalog,
        moves,
        as_of=run.as_of,
        industry=row["industry"],
        business=row["customer_kind"] != "person",
    )
    context = context_of(
        row,
        play,
        customer=row["name"],
        sender=run.people.get(row["owner"] or ""),
        company=run.company.name,
        currency=run.company.currency,
        proof=proof,
        anchor=dearest_first(named, wording),
    )
    message = render_messages(run.policy, play, row["kind"], context)
    roles = [
        {**people[role].as_dict(role), "message": words}
        for role in ROLES
        if role in people
        and (words := mail_for_role(run.policy, play, row["kind"], role, context)) is not None
    ]
    return {
        "as_of": run.as_of,
        "proposal_id": row["candidate_id"],
        "customer_key": row["customer_key"],
        "customer_id": row["customer_id"],
        "play": row["play"],
        "wording": wording.experiment if wording else None,
        "variant": wording.variant if wording else None,
        "message": json.dumps(message, ensure_ascii=False, sort_keys=True),
        "proof": json.dumps(proof.as_dict(), ensure_ascii=False, sort_keys=True),
        "roles": json.dumps(roles, ensure_ascii=False, sort_keys=True),
    }


STAGE = Stage(
    "proposal",
    reads=("candidate", "decision", "customers", "users", "contracts", "catalog_plan"),
    writes=("proposal",),
    run=compute,
    says="the words",
)
