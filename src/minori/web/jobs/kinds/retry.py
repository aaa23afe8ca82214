"""Mended rows of the quarantine, through the same mapping and checks; each becomes a fact once."""

from dataclasses import asdict
from typing import Any

from minori.core.ports import Progress
from minori.core.text import Text
from minori.pipeline.quarantine import retry
from minori.web.company import workspace
from minori.web.jobs.kind import Asked, JobKind
from minori.web.screens.data import mending
from minori.web.screens.data.copied import copy_again


def _do(asked: Asked, progress: Progress) -> dict[str, Any]:
    served = workspace()
    with mending.file(str(asked["file"])) as path:
        report = retry(
            served.root,
            served.lake,
            path,
            time_zone=served.file.company.time_zone,
            currency=served.file.company.currency,
            now=served.now(),
            progress=progress,
        )
    copy_again(served)
    return asdict(report)


KIND = JobKind(label=Text(ja="直した行の取り込み", en="Load mended rows"), do=_do, tries=1)
