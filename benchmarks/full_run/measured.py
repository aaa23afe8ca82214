"""What was measured, and how runs are put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Run:
    """One run of a plan in a process of its own."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    stage_seconds: float | None = None  # minori: of the metric stage alone


@dataclass(frozen=True)
class Measured:
    """The runs of one plan."""

    plan: str
    runs: Sequence[Run]

    @property
    def seconds(self) -> float:
        """Median of the wall time."""
        return median(run.seconds for run in self.runs)

    @property
    def cpu_seconds(self) -> float:
        """Median of the processor time, which others on the machine disturb less."""
        return median(run.cpu_seconds for run in self.runs)

    @property
    def peak_bytes(self) -> int:
        """Greatest peak of the resident memory."""
        return max(run.peak_bytes for run in self.runs)

    @property
    def stage_seconds(self) -> float | None:
        """Median of the metric stage alone."""
        known = [run.stage_seconds for run in self.runs if run.stage_seconds is not None]
        return median(known) if known else None


@dataclass(frozen=True)
class Size:
    """Everything measured with so many events."""

    events: int
    customers: int
    generated_seconds: float  # 0.0: the data was there
    stored_bytes: int
    plans: Sequence[Measured]
    whole_day: Measured | None = None

    def of(self, plan: str) -> Measured:
        """Return the plan's measurements."""
        return next(measured for measured in self.plans if measured.plan == plan)
