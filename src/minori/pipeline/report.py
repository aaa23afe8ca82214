"""A run as one object for programs: what ``minori run --json`` prints. Its schema is shipped beside this file."""

import json
from collections.abc import Mapping
from typing import Any

from minori.core.text import Text
from minori.pipeline.run import Ran


def as_object(ran: Ran, names: Mapping[str, str], currency: str) -> dict[str, Any]:
    """Return the run as plain data; ``names`` are the customers' names by id."""
    candidates = {row["candidate_id"]: row for row in ran.tables["candidate"].to_pylist()}
    words = {row["proposal_id"]: row for row in ran.tables["proposal"].to_pylist()}
    learned = {(row["customer_key"], row["play"]): row for row in ran.tables["learned_chance"].to_pylist()}
    decisions = ran.tables["decision"].to_pylist()
    proposed = sorted((d for d in decisions if d["fate"] == "proposed"), key=lambda d: d["place"])
    held = sorted((d for d in decisions if d["fate"] == "held"), key=lambda d: (d["customer_id"], d["play"]))
    return {
        "as_of": ran.as_of.isoformat(),
        "policy": ran.policy_hash,
        "customers": ran.customers,
        "counts": ran.counts,
        "notices": list(ran.notices),
        "proposals": [
            _proposal(
                d,
                candidates[d["candidate_id"]],
                words[d["candidate_id"]],
                _based_on(candidates[d["candidate_id"]], learned.get((d["customer_key"], d["play"]))),
                names,
                currency,
            )
            for d in proposed
        ],
        "held": [_held(d) for d in held],
    }


def _proposal(
    decision: Mapping[str, Any],
    candidate: Mapping[str, Any],
    words: Mapping[str, Any],
    based_on: Text,
    names: Mapping[str, str],
    currency: str,
) -> dict[str, Any]:
    offer = json.loads(candidate["offer"])
    return {
        "proposal_id": decision["candidate_id"],
        "customer_id": decision["customer_id"],
        "customer": names.get(decision["customer_id"]) or decision["customer_id"],
        "play": decision["play"],
        "kind": candidate["kind"],
        "offer": offer,
        "mrr_change": float(candidate["mrr_change"]),
        "once": float(candidate["once"]),
        "currency": currency,
        "because": json.loads(candidate["because"]),
        "evidence": json.loads(candidate["evidence"]),
        "accept": {
            "chance": candidate["accept"],
            "low": candidate["accept_low"],
            "high": candidate["accept_high"],
            "based_on": based_on.as_dict(),
        },
        "expected_value": decision["value"],
        "owner": candidate["owner"],
        "channel": candidate["channel"],
        "person_decides": decision["person_decides"],
        "choices": offer["choices"],
        "message": json.loads(words["message"] or "{}"),  # nothing of somebody who was erased
        "roles": json.loads(words["roles"] or "[]"),
        "proof": json.loads(words["proof"]),
        "valid_until": candidate["valid_until"].isoformat(),
    }


def _based_on(candidate: Mapping[str, Any], learned: Mapping[str, Any] | None) -> Text:
    """Return what the chance rests on; of a learned one also which metrics raised or lowered it."""
    answers = candidate["accept_answers"]
    if learned is not None:
        because = json.loads(learned["because"])
        return Text(
            ja=f"回答{answers}件から学習。{because['ja']}",
            en=f"learned from {answers} answers; {because['en']}",
        )
    return Text(
        ja=f"型の初期値と回答{answers}件" if answers else "型の初期値(まだ学習していません)",
        en=f"the play's prior and {answers} answers" if answers else "the play's prior (not yet learned)",
    )


def _held(decision: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "customer_id": decision["customer_id"],
        "play": decision["play"],
        "guard": decision["guard"],
        "reason": {"ja": decision["reason_ja"], "en": decision["reason_en"]},
        "until": decision["until"].isoformat() if decision["until"] else None,
    }
