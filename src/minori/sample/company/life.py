"""The life of all customers, week by week, from one seed."""

from dataclasses import dataclass
from datetime import date, timedelta

from minori.sample.company import buying, leaving, needs, proposing, valuing
from minori.sample.company.standing import Standing
from minori.sample.company.traits import Traits, draw_traits
from minori.sample.company.world import FAMILIES, FREE_OF_CHARGE, World, draw_world
from minori.sample.draws import Floats, generator
from minori.sample.names import INDUSTRIES
from minori.sample.prospects import Frame, Prospects, as_truth
from minori.sample.truth import Truth


@dataclass(frozen=True)
class Life:
    """Everything that happened, and what stood behind it."""

    seed: int
    first_day: date
    until: date
    world: World
    traits: Traits
    weeks: Standing  # stacked, at the end of each week
    heads: Floats  # [week, customer]: factor on the head count by a reorganisation in that week
    asked: list[proposing.Asked]
    truth: Truth

    @property
    def count(self) -> int:
        """How many weeks."""
        return len(self.weeks.alive)


def live(customers: int, days: int, until: date, seed: int) -> Life:
    """Simulate a company's customers over the ``days`` (rounded up to whole weeks) until ``until``."""
    world, weeks = draw_world(seed), -(-days // 7)
    traits = draw_traits(world, customers, 7 * weeks, len(INDUSTRIES), generator(seed, "company", "traits"))
    rng = generator(seed, "company", "life")
    heads = needs.reorganisations(traits, weeks, rng)
    now = Standing.at_first(traits, rng)
    stood: list[Standing] = []
    outlooks: list[Prospects] = []
    asked: list[proposing.Asked] = []
    for week in range(weeks):
        needs.grow(now, traits, heads, week, rng)
        needs.feel(now, traits, rng)
        needs.arise(now, traits, world, week, rng)
        outlook = valuing.prospects(now, traits, world)
        asked += proposing.propose(now, traits, world, outlook, week, rng)
        buying.buy_unasked(now, traits, world, rng)
        leaving.leave(now, traits, world, week, rng)
        stood.append(now.copy())
        outlooks.append(valuing.prospects(now, traits, world))
    first_day = until - timedelta(days=7 * weeks - 1)
    stacked = Standing.stacked(stood)
    ids = tuple(customer_id(number) for number in range(customers))
    frame = Frame("b2b_saas", seed, first_day, ids, FAMILIES, FREE_OF_CHARGE, world.asked_again)
    truth = as_truth(frame, stacked.alive, outlooks)
    return Life(seed, first_day, until, world, traits, stacked, heads, asked, truth)


def customer_id(number: int) -> str:
    """Return the outside id of the customer with this number, from 0."""
    return f"A{number + 1:05d}"
