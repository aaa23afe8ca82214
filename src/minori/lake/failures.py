"""What can fail below the lake, told as one kind of error."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa
from deltalake.exceptions import DeltaError

from minori.core.errors import LakeError


@contextmanager
def reporting(doing: str) -> Iterator[None]:
    """Turn failures of the disk and of the parts that use it into LakeError."""
    try:
        yield
    except (DeltaError, duckdb.Error, pa.ArrowException, OSError) as e:
        reason = str(e).strip().splitlines()[0] if str(e).strip() else type(e).__name__
        raise LakeError(f"could not {doing}: {reason}") from e
