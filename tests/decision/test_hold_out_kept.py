"""A hold-out is kept: whoever was left alone is left alone until its horizon ends, whatever wins meanwhile."""

from build import ago
from decision.build_decision import Decide, candidate, policy


class TestHoldOutGuard:
    def test_holds_another_paid_offer_until_the_horizon_ends(self, deciding: Decide) -> None:
        offered = candidate(play="upgrade")
        lot = {"customer_id": "acme", "candidate_id": "earlier", "until": ago(-20)}
        got = deciding([offered], policy=policy(), held_out=[lot])
        assert got.fate(offered)["fate"] == "held"
        assert got.fate(offered)["guard"] == "hold_out"
        assert got.until("hold_out") == ago(-20)

    def test_help_is_never_held(self, deciding: Decide) -> None:
        lot = {"customer_id": "acme", "candidate_id": "earlier", "until": ago(-20)}
        got = deciding([candidate(play="teach")], policy=policy(), held_out=[lot])
        assert got.answer("hold_out") is None

    def test_the_held_out_offer_itself_is_drawn_again(self, deciding: Decide) -> None:
        offered = candidate()
        lot = {"customer_id": "acme", "candidate_id": offered["candidate_id"], "until": ago(-20)}
        assert deciding([offered], policy=policy(), held_out=[lot]).answer("hold_out") is None

    def test_an_ended_horizon_holds_nothing(self, deciding: Decide) -> None:
        lot = {"customer_id": "acme", "candidate_id": "earlier", "until": ago(0)}
        assert deciding([candidate()], policy=policy(), held_out=[lot]).answer("hold_out") is None
