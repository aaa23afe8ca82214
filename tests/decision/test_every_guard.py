"""What holds for every guard: both languages, silence with a reason, both engines, only declared tables."""

import pytest
import sqlglot
from sqlglot import exp

from decision.build_decision import EVERY_GUARD, Decide, candidate, policy
from minori.core.errors import DefinitionError, UnknownName
from minori.decision import ask
from minori.decision.guard import GUARDS, in_force
from minori.query.dialects import DIALECTS, Dialect, render
from minori.schema.facts import FACTS


def _query(name: str) -> exp.Query:
    written = {**EVERY_GUARD, "onboarding": {"success": "logins >= 3"}}
    metrics = {"logins": {"label": {"ja": "回数", "en": "logins"}, "count": "events", "window": "28 days"}}
    made = policy(written, metrics=metrics)
    guard, limits = in_force(made)[name]
    return guard.answers(limits, made)


@pytest.mark.parametrize("name", GUARDS)
class TestEveryGuard:
    def test_reason_can_be_filled_in_both_languages(self, name: str) -> None:
        guard = GUARDS[name]
        texts = [guard.reason, *guard.reasons.values(), *([guard.no_data] if guard.no_data else [])]
        given = {*_query(name).named_selects, *(f.rstrip("_") for f in guard.limits.model_fields)}
        assert all(text.ja != text.en and text.names <= given for text in texts)

    def test_answers_say_when_and_what(self, name: str) -> None:
        assert {"as_of", "candidate_id", "answer", "until"} <= set(_query(name).named_selects)

    def test_unconnected_source_is_said(self, name: str, deciding: Decide) -> None:
        said = deciding([candidate()], policy=policy({name: {}}), connected=()).answers
        told = {(a["candidate_id"], a["answer"]) for a in said if a["guard"] == name}
        needs = (*GUARDS[name].needs, *GUARDS[name].also_needs)
        assert told == ({(ask.EVERY_CANDIDATE, "not_checked")} if needs else set())

    @pytest.mark.parametrize("dialect", DIALECTS)
    def test_renders_for_every_engine(self, name: str, dialect: Dialect) -> None:
        text = render(_query(name), dialect)
        assert "$" not in text and ":" not in text.replace("::", "")
        assert isinstance(sqlglot.parse_one(text, dialect=dialect), exp.Query)

    def test_reads_only_what_it_declares(self, name: str) -> None:
        query = _query(name)
        inner = {cte.alias for cte in query.find_all(exp.CTE)}
        read = {table.name for table in query.find_all(exp.Table)} - inner
        guard = GUARDS[name]
        assert read <= {"candidate", *guard.needs, *guard.also_needs, *guard.reads} <= {*ask.STAGE.reads}
        assert set(guard.needs) <= set(FACTS)

    def test_unknown_limit_is_refused(self, name: str) -> None:
        with pytest.raises(DefinitionError, match="leest"):
            in_force(policy({name: {"leest": 3}}))


class TestGuardsInForce:
    def test_only_those_the_policy_names_and_what_always_counts(self) -> None:
        assert list(in_force(policy({"detractor": {}}))) == ["detractor", "flood", "hold_out"]

    def test_unknown_guard_names_the_nearest(self) -> None:
        with pytest.raises(UnknownName, match=r"policy/guards.yaml.*did you mean 'onboarding'"):
            in_force(policy({"onbording": {}}))

    def test_those_asked_again_at_sending(self) -> None:
        again = [name for name, guard in GUARDS.items() if guard.moment == "send"]
        assert again == ["consent", "contact_frequency", "quiet_hours", "recent_decline"]

    def test_a_good_candidate_is_clear_of_all(self, deciding: Decide) -> None:
        got = deciding([candidate()], policy=policy())
        assert got.answers == [] and got.decision[0]["fate"] == "proposed"
