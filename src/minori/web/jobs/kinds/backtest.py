"""A play, perhaps changed, on the company's own past: one curve per threshold, computed once and read by a slider."""

from typing import Any

from minori.core.ports import Progress
from minori.core.text import Text
from minori.pipeline.proof.backtest import as_object, backtest
from minori.pipeline.proof.backtest import asked as question_of
from minori.web.company import workspace
from minori.web.jobs.kind import Asked, JobKind
from minori.web.policy_edit.curves import curve_rows, pictures
from minori.web.policy_edit.trying import tried_session


def _do(asked: Asked, progress: Progress) -> dict[str, Any]:
    with tried_session(asked["changes"]) as (session, _):
        until = workspace().day(session, None)
        question = question_of(session, asked["play"], until, overlap=False)
        found = backtest(session, question, until, progress=progress)
    plain = {name: value for name, value in as_object(found).items() if name != "curve"}
    return {**plain, "curve": curve_rows(found), "pictures": pictures(found)}


KIND = JobKind(label=Text(ja="過去データでの検証", en="Backtest"), do=_do, lease_seconds=3600)
