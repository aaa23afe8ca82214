"""Several workers claim from one outbox on PostgreSQL, in a process of its own; prints what each of them got."""

import json
import sys
import threading
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402  the settings must be there before
from django.db import connection, connections  # noqa: E402

from minori.web.company import workspace  # noqa: E402
from minori.web.models import Message  # noqa: E402
from minori.web.outbox.box import AppOutbox  # noqa: E402
from minori.web.outbox.door import Door  # noqa: E402

NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
WORKERS, CUSTOMERS, EACH = 6, 8, 3


def main() -> None:
    """Claim until nothing is due; of each customer one stays claimed."""
    assert connection.vendor == "postgresql"
    call_command("migrate", run_syncdb=True, verbosity=0)
    Message.objects.bulk_create(
        Message(key=f"{c}-{n}", channel="x", kind="task", to="", customer_id=f"c{c}", send_after=NOW)
        for c in range(CUSTOMERS)
        for n in range(EACH)
    )
    got: list[str] = []
    box, together = AppOutbox(Door(workspace())), threading.Barrier(WORKERS)

    def work(name: str) -> None:
        together.wait()
        while (claimed := _claimed(box, name)) is not None:
            got.append(claimed.key)
        connections.close_all()

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps(sorted(got)) + "\n")


def _claimed(box: AppOutbox, name: str) -> Any:
    return box.claim(name, NOW)


if __name__ == "__main__":
    main()
