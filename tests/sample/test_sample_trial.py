"""The trial: what limits its contacts is the budget of a date, the same for every policy."""

from minori.policy.workspace import read_workspace
from minori.sample.trial import unhurried
from minori.sample.write import Written


def test_a_team_with_four_weeks_is_not_held_to_a_days_work(company: Written) -> None:
    file = read_workspace(company.folder)
    daily = {name for name, member in file.team.items() if member.proposals_a_day is not None}
    assert daily
    freed = unhurried(file).team
    assert {name: member.name for name, member in freed.items()} == {n: m.name for n, m in file.team.items()}
    assert all((member.proposals_a_day or 0) > 100_000 for member in freed.values())
