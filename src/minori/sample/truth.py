"""The hidden truth: what each customer needs when, and what would come of each proposal."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from minori.core.errors import InputError
from minori.sample.draws import Flags, Floats, Ints


@dataclass(frozen=True)
class Truth:
    """What no export holds. Arrays are [week, customer, family], money is the company's currency.

    Everything is drawn before anybody decides anything: ``lot < chance`` says whether the customer would
    accept, whoever asks. What is gained and harmed is against going on as the company does anyway.
    """

    world: str
    seed: int
    first_day: date
    customer_ids: tuple[str, ...]
    families: tuple[str, ...]
    free: frozenset[str]  # families of help that ask for no money
    present: Flags  # [week, customer]: a customer in that week
    need: Floats  # 0 none to 1
    since: Ints  # week in which the episode of need began, -1 without one
    root: Ints  # the family whose episode is met: an upper plan may meet the need for storage
    chance: Floats  # of accepting
    lot: Floats
    gain: Floats  # lifetime margin gained if accepted
    harm: Floats  # lifetime margin lost by asking, accepted or not
    asked_again: float  # factor on harm when asked within 60 days

    @property
    def weeks(self) -> int:
        """How many weeks it covers."""
        return len(self.present)

    @cached_property
    def accepts(self) -> Flags:
        """Who would accept what when."""
        return self.lot < self.chance

    @cached_property
    def place(self) -> dict[str, int]:
        """Position of each customer."""
        return {customer: place for place, customer in enumerate(self.customer_ids)}

    def week_of(self, day: date) -> int:
        """Return the week that holds a day; raises InputError outside the simulated time."""
        week = (day - self.first_day).days // 7
        if not 0 <= week < self.weeks:
            raise InputError(f"{day} is outside the simulated weeks {self.first_day} + {self.weeks}")
        return week
