"""The locked in-memory DuckDB in which definitions of a workspace run."""

import resource
from collections.abc import Iterable
from pathlib import Path

import duckdb

from minori.core.errors import InputError
from minori.lake.connection import connect
from minori.sources.job import Limits
from minori.sources.macros import install

_BESIDE = 4 << 30  # bytes that the process may take beside DuckDB's buffers
_UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}


class Sandbox:
    """A database that reads files until ``lock`` is called, and nothing but its own tables afterwards.

    One connection per time zone, because a zone cannot be set once the settings are locked.
    """

    def __init__(self, spill: Path, limits: Limits) -> None:
        self.connection = connect(spill, limits.threads, limits.memory)
        # Rows are numbered by their place in the file while they are read; afterwards order costs memory.
        self.connection.execute("set preserve_insertion_order = true").fetchall()
        install(self.connection)
        self._zones: dict[str, duckdb.DuckDBPyConnection] = {}

    def lock(self, zones: Iterable[str]) -> None:
        """Shut the outside world out, for good. Raises InputError if DuckDB does not know a zone."""
        for zone in zones:
            self._zones[zone] = self._in_zone(zone)
        self.connection.execute("set preserve_insertion_order = false").fetchall()
        self.connection.execute("set enable_external_access = false").fetchall()
        self.connection.execute("set lock_configuration = true").fetchall()

    def in_zone(self, zone: str) -> duckdb.DuckDBPyConnection:
        """Return the connection whose local time is the zone's."""
        return self._zones[zone]

    def _in_zone(self, zone: str) -> duckdb.DuckDBPyConnection:
        cursor = self.connection.cursor()
        try:
            cursor.execute("set TimeZone = $zone", {"zone": zone}).fetchall()
        except duckdb.Error:
            raise InputError(f"time zone {zone!r} is not known to the engine") from None
        return cursor


def bound_memory(limits: Limits) -> None:
    """Let the system refuse more memory than the limit and a fixed amount beside it; for the child alone."""
    digits = "".join(c for c in limits.memory if c.isdigit() or c == ".")
    unit = limits.memory[len(digits) :].strip().upper()
    most = int(float(digits) * _UNITS.get(unit, 1)) + _BESIDE
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
