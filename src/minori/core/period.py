"""Calendar days in the company's zone, and half-open periods of them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The company's calendar: which instant belongs to which day."""

    time_zone: str

    @property
    def zone(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.time_zone)

    def ends_at(self, day: date) -> datetime:
        """Return the first instant (UTC) after ``day`` in the company's zone."""
        return datetime.combine(day + DAY, time.min, self.zone).astimezone(UTC)

    def day_of(self, instant: datetime) -> date:
        """Return the company's calendar day of an instant."""
        return instant.astimezone(self.zone).date()

    def last_complete_day(self, now: datetime) -> date:
        """Return the newest day that is over at ``now``."""
        return self.day_of(now) - DAY
