"""The proof: computed part by part, kept in the lake, copied for the pages, its charts drawn."""

from dataclasses import asdict
from typing import Any

from minori.core.ports import Progress
from minori.core.text import Text
from minori.pipeline.proof.stored import Done, store_proof
from minori.web.charted.copying import copy_proof
from minori.web.company import workspace
from minori.web.jobs.kind import Asked, JobKind

_COMPUTED = 0.8  # of the work


def _do(asked: Asked, progress: Progress) -> dict[str, Any]:
    served = workspace()
    done = store_proof(
        served.lake,
        served.file,
        served.policy,
        parts=asked.get("parts"),
        again=bool(asked.get("again")),
        progress=lambda what, share: progress(what, share * _COMPUTED),
    )
    proof = copy_proof(served, lambda what, share: progress(what, _COMPUTED + share * (1 - _COMPUTED)))
    return {"proof": proof.pk if proof else None, "parts": [_plain(one) for one in done]}


def _plain(one: Done) -> dict[str, Any]:
    return {**asdict(one), "why": one.why.as_dict() if one.why else None}


KIND = JobKind(label=Text(ja="効果の検証の更新", en="Compute the proof"), do=_do, lease_seconds=3600)
