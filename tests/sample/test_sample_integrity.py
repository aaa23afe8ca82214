"""Exports of the sample companies fit together: ids exist, times are in order, contracts do not overlap."""

import csv
import gzip
import io
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from minori.sample.write import Written

UNTIL = date(2025, 9, 30)
HAPPENED = {
    "at", "measured_at", "created_at", "solved_at", "answered_at", "done_at", "noted_at", "proposed_at",
    "sent_at", "closed_at", "recorded_at", "placed_at", "spent_on", "valid_from", "created", "customer_since",
    "member_since", "noted_on", "effective_on",
}  # fmt: skip


def _rows(written: Written, name: str) -> list[dict[str, str]]:
    data = (written.folder / "exports" / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode()
    return list(csv.DictReader(io.StringIO(text)))


class TestContracts:
    def test_one_row_at_a_time_for_each_thing_held(self, company: Written) -> None:
        spans: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for row in _rows(company, "subscriptions.csv"):
            options = ("CONNECTOR", "SECURITY_PACK", "EXTRA_STORAGE", "ANALYTICS")
            thing = row["plan"] if row["plan"] in options else row["product"]
            assert row["valid_to"] == "" or row["valid_from"] < row["valid_to"]
            spans[row["account_id"], thing].append((row["valid_from"], row["valid_to"] or "9999"))
        assert len(spans) > len(company.truth.customer_ids)
        for held in spans.values():
            held.sort()
            assert all(before[1] <= after[0] for before, after in pairwise(held))

    def test_options_and_second_product_stand_beside_a_plan(self, company: Written) -> None:
        rows = _rows(company, "subscriptions.csv")
        plans = ("FREE", "LIGHT", "STANDARD", "PREMIUM")
        main: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in rows:
            if row["plan"] in plans:
                main[row["account_id"]].append((row["valid_from"], row["valid_to"] or "9999"))
        for row in rows:
            begins = row["valid_from"]
            assert any(start <= begins < end for start, end in main[row["account_id"]]), row

    def test_there_are_trials_renewals_changes_and_losses(self, company: Written) -> None:
        rows = _rows(company, "subscriptions.csv")
        assert {"trial", "active"} == {row["status"] for row in rows}
        assert any(row["next_renewal"] for row in rows)
        assert len({row["subscription_id"] for row in rows}) < len(rows)
        last = {row["account_id"] for row in rows if not row["valid_to"]}
        assert 0.5 < len(last) / len(company.truth.customer_ids) < 1

    def test_trials_are_free_and_end_on_the_day_they_say(self, company: Written) -> None:
        trials = [row for row in _rows(company, "subscriptions.csv") if row["status"] == "trial"]
        for row in trials:
            assert row["monthly_fee"] == "0"
            assert row["valid_to"] in ("", row["trial_end"])


class TestReferences:
    @pytest.mark.parametrize(
        "name",
        [
            "users",
            "subscriptions",
            "gauges",
            "tickets",
            "nps",
            "contacts",
            "statements",
            "departments",
            "org_changes",
            "proposals",
            "consents",
            "costs",
        ],
    )
    def test_accounts_exist(self, company: Written, name: str) -> None:
        known = {row["account_id"] for row in _rows(company, "accounts.csv")}
        assert known == set(company.truth.customer_ids)
        assert {row["account_id"] for row in _rows(company, f"{name}.csv")} <= known

    def test_users_exist_and_belong_to_the_account(self, company: Written) -> None:
        owner = {row["member_id"]: row["account_id"] for row in _rows(company, "users.csv")}
        for row in _rows(company, "usage.csv.gz"):
            assert not row["member"] or owner[row["member"]] == row["account"]
        for name, column in (
            ("tickets.csv", "requester"),
            ("nps.csv", "respondent"),
            ("contacts.csv", "contact"),
        ):
            for row in _rows(company, name):
                assert owner[row[column]] == row["account_id"]

    def test_answers_belong_to_proposals_and_come_after_them(self, written: Written) -> None:
        proposals, outcomes = _rows(written, "proposals.csv"), _rows(written, "outcomes.csv")
        id_, at = next(iter(proposals[0])), "proposed_at" if "proposed_at" in proposals[0] else "sent_at"
        made = {row[id_]: row[at] for row in proposals}
        assert outcomes
        assert all(made[row[id_]] < row["closed_at"] for row in outcomes)

    def test_lines_belong_to_orders_and_add_up(self, shop: Written) -> None:
        total: dict[str, int] = defaultdict(int)
        for row in _rows(shop, "order_lines.csv"):
            total[row["order_no"]] += int(row["amount"])
        orders = _rows(shop, "orders.csv")
        assert set(total) == {row["order_no"] for row in orders}
        for row in orders:
            factor = 0.9 if row["coupon_code"] else 1.0
            assert abs(int(row["total"]) - factor * total[row["order_no"]]) <= 1


class TestTimes:
    def test_nothing_lies_after_the_last_day(self, written: Written) -> None:
        end = str(UNTIL + timedelta(days=1))
        for name in (name for name in written.rows if ".jsonl" not in name):
            rows = _rows(written, name)
            for column in set(rows[0]) & HAPPENED:
                assert max(row[column] for row in rows) < end, (name, column)

    def test_customers_use_the_product_only_while_they_hold_it(self, company: Written) -> None:
        spans: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in _rows(company, "subscriptions.csv"):
            spans[row["account_id"]].append((row["valid_from"], row["valid_to"] or "9999"))
        for row in _rows(company, "usage.csv.gz"):
            day = row["at"][:10]  # in UTC, so perhaps the day before
            after = str(date.fromisoformat(day) + timedelta(days=1))
            assert any(start <= after and day < end for start, end in spans[row["account"]]), row

    def test_use_is_neither_empty_nor_endless(self, company: Written) -> None:
        months = len(company.truth.customer_ids) * 12
        assert 20 < company.rows["usage.csv.gz"] / months < 150
