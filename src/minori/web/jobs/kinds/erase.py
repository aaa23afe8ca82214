"""Erasing somebody: from the app's tables, from every file of the lake, and from what is being exported.

The app is scrubbed first, while the lake still knows the names; killed at any moment, the job is simply done again.
"""

import secrets
from typing import Any

from minori.core.ports import Progress
from minori.core.text import Text
from minori.pipeline.workspace import Workspace
from minori.web.company import workspace
from minori.web.jobs.kind import Asked, JobKind
from minori.web.models import Current
from minori.web.outbox.drain import drain
from minori.web.personal import exports
from minori.web.personal.scrub import compact_database, scrub
from minori.web.personal.whose import Whose, whose
from minori.web.readmodel.refresh import refresh
from minori.web.screens.data import mending
from minori.web.screens.data.copied import copy_again


def _do(asked: Asked, progress: Progress) -> dict[str, Any]:
    served, customer, user = workspace(), str(asked["customer"]), asked.get("user") or None
    progress("facts of the app", 0.05)
    drain(served)
    of = whose(served, customer, user)
    progress("tables of the app", 0.1)
    scrubbed = scrub(of)
    exports.clear()
    mending.clear()
    progress("lake", 0.3)
    forgotten = served.forget(customer, user, by=str(asked["by_whom"]), salt=secrets.token_hex(16))
    _show_anew(served, of, progress)
    return {
        "customer": forgotten.customer_id,
        "files": sum(one.files for one in forgotten.tables),
        "app": scrubbed,
        "speaking_ids": len(forgotten.speaking_ids),
    }


def _show_anew(served: Workspace, of: Whose, progress: Progress) -> None:
    """Copy what pages show from the lake as it is now, and leave no trace of the copies before."""
    progress("what pages show", 0.7)
    if Current.objects.exists():
        refresh(served)
    copy_again(served)
    scrub(of)  # whatever was written meanwhile from what was read before
    progress("database", 0.95)
    compact_database()


KIND = JobKind(
    label=Text(ja="個人データの消去", en="Erase personal data"), do=_do, lease_seconds=3600, quick=True
)
