"""What changed definitions would do today: how many customers match, what holds them, what they would read."""

from typing import Any

from minori.core.ports import Progress
from minori.core.text import Text
from minori.pipeline.previewed import preview
from minori.web.company import workspace
from minori.web.jobs.kind import Asked, JobKind
from minori.web.policy_edit.trying import tried_session


def _do(asked: Asked, progress: Progress) -> dict[str, Any]:
    with tried_session(asked["changes"]) as (session, _):
        day = workspace().day(session, None)
        found = preview(
            session,
            day,
            play=asked.get("play"),
            customer_id=asked.get("customer", ""),
            progress=progress,
        )
    return found.as_object()


KIND = JobKind(label=Text(ja="変更の試算", en="Try a change"), do=_do, lease_seconds=1800, quick=True)
