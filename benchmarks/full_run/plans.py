"""The ways of computing the forty metrics, in the order in which they take turns."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """One way: a function of the data's folder and a number of threads, in a module of this package."""

    name: str
    module: str
    function: str
    says: str
    frame: bool = True  # it returns the forty metrics, to be compared


SCAN = Plan("scan", "in_sql", "scan", "bare scan: every column of the events read and touched", frame=False)
MINORI = Plan("minori", "in_minori", "forty", "minori: lake opened, facts attached, stages up to the metrics")
PLANS = (
    SCAN,
    MINORI,
    Plan(
        "sql",
        "in_sql",
        "by_window",
        "DuckDB SQL by hand: by window, WHERE pushed down, distincts deduplicated",
    ),
    Plan("sql, every trick", "in_sql", "by_hand", "DuckDB SQL by hand with all that minori's plan does"),
    Plan("polars", "in_polars", "forty", "polars, lazy and streaming, by window, distincts deduplicated"),
    Plan("pandas", "in_pandas", "forty", "pandas over what pyarrow reads of the needed columns and rows"),
)
WHOLE_DAY = Plan("whole day", "in_minori", "everything", "all stages with the preset b2b_saas", frame=False)
BY_NAME = {plan.name: plan for plan in (*PLANS, WHOLE_DAY)}
