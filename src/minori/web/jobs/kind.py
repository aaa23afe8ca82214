"""What a kind of job is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from minori.core.ports import Progress
from minori.core.registry import Registry
from minori.core.text import Text

Asked = dict[str, Any]


@dataclass(frozen=True)
class JobKind:
    """A kind of job: ``do(asked, progress)`` returns plain data that is stored; it may be run again after a crash.

    ``lease_seconds`` is how long it may be silent before another worker may take it. ``quick`` jobs are over in seconds
    or people wait for them: they never queue behind a long one.
    """

    label: Text
    do: Callable[[Asked, Progress], dict[str, Any]]
    lease_seconds: int = 300
    tries: int = 3
    quick: bool = False


JOBS: Registry[JobKind] = Registry("job", "minori.web.jobs.kinds", JobKind)
