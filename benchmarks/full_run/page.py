"""The measured page: docs/benchmarks.md."""

import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from full_run.data import EVENTS_PER_CUSTOMER
from full_run.forty import DAYS
from full_run.measured import Measured, Size
from full_run.plans import BY_NAME

_TEXT = Path(__file__).with_name("page.md")
_LIBRARIES = ("duckdb", "polars", "pandas", "pyarrow", "deltalake", "sqlglot")


def page(sizes: Sequence[Size], *, command: str, runs: int, threads: int) -> str:
    """Return the page in Markdown."""
    text = _TEXT.read_text("utf-8")
    values = {
        "command": command,
        "runs": str(runs),
        "threads": str(threads),
        "days": str(DAYS),
        "per_customer": f"{EVENTS_PER_CUSTOMER:,}",
        "machine": _machine(),
        "versions": ", ".join(f"{library} {version(library)}" for library in _LIBRARIES),
        "plans": "\n".join(f"- **{plan.name}**: {plan.says}" for plan in BY_NAME.values()),
        "tables": tables(sizes),
    }
    for name, value in values.items():
        text = text.replace(f"<<{name}>>", value)
    return text


def tables(sizes: Iterable[Size]) -> str:
    """Return a table per size."""
    return "\n\n".join(_table(size) for size in sizes)


def _table(size: Size) -> str:
    head = f"### {size.events:,} events, {size.customers:,} customers"
    lines = [
        head,
        "",
        "| plan | wall s | CPU s | peak GiB | wall ÷ minori | CPU ÷ minori |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *(_row(measured, size.of("minori")) for measured in size.plans),
    ]
    return "\n".join([*lines, *_notes(size)])


def _row(measured: Measured, ours: Measured) -> str:
    figures = (
        f"{measured.seconds:.2f}",
        f"{measured.cpu_seconds:.2f}",
        f"{measured.peak_bytes / 2**30:.2f}",
        f"{measured.seconds / ours.seconds:.2f}",
        f"{measured.cpu_seconds / ours.cpu_seconds:.2f}",
    )
    return f"| {measured.plan} | {' | '.join(figures)} |"


def _notes(size: Size) -> Iterable[str]:
    ours, scan = size.of("minori"), size.of("scan")
    yield ""
    yield f"minori takes {ours.seconds / scan.seconds:.1f} × the bare scan (CPU: {ours.cpu_seconds / scan.cpu_seconds:.1f} ×)."
    if ours.stage_seconds is not None:
        yield f"Of its {ours.seconds:.2f} s the metric stage is {ours.stage_seconds:.2f} s."
    stored = (
        f"The events take {size.stored_bytes / 1e9:.2f} GB ({size.stored_bytes / size.events:.1f} bytes each)"
    )
    if size.generated_seconds:
        stored += f"; generated and written at {size.events / size.generated_seconds:,.0f} a second"
    yield stored + "."
    if size.whole_day is not None:
        day = size.whole_day
        yield (
            f"The whole day with every definition of `b2b_saas`: {day.seconds:.0f} s"
            f" ({day.cpu_seconds:.0f} s CPU, {day.peak_bytes / 2**30:.1f} GiB)."
        )


def _machine() -> str:
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        named = [
            line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line
        ]
        model = f"{len(named)} × {named[0]}" if named else model
    return f"{model}, {platform.system()}, Python {platform.python_version()}"
