"""Everything that the lake and the app hold of somebody, written to a file for the person who asked."""

from typing import Any

from minori.core.ports import Progress
from minori.core.text import Text
from minori.web.company import workspace
from minori.web.jobs.kind import Asked, JobKind
from minori.web.personal.exports import keep
from minori.web.personal.held import held_by_app
from minori.web.personal.whose import whose


def _do(asked: Asked, progress: Progress) -> dict[str, Any]:
    served, customer, user = workspace(), str(asked["customer"]), asked.get("user") or None
    progress("app", 0.1)
    app = held_by_app(whose(served, customer, user))
    progress("lake", 0.3)
    found = {**served.personal_data(customer, user), "app": app}
    progress("file", 0.9)
    return {"file": keep(found), "customer": customer}


KIND = JobKind(
    label=Text(ja="個人データの書き出し", en="Export personal data"), do=_do, lease_seconds=1800, quick=True
)
