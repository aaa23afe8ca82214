"""Brings what happened in the app into the lake."""

from typing import Any

from minori.core.ports import Progress
from minori.core.text import Text
from minori.web.company import workspace
from minori.web.jobs.kind import Asked, JobKind
from minori.web.outbox.drain import drain


def _do(_asked: Asked, progress: Progress) -> dict[str, Any]:
    progress("draining", 0.0)
    return drain(workspace())


KIND = JobKind(
    label=Text(ja="アプリの記録の取り込み", en="Bring the app's facts into the lake"), do=_do, quick=True
)
