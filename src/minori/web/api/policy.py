"""The policy in force: its hash and the resolved definitions, as the newest run used them."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from minori.web.api.answers import answers
from minori.web.api.tokens import Scope
from minori.web.company import workspace

router = Router(auth=Scope("policy:read"))


class Play(Schema):
    """A play as it is defined now."""

    play: str
    label: dict[str, str]
    on: bool
    when: str
    offer_kind: str


class Policy(Schema):
    """The hash of the resolved policy, and its plays."""

    hash: str
    plays: list[Play]


@router.get("", response=answers(Policy), summary="The policy in force")
def policy(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001  ninja's call
    """Return the plays and the hash by which runs name the policy."""
    loaded = workspace().policy
    plays = [
        {
            "play": name,
            "label": play.label.as_dict(),
            "on": play.on,
            "when": str(play.when),
            "offer_kind": play.offer.kind,
        }
        for name, play in sorted(loaded.policy.plays.items())
    ]
    return {"hash": loaded.hash, "plays": plays}
