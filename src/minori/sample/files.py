"""Writing export files: the same rows always give the same bytes."""

import csv
import gzip
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from minori.sample.draws import Ints

Columns = Mapping[str, Sequence[object]]


def write_csv(path: Path, columns: Columns) -> None:
    """Write columns of equal length as CSV in UTF-8 (``.gz``: compressed); None is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    _write(path, text.getvalue())


def write_jsonl(path: Path, columns: Columns) -> None:
    """Write columns of equal length as JSON Lines; None is left out."""
    dumped = (
        json.dumps({name: value for name, value in zip(columns, row, strict=True) if value is not None},
                   ensure_ascii=False)
        for row in zip(*columns.values(), strict=True)
    )  # fmt: skip
    _write(path, "".join(f"{line}\n" for line in dumped))


def days(first_day: date, numbers: Ints) -> list[str]:
    """Return the dates so many days after the first, as text."""
    return [str(day) for day in np.datetime64(first_day) + numbers.astype("timedelta64[D]")]


def local_times(first_day: date, seconds: npt.NDArray[np.integer]) -> list[str]:
    """Return local times so many seconds after the first day's midnight, as most exports write them."""
    return [str(time).replace("T", " ") for time in _times(first_day, seconds)]


def utc_times(first_day: date, seconds: npt.NDArray[np.integer]) -> list[str]:
    """Return the same instants in UTC with a ``Z``, for a company in Asia/Tokyo."""
    return [f"{time}Z" for time in np.datetime_as_string(_times(first_day, seconds - 9 * 3600))]


def _times(first_day: date, seconds: npt.NDArray[np.integer]) -> npt.NDArray[np.datetime64]:
    return np.asarray(np.datetime64(first_day, "s") + seconds.astype("timedelta64[s]"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix != ".gz":
        path.write_text(text, encoding="utf-8", newline="")
        return
    with path.open("wb") as raw, gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as packed:
        packed.write(text.encode())
