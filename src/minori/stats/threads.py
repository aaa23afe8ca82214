"""Small problems on one thread: several would only wait for each other (seen: eight times slower on two busy cores)."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_thread() -> Iterator[None]:
    """Let numpy's and scikit-learn's own threads rest inside the block."""
    from threadpoolctl import threadpool_limits  # comes with scikit-learn

    with threadpool_limits(limits=1):
        yield
