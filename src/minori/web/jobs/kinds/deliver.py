"""Sends what is due; facts that the lake does not have yet are asked of the app itself."""

from typing import Any

from minori.core.ports import Progress
from minori.core.text import Text
from minori.web.company import workspace
from minori.web.jobs.kind import Asked, JobKind
from minori.web.outbox.sending import send


def _do(_asked: Asked, progress: Progress) -> dict[str, Any]:
    progress("sending", 0.0)
    return dict(send(workspace()))


KIND = JobKind(label=Text(ja="メッセージの送信", en="Send messages"), do=_do, lease_seconds=1800, quick=True)
