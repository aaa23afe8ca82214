"""One source on its way through the locked sandbox: shaped into typed rows, judged, written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from sqlglot import exp

from minori.core.text import Text
from minori.sources.aside import INPUT, OUTPUT, Relations, Told, gather, write_aside
from minori.sources.job import Job, Outcome, Remark
from minori.sources.judge import Keyed, judge, key_rows
from minori.sources.mapping import Mapping, Output, as_mapped, failed_in_parts, read_mapping, run_mapping
from minori.sources.opening import OpenUnit, known_ids
from minori.sources.plan import Fed, Plan, plan_typing
from minori.sources.sandbox import Sandbox
from minori.sources.stage import write_facts
from minori.sources.tree import drop, fill, run, table, text
from minori.sources.typing import Setting, notes_of, run_typing

_GATHERS = Text(
    ja="check: select が行をまとめるため、隔離した行は入力の行番号ではなく、まとめた後のキーで示されます",
    en="check: the select gathers rows, so a row set aside is named by its key, not by a row of the input",
)
_LEFT_OUT = Text(
    ja="select の条件や結合により、入力のうち{n}行は事実データになりませんでした",
    en="{n} rows of the input gave no fact, because of a condition or a join of the select",
)


@dataclass(frozen=True)
class Shaped:
    """A unit whose rows are typed and have their keys."""

    open: OpenUnit
    mapping: Mapping
    output: Output
    plan: Plan
    keyed: Keyed
    notes: tuple[Remark, ...]

    @property
    def relations(self) -> Relations:
        """The tables of the sandbox that hold its rows."""
        named = self.open.named
        verdicts = _verdicts(self.open.table.name)
        return Relations(
            named("raw"), named("mapped"), named("typed"), named("failed"), verdicts, named("aside")
        )


def shape(box: Sandbox, job: Job, opened: OpenUnit) -> Shaped:
    """Map, type and key the rows of a unit; raises MappingError or InputError."""
    source, named = opened.source, opened.named
    mapping = read_mapping(opened.defined, opened.inputs, opened.place)
    output = _mapped(box, opened, mapping)
    plan = plan_typing(source, output, opened.place)
    setting = Setting(opened.zone, job.currency, job.now, source.ends == "inclusive")
    run_typing(box.connection, plan, setting, named("mapped"), named("typed"))
    notes = [
        *plan.notes,
        *notes_of(box.connection, plan, named("mapped")),
        *_notes(box.connection, opened, mapping),
    ]
    known = known_ids(opened.table) if (known_ids(opened.table),) in _tables(box.connection) else None
    keyed = key_rows(
        box.connection, opened.table, source.id, named("typed"), named("keyed"), job.time_zone, known
    )
    return Shaped(opened, mapping, output, plan, keyed, tuple(_remarks(opened, notes)))


def judge_table(box: Sandbox, together: Sequence[Shaped]) -> None:
    """Find double keys among all the sources that give one table."""
    of = together[0].open.table
    judge(box.connection, of, [one.keyed for one in together], _verdicts(of.name))


def finish(box: Sandbox, job: Job, shaped: Shaped) -> Outcome:
    """Write a unit's facts and the rows that are set aside, and let its tables go."""
    opened, source = shaped.open, shaped.open.source
    facts = Path(job.folder) / f"facts_{opened.at}.parquet"
    aside = Path(job.folder) / f"aside_{opened.at}.parquet"
    gather(box.connection, opened.table, shaped.keyed, shaped.relations)
    quarantined = write_aside(box.connection, _told(shaped), shaped.relations, opened.opened.bad, aside)
    staged = write_facts(
        box.connection, opened.table, shaped.keyed, shaped.relations.verdicts, job.number, facts
    )
    outcome = Outcome(
        source=source.id,
        mode=opened.unit.mode,
        table=source.gives,
        facts=str(facts),
        aside=str(aside),
        rows=opened.opened.rows + len(opened.opened.bad),
        staged=staged.rows,
        duplicates=_duplicates(box.connection, shaped),
        quarantined=quarantined,
        left_out=_left_out(box.connection, opened, shaped.mapping),
        newest=opened.opened.newest,
        whole=opened.unit.since is None,
        first_day=staged.first_day,
        last_day=staged.last_day,
        last_rows=_last_rows(box.connection, opened),
        notes=shaped.notes,
    )
    for part in ("raw", "mapped", "typed", "keyed", "failed", "aside"):
        drop(box.connection, opened.named(part))
    return outcome


