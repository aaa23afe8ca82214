"""A file as a stream, unpacked where it is packed; damage is told with the file's name."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO, cast

from minori.core.errors import InputError
from minori.sources.reading.encoding import MARKED, Encoding
from minori.sources.reading.paths import Found


@contextmanager
def binary(found: Found) -> Iterator[BinaryIO]:
    """Open the bytes of a file; raises InputError if they cannot be read."""
    try:
        with gzip.open(found.path, "rb") if found.packed else found.path.open("rb") as stream:
            yield cast(BinaryIO, stream)
    except (gzip.BadGzipFile, zlib.error, EOFError) as e:
        raise InputError(f"not a whole gzip file ({e})", file=found.name) from None
    except OSError as e:
        raise InputError(f"cannot be read ({e.strerror or e})", file=found.name) from None


@contextmanager
def text(found: Found, encoding: Encoding) -> Iterator[TextIO]:
    """Open the text of a file, line ends as written; bytes that cannot be read become lone surrogates."""
    with binary(found) as stream:
        try:
            yield io.TextIOWrapper(stream, encoding=encoding.codec, errors=MARKED, newline="")
        except UnicodeError as e:  # bytes are marked, so only a missing byte order mark comes here
            raise InputError(f"cannot be read as {encoding.shown} ({e})", file=found.name) from None
