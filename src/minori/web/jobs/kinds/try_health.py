"""Changed definitions of health or metrics tried: the new distribution, who changes bands, whether the score is true."""

from typing import Any

from minori.core.ports import Progress
from minori.core.text import Text
from minori.pipeline.previewed_health import tried_health
from minori.web.company import workspace
from minori.web.jobs.kind import Asked, JobKind
from minori.web.policy_edit.trying import tried_session


def _do(asked: Asked, progress: Progress) -> dict[str, Any]:
    before = workspace().policy.policy
    with tried_session(asked["changes"]) as (session, loaded):
        changed = [
            name for name, metric in loaded.policy.metrics.items() if metric != before.metrics.get(name)
        ]
        day = workspace().day(session, None)
        found = tried_health(session, before, day, metrics=changed, progress=progress)
    return found.as_object()


KIND = JobKind(label=Text(ja="ヘルススコアの試算", en="Try the health score"), do=_do, lease_seconds=3600)