def _mapped(box: Sandbox, opened: OpenUnit, mapping: Mapping) -> Output:
    named = opened.named
    zoned = box.in_zone(opened.zone)
    if opened.unit.mode == "output":
        failed_in_parts(zoned, None, named("failed"))
        return as_mapped(zoned, named("raw"), opened.opened.columns, named("mapped"))
    output = run_mapping(zoned, mapping, named("mapped"), opened.opened.columns)
    failed_in_parts(zoned, mapping, named("failed"))
    return output


def _told(shaped: Shaped) -> Told:
    fed = [
        Fed(name, f"c{index}", kind)
        for index, (name, kind) in enumerate(zip(shaped.output.names, shaped.output.types, strict=True))
    ]
    from_output = shaped.open.unit.mode == "output"
    return Told(
        source=shaped.open.source.id,
        plan=shaped.plan,
        raw_columns=shaped.open.opened.columns,
        outputs=fed,
        origins={} if from_output else shaped.mapping.origins,
        record_of=OUTPUT if from_output else INPUT,
    )


def _notes(connection: duckdb.DuckDBPyConnection, opened: OpenUnit, mapping: Mapping) -> list[Text]:
    if opened.unit.mode == "output":
        return []
    if not mapping.carries_rows:
        return [_GATHERS]
    left_out = _left_out(connection, opened, mapping)
    return [_LEFT_OUT.fill({"n": f"{left_out:,}"})] if left_out else []


def _left_out(connection: duckdb.DuckDBPyConnection, opened: OpenUnit, mapping: Mapping) -> int:
    """Count the rows of the input that the select did not use, where they can be told apart."""
    if not mapping.carries_rows or opened.unit.mode == "output" or not mapping.tree.find(*_DROPS):
        return 0
    query = fill(
        "select count(*) from :raw as r where not exists (select 1 from "
        "(select __file, __row from :mapped union all select __file, __row from :failed) as u "
        "where u.__row = r._row and u.__file = r._file)",
        **{part: table(opened.named(part)) for part in ("raw", "mapped", "failed")},
    )
    [(found,)] = run(connection, query).fetchall()
    return int(found)


_DROPS = (exp.Where, exp.Join, exp.Qualify, exp.Limit)


def _duplicates(connection: duckdb.DuckDBPyConnection, shaped: Shaped) -> int:
    query = fill(
        "select count(*) from :t where _source = :s and verdict = 'duplicate'",
        t=table(shaped.relations.verdicts),
        s=text(shaped.keyed.source),
    )
    [(found,)] = run(connection, query).fetchall()
    return int(found)


def _last_rows(connection: duckdb.DuckDBPyConnection, opened: OpenUnit) -> dict[str, int]:
    query = fill(
        "select _file, max(_row) from :t group by _file order by _file", t=table(opened.named("raw"))
    )
    found = {str(file): int(row) for file, row in run(connection, query).fetchall()}
    for bad in opened.opened.bad:
        found[bad.file] = max(found.get(bad.file, 0), bad.row or 0)
    return {**dict.fromkeys(opened.opened.files, 0), **found}


def _remarks(opened: OpenUnit, notes: Sequence[Text]) -> list[Remark]:
    of_reading = [Remark(file=n.file, ja=n.text.ja, en=n.text.en) for n in opened.opened.notes]
    return [*of_reading, *(Remark(ja=n.ja, en=n.en) for n in notes)]


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str]]:
    return connection.execute("show tables").fetchall()


def _verdicts(name: str) -> str:
    return f"verdicts_{name}"
