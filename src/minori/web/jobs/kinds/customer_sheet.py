"""The readiness sheet of one customer, with the score of the weeks before."""

from datetime import date
from typing import Any

from minori.core.ports import Progress
from minori.core.text import Text
from minori.pipeline.customer_sheet import customer_sheet
from minori.web.company import workspace
from minori.web.jobs.kind import Asked, JobKind


def _do(asked: Asked, progress: Progress) -> dict[str, Any]:
    with workspace().session() as session:
        return customer_sheet(session, date.fromisoformat(asked["as_of"]), asked["customer_id"], progress)


KIND = JobKind(label=Text(ja="提案可否シートの作成", en="Readiness sheet"), do=_do, quick=True)
