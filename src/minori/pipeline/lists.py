"""The quiet lists beside today's proposals: who needs help first, who is left alone, and who was never told."""

from collections.abc import Iterator, Mapping
from typing import Any

HELP_KINDS = ("help", "rescue")


def help_first(
    decisions: list[dict[str, Any]], candidates: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """支援優先: customers whose best word is help, not an offer, whatever its fate; one row per customer."""
    rows = [
        d
        for d in decisions
        if candidates[d["candidate_id"]]["kind"] in HELP_KINDS and d["fate"] != "outranked"
    ]
    return _best(rows)


def not_now(decisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """今は提案しない: what a guard holds, with its reason and until when."""
    return sorted((d for d in decisions if d["fate"] == "held"), key=lambda d: (d["customer_id"], d["play"]))


def never_told(
    decisions: list[dict[str, Any]], candidates: Mapping[str, Mapping[str, Any]], told: set[str]
) -> list[dict[str, Any]]:
    """お知らせ漏れ: a need stands, no guard forbids speaking of it, and nobody has told the customer.

    ``told`` are ids of proposals that reached a customer. What capacity or a better offer pushed aside counts.
    """
    silent = ("nothing",)
    rows = [
        d
        for d in decisions
        if d["fate"] == "outranked"
        and d["by"] not in silent
        and candidates[d["candidate_id"]]["needs"] > 0
        and d["candidate_id"] not in told
    ]
    return sorted(rows, key=lambda d: (-d["value"], d["candidate_id"]))


def _best(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    chosen: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda d: (-d["value"], d["candidate_id"])):
        chosen.setdefault(row["customer_id"], row)
    return list(_ordered(chosen))


def _ordered(chosen: Mapping[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from sorted(chosen.values(), key=lambda d: (-d["value"], d["candidate_id"]))
