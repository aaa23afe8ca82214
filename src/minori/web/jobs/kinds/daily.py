"""The daily round: drain what happened in the app, load, run, copy for the app, and let go what nobody needs to decide."""

from typing import Any

from django.utils import timezone

from minori.core.ports import Progress
from minori.core.text import Text
from minori.web.company import workspace
from minori.web.jobs.kind import Asked, JobKind
from minori.web.life.automatic import approve_automatic
from minori.web.outbox.drain import drain
from minori.web.readmodel.refresh import refresh


def _do(asked: Asked, progress: Progress) -> dict[str, Any]:
    served = workspace()
    drained = drain(served)
    if asked.get("load", True) and (served.root / "sources.yaml").is_file():
        served.load(progress=lambda what, share: progress(what, share * 0.4))
    ran = served.run(progress=lambda what, share: progress(what, 0.4 + share * 0.4))
    run = refresh(served, progress=lambda what, share: progress(what, 0.8 + share * 0.2))
    sent = approve_automatic(served.policy.policy, timezone.now())
    return {
        "as_of": ran.as_of.isoformat(),
        "run": run.pk,
        "drained": drained,
        "counts": ran.counts,
        "automatic": sent,
    }


KIND = JobKind(label=Text(ja="取り込みと提案の更新", en="Load and run"), do=_do, lease_seconds=1800)
