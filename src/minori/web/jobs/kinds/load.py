"""Loading sources: all of them, or some by id."""

from typing import Any

from minori.core.ports import Progress
from minori.core.text import Text
from minori.web.company import workspace
from minori.web.jobs.kind import Asked, JobKind
from minori.web.screens.data.copied import copy_again


def _do(asked: Asked, progress: Progress) -> dict[str, Any]:
    served = workspace()
    report = served.load(
        only=asked.get("only") or None, progress=lambda what, share: progress(what, share * 0.95)
    )
    copy_again(served)
    return {
        "load_no": report.number,
        "sources": len(report.sources),
        "new": sum(one.new for one in report.sources),
        "corrected": sum(one.corrected for one in report.sources),
        "quarantined": sum(one.quarantined for one in report.sources),
    }


KIND = JobKind(label=Text(ja="データの取り込み", en="Load data"), do=_do, lease_seconds=3600)
