"""``minori.yaml``: the company, its calendar and money, its team, where things are kept."""

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from minori.core.errors import WorkspaceError
from minori.core.period import Calendar
from minori.core.yaml_file import read_yaml, validated
from minori.policy.words import Days, Definition, Words

FILE = "minori.yaml"


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("expected an IANA time zone such as Asia/Tokyo") from None
    return name


class Company(Definition):
    """The company that uses minori."""

    name: Words
    language: Literal["ja", "en"] = "ja"
    time_zone: Annotated[str, AfterValidator(_zone)] = "Asia/Tokyo"
    currency: str = Field("JPY", pattern="^[A-Z]{3}$")
    fiscal_year_starts_in: int = Field(4, ge=1, le=12)
    renewal_grace: Days = 30  # a gap between contracts up to so long is the same relationship

    @property
    def calendar(self) -> Calendar:
        """The company's calendar."""
        return Calendar(self.time_zone)


class Member(Definition):
    """A person of the team; ``id`` is what ``customers.owner`` holds."""

    name: str
    role: Literal["admin", "manager", "csm", "sales", "viewer"] = "csm"
    proposals_a_day: int | None = Field(None, ge=0)


class PolicySource(Definition):
    """Where the definitions come from: a pinned preset below the company's own files."""

    extends: str | None = None
    constant: tuple[str, ...] = ()  # customer attributes that never change and may stand in conditions


class Engine(Definition):
    """What computes."""

    kind: Literal["duckdb"] = "duckdb"
    threads: int | None = Field(None, ge=1)
    memory: str = "4GB"


RETRAIN_DAYS = {"never": None, "daily": 1, "weekly": 7, "monthly": 30}
"""After how many days a run trains the chances of acceptance again."""


class Learning(Definition):
    """What is learned without being asked for."""

    retrain: Literal["never", "daily", "weekly", "monthly"] = "never"  # chances of acceptance, before a run


class HandOver(Definition):
    """When a proposal is better made by sales than by CS alone; amounts in company currency, None: no such rule."""

    mrr_change: int | None = Field(None, gt=0)  # monthly revenue more by so much, or beyond
    once: int | None = Field(None, gt=0)  # one-time revenue of so much, or beyond
    items: int = Field(2, ge=2)  # so many products and options in one offer, or more
    kinds: tuple[str, ...] = ("bundle",)  # offers of these kinds


class WorkspaceFile(Definition):
    """Everything in ``minori.yaml``."""

    company: Company
    policy: PolicySource = PolicySource()
    engine: Engine = Engine()
    team: dict[str, Member] = {}
    tables_kept_days: int = Field(30, ge=1)
    learning: Learning = Learning()
    hand_over: HandOver = HandOver()


def find_workspace(start: Path) -> Path:
    """Return the nearest folder upward that holds ``minori.yaml``; raises WorkspaceError if none does."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE).is_file():
            return folder
    raise WorkspaceError(f"no {FILE} in {start} or above; run 'minori init DIR' first, or give -w DIR")


def read_workspace(root: Path) -> WorkspaceFile:
    """Read and check ``minori.yaml``; raises WorkspaceError if absent, DefinitionError if wrong."""
    if not (root / FILE).is_file():
        raise WorkspaceError(f"no {FILE} in {root}; run 'minori init DIR' first, or give -w DIR")
    return validated(WorkspaceFile, read_yaml(root / FILE))
