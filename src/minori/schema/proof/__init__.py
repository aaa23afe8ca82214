"""Result tables of the proof, one file per room; singular names, one row per thing named."""

from minori.schema.proof import (
    acceptance,
    backtest,
    best_time,
    claims,
    experiment,
    health,
    lifetime,
    play,
    revenue,
    stored,
    value,
)
from minori.schema.table import Table

PROOF: dict[str, Table] = {
    table.name: table
    for module in (
        revenue,
        lifetime,
        health,
        backtest,
        acceptance,
        experiment,
        play,
        value,
        best_time,
        claims,
        stored,
    )
    for table in module.TABLES
}
