"""The app's lists at 100,000 customers: seconds of a refresh, and per page the server's time and its queries.

    python benchmarks/web_lists.py 1e5

A small sample company is loaded and decided once; then its customers are multiplied, with results, names and owners, in
a lake of its own, and that run is copied into the read model. Each page is asked for as a CSM with a share of the
customers and as a manager with all of them, several times; the median is printed. ``--keep`` names a folder that is
kept, and reused if it holds the data already.
"""

import argparse
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from minori.core.keys import key64
from minori.pipeline.init import pin
from minori.pipeline.workspace import Workspace
from minori.sample.write import write_company

GOAL_MS = 200
FORBIDDEN = 403
UNTIL = date(2026, 11, 21)
CUSTOMERS = 300  # of the sample that is multiplied
PER_CUSTOMER = "standing health trend health_part state metric signal holding learned_chance".split()
OF_CANDIDATES = {
    "candidate": ("candidate_id",),
    "decision": ("candidate_id", "by"),
    "proposal": ("proposal_id",),
}
PAGES = {
    "Today": "/",
    "Today, waiting": "/?show=waiting",
    "never told": "/today/lists/never_told/",
    "help first": "/today/lists/help_first/",
    "not now": "/today/lists/not_now/",
    "not now, by guard": "/today/lists/not_now/?guard=poor_health",
    "not now, by name": "/today/lists/not_now/?search=99",
    "not now, page 200": "/today/lists/not_now/?page=200",
    "renewals": "/today/renewals/",
    "alerts": "/today/alerts/",
    "tech touch": "/today/tech/",
    "meeting": "/meeting/",
    "team": "/team/",
    "customers": "/customers/",
    "customers, by name": "/customers/?search=99",
    "customers, by health": "/customers/?order=health",
}


def main(words: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="The app's lists at many customers.")
    parser.add_argument("customers", nargs="?", type=lambda text: int(float(text)), default=100_000)
    parser.add_argument("--keep", type=Path, help="keep the data in this folder, and reuse them")
    parser.add_argument("--times", type=int, default=5, help="each page so many times (default 5)")
    asked = parser.parse_args(words)
    with _folder(asked.keep) as folder:
        new = not (folder / "app.db").exists()
        if not (folder / "lake").exists():
            _apart(_make, folder, asked.customers)
        os.environ |= {
            "MINORI_WORKSPACE": str(folder),
            "MINORI_PLAIN_HTTP": "yes",
            "DJANGO_SETTINGS_MODULE": "minori.web.settings",
        }
        _measure(new=new, times=asked.times)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="minori-web-lists-") as folder:
        yield Path(folder)


def _apart(do: Callable[[Path, int], None], folder: Path, customers: int) -> None:
    """Do it in a process of its own, so that its memory is not counted as the refresh's."""
    process = multiprocessing.get_context("spawn").Process(target=do, args=(folder, customers))
    process.start()
    process.join()
    if process.exitcode:
        sys.exit("the data could not be made")


def _make(folder: Path, customers: int) -> None:
    write_company(folder, world="b2b_saas", customers=CUSTOMERS, days=200, until=UNTIL, seed=3, language="ja")
    pin(folder, "b2b_saas")
    served = _opened(folder)
    served.load()
    served.run()
    started = time.perf_counter()
    multiply(served, -(-customers // CUSTOMERS))
    print(f"data for {customers:,} customers made in {time.perf_counter() - started:.0f} s", flush=True)


def _opened(folder: Path) -> Workspace:
    from datetime import UTC, datetime

    return Workspace(folder, lambda: datetime.now(UTC))


def multiply(served: Workspace, times: int) -> None:
    """Put every customer of the run into the lake many times, under ids of their own."""
    snapshot = served.lake.snapshot()
    points = snapshot.arrow("results/point")
    ids = {row["customer_key"]: row["customer_id"] for row in points.to_pylist()}
    copies = range(times)
    keys = {n: {key: key64(f"{name}-{n}") for key, name in ids.items()} for n in copies}
    with served.lake.change("many customers") as change:
        for name in ("point", *PER_CUSTOMER, *OF_CANDIDATES, "guard_answer"):
            rows = snapshot.arrow(f"results/{name}")
            change.replace(
                f"results/{name}", pa.concat_tables([_copy(rows, name, n, keys[n]) for n in copies])
            )
        register = snapshot.arrow("facts/customers")
        change.replace("facts/customers", pa.concat_tables([_copy(register, "", n, keys[n]) for n in copies]))


def _copy(rows: pa.Table, name: str, number: int, keys: dict[int, int]) -> pa.Table:
    ending = f"-{number}"
    for column in {"customer_id", "name", *OF_CANDIDATES.get(name, ("candidate_id",))} & set(
        rows.column_names
    ):
        text = pc.binary_join_element_wise(rows[column], pa.scalar(ending), "")
        rows = _with(rows, column, text)
    if "customer_key" in rows.column_names:
        every = [keys.get(key, key) for key in rows["customer_key"].to_pylist()]
        rows = _with(rows, "customer_key", pa.array(every, pa.int64()))
    if "_id" in rows.column_names:
        rows = _with(rows, "_id", rows["customer_key"])
    return rows


def _with(rows: pa.Table, column: str, values: pa.Array) -> pa.Table:
    return rows.set_column(rows.schema.get_field_index(column), column, values)


def _measure(*, new: bool, times: int) -> None:
    import logging

    import django

    django.setup()
    logging.getLogger("django.request").setLevel(
        logging.ERROR
    )  # a page that somebody may not open is no news
    from django.conf import settings
    from django.core.management import call_command

    from minori.web.company import workspace
    from minori.web.models import CustomerRow, ListedRow, Person, Role, Work
    from minori.web.readmodel.refresh import refresh

    settings.ALLOWED_HOSTS = ["*"]
    if new:
        call_command("migrate", run_syncdb=True, verbosity=0)
        Person.objects.invite("manager@example.com", name="manager", role=Role.MANAGER, member="mori")
        Person.objects.invite("csm@example.com", name="csm", role=Role.CSM, member="sato", sees_all=False)
        for what in ("first", "second"):
            started, used = time.perf_counter(), time.process_time()
            refresh(workspace())
            spent, used = time.perf_counter() - started, time.process_time() - used
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
            print(f"{what} refresh: {spent:.0f} s ({used:.0f} s of CPU), peak {peak:.2f} GB", flush=True)
    counts = (CustomerRow.objects.count(), ListedRow.objects.count(), Work.objects.count())
    print("rows: {:,} customers, {:,} lines of lists (of all kept runs), {:,} works".format(*counts))
    for name in ("csm", "manager"):
        _pages(Person.objects.get(email=f"{name}@example.com"), times)


def _pages(person: object, times: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    for label, address in PAGES.items():
        if client.get(address).status_code == FORBIDDEN:  # the first answer also reads the templates
            continue
        spent = []
        for _ in range(times):
            started, used = time.perf_counter(), time.process_time()
            status = client.get(address).status_code
            spent.append((time.perf_counter() - started, time.process_time() - used))
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        whole, cpu = (1000 * statistics.median(times) for times in zip(*spent, strict=True))
        mark = "" if min(whole, cpu) <= GOAL_MS else f"  more than {GOAL_MS} ms"
        print(
            f"{person!s:8} {label:22} {status} {whole:6.0f} ms ({cpu:4.0f} CPU) {len(queries):3} queries{mark}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
