"""minori: a lake is opened, a session begun, and the stages are run up to the metrics."""

import time
from pathlib import Path

import pyarrow as pa

from full_run.data import open_lake
from full_run.forty import METRICS, UNTIL, definitions
from minori.core.text import Text
from minori.lake.engines.duckdb import DuckDBEngine
from minori.metrics import compute, contracts, points
from minori.pipeline.evaluate import evaluate
from minori.pipeline.session import Session
from minori.policy.definitions import Policy
from minori.policy.load import load_policy
from minori.policy.workspace import Company, WorkspaceFile
from minori.query.sql import column, sql

_COMPANY = Company(name=Text(ja="測定", en="Benchmark"), time_zone="Asia/Tokyo", currency="JPY")
_METRIC = sql("select customer_key from metric")


def forty(folder: Path, threads: int) -> pa.Table:
    """Compute the forty metrics; the schema's metadata say how long the metric stage alone took."""
    session = _session(folder, threads, Policy.model_validate({"metrics": definitions()}))
    run = session.run_pass((points.STAGE, contracts.STAGE), [UNTIL])
    start = time.perf_counter()
    run.perform(compute.STAGE)
    stage = time.perf_counter() - start
    frame = run.fetch(_METRIC.bind().select(*map(column, METRICS)))
    session.engine.close()
    return frame.replace_schema_metadata({"stage": str(stage)})


def everything(folder: Path, threads: int) -> None:
    """Evaluate the day with the definitions of the preset ``b2b_saas``, from metrics to messages."""
    loaded = load_policy(folder, extends="b2b_saas")
    session = _session(folder, threads, loaded.policy)
    evaluate(session, UNTIL)
    session.engine.close()


def _session(folder: Path, threads: int, policy: Policy) -> Session:
    engine = DuckDBEngine(folder / "temporary", threads=threads)
    return Session(engine, open_lake(folder).snapshot(), policy, WorkspaceFile(company=_COMPANY))
