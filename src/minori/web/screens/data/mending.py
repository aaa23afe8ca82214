"""Mended rows on their way from a form or an upload to the job that loads them: a file that only we can read."""

import csv
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from minori.core.errors import InputError
from minori.pipeline.mended import ID, escaped

FOLDER = ".mending"
LARGEST = 5_000_000  # bytes of an upload
_NAME = re.compile("[0-9a-f]{32}")


def keep_row(quarantine_id: str, cells: Mapping[str, str]) -> str:
    """Write one mended row as the CSV that ``retry`` reads; return the file's name."""
    name, path = _new()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([ID, *(escaped(column) for column in cells)])
        writer.writerow([quarantine_id, *(escaped(value) for value in cells.values())])
    return name


def keep_upload(upload: "UploadedFile[bytes]") -> str:
    """Write a CSV that was mended in a spreadsheet; raises InputError if it is too large."""
    if upload.size is None or upload.size > LARGEST:
        raise InputError(f"larger than {LARGEST:,} bytes; use 'minori quarantine retry'", file="upload")
    name, path = _new()
    _write(path, upload.chunks())
    return name


@contextmanager
def file(name: str) -> Iterator[Path]:
    """Give the file, and remove it afterwards; raises InputError if it is not there."""
    path = _folder() / f"{name}.csv"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise InputError("the mended rows are no longer there; mend them again", file="quarantine")
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def clear() -> None:
    """Remove what waits: it may hold somebody who was erased."""
    shutil.rmtree(_folder(), ignore_errors=True)


def _new() -> tuple[str, Path]:
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    name = uuid4().hex
    path = folder / f"{name}.csv"
    path.touch(mode=0o600)
    return name, path


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)


def _folder() -> Path:
    root: Path = settings.WORKSPACE
    return root / FOLDER
