"""DuckDB connections: in memory, nothing downloaded, UTC, bounded, spilling into a folder of the lake."""

import contextlib
import itertools
import os
import shutil
import socket
from pathlib import Path

import duckdb

_NUMBERS = itertools.count()


def connect(temp: Path, threads: int | None = None, memory: str = "4GB") -> duckdb.DuckDBPyConnection:
    """Open a connection of its own; close it when done.

    Parameters
    ----------
    temp
        Folder under which it spills what does not fit into memory; it removes what it wrote when closed.
    threads
        How many to use; default one per core.
    memory
        How much to hold before spilling, in DuckDB's words.
    """
    # Spilling says clearly that the folder is missing, and a lake that is only read may never spill.
    with contextlib.suppress(OSError):
        temp.mkdir(parents=True, exist_ok=True)
        sweep(temp)
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
        "memory_limit": memory,
        "temp_directory": str(_spill_folder(temp)),
    }
    if threads is not None:
        config["threads"] = threads
    connection = duckdb.connect(":memory:", config=config)
    connection.execute("set TimeZone = 'UTC'")
    return connection


def _spill_folder(temp: Path) -> Path:
    # Two databases that spill into one folder overwrite each other's files: their names are the same.
    return temp / f"spill-{_host()}-{os.getpid()}-{next(_NUMBERS)}"


def sweep(temp: Path) -> None:
    """Remove what processes of this machine left behind that were killed."""
    for folder in temp.glob(f"spill-{_host()}-*-*"):
        if not _alive(int(folder.name.split("-")[-2])):
            shutil.rmtree(folder, ignore_errors=True)


def _host() -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in socket.gethostname())


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
