"""The quarterly review: counted figures only, nothing of what is ours alone, and a deck that people can edit."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from minori.web.models import Audit, Current, CustomerRow, Fact, Person, ProposalRow, State, Work
from minori.web.screens.customers.queries import Seen, facts
from minori.web.screens.qbr.pack import Pack, pack_of


@pytest.fixture
def row(people: dict[str, Person]) -> CustomerRow:
    """A customer of the CSM's with a proposal."""
    assert people
    run = Current.objects.get().run
    proposed = ProposalRow.objects.filter(run=run).values("customer_id")
    found = CustomerRow.objects.filter(run=run, customer_id__in=proposed, mrr__gt=0).order_by("pk")[0]
    CustomerRow.objects.filter(pk=found.pk).update(owner="sato")
    return CustomerRow.objects.select_related("run").get(pk=found.pk)


def pack(row: CustomerRow, person: Person) -> Pack:
    return pack_of(Seen(person, row.run, row), facts(row.customer_id))


def deck(client: Any, row: CustomerRow, language: str = "ja") -> Any:
    answer = client.get(f"/customers/-/qbr/deck/{row.customer_id}/?language={language}")
    assert answer.status_code == 200
    return Presentation(io.BytesIO(answer.content))


def texts(deck: Any) -> Iterator[str]:
    """Every text of the deck, in boxes, tables and notes."""
    for slide in deck.slides:
        yield slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for line in shape.table.rows for cell in line.cells)


class TestPack:
    def test_use_is_that_of_the_weeks(self, people: dict[str, Person], row: CustomerRow) -> None:
        found = pack(row, people["csm"])
        of = facts(row.customer_id)
        assert found.times[0] == sum(r["times"] for r in of.by_day(found.since, found.until)) > 0
        assert (found.now[-1].until, len(found.now), len(found.before)) == (row.run.as_of, 13, 13)

    def test_before_the_customer_came_nothing_is_compared(
        self, people: dict[str, Person], row: CustomerRow
    ) -> None:
        row.started_on = pack(row, people["csm"]).since
        found = pack(row, people["csm"])
        assert found.times[1] is None
        assert all(done.before is None for done in found.done)

    def test_a_wish_that_was_just_written_down_is_in_it(
        self, people: dict[str, Person], row: CustomerRow
    ) -> None:
        said = {
            "statement_id": "s1",
            "customer_id": row.customer_id,
            "kind": "goal",
            "words": "月次を3日早めたい",
        }
        Fact.objects.create(
            table="statements", key="s1", row={**said, "said_at": "2026-11-20T03:00:00+00:00"}
        )
        leaving = {**said, "statement_id": "s2", "kind": "cancel", "words": "解約したい"}
        Fact.objects.create(
            table="statements", key="s2", row={**leaving, "said_at": "2026-11-20T03:00:00+00:00"}
        )
        words = [s.words for s in pack(row, people["csm"]).said]
        assert words[0] == "月次を3日早めたい" and "解約したい" not in words

    @pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN, State.SNOOZED, State.EXPIRED])
    def test_what_was_declined_or_withdrawn_is_not_suggested_again(
        self, people: dict[str, Person], row: CustomerRow, state: State
    ) -> None:
        assert pack(row, people["csm"]).steps
        Work.objects.filter(customer_id=row.customer_id).update(state=state)
        assert pack(row, people["csm"]).steps == ()


class TestDeck:
    def test_is_native_throughout(self, people: dict[str, Person], client_of: Any, row: CustomerRow) -> None:
        shapes = [s for slide in deck(client_of(people["csm"]), row).slides for s in slide.shapes]
        assert sum(s.has_chart for s in shapes) >= 1
        assert sum(s.has_table for s in shapes) >= 4
        assert not any(s.shape_type is not None and "PICTURE" in str(s.shape_type) for s in shapes)

    def test_every_letter_has_a_japanese_font(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        for slide in deck(client_of(people["csm"]), row).slides:
            for run in slide.shapes.element.iter(qn("a:r")):
                font = run.find(qn("a:rPr")).find(qn("a:ea"))
                assert font is not None and font.get("typeface") == "Yu Gothic"

    def test_the_chart_holds_the_weeks(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        slide = deck(client_of(people["csm"]), row).slides[2]
        chart = next(s.chart for s in slide.shapes if s.has_chart)
        assert list(chart.plots[0].series[0].values) == [w.times for w in pack(row, people["csm"]).weeks]

    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_nothing_that_is_ours_alone_is_in_it(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow, language: str
    ) -> None:
        card = ProposalRow.objects.filter(customer_id=row.customer_id, run=row.run)[0].card
        every = "\n".join(texts(deck(client_of(people["csm"]), row, language)))
        assert row.name in every
        assert card["message"][language]["product"] in every  # the words written to the customer
        assert card["message"][language]["talk"] not in every
        for other in row.detail["candidates"]:
            assert other["fate"] == "proposed" or other["because"][language] not in every
        for chance in (card["accept"]["chance"], card["expected_value"]):
            assert str(chance) not in every

    def test_taking_it_is_written_down(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        deck(client_of(people["csm"]), row)
        audit = Audit.objects.get(what="qbr.exported")
        assert (audit.subject, audit.person_id) == (f"customer:{row.customer_id}", people["csm"].pk)

    def test_a_customer_of_whom_nothing_is_known_has_one(
        self, people: dict[str, Person], client_of: Any, row: CustomerRow
    ) -> None:
        name = "株式会社" + "とても長い名前の" * 30
        empty = CustomerRow.objects.create(run=row.run, customer_id="空/1", name=name, owner="sato")
        found = deck(client_of(people["csm"]), empty)
        assert len(found.slides) == 7
        assert any(name in text for text in texts(found))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_speaks_the_language_that_was_chosen(
    people: dict[str, Person], client_of: Any, row: CustomerRow, language: str
) -> None:
    address = f"/customers/-/qbr/page/{row.customer_id}/?language={language}"
    content = client_of(people["csm"]).get(address).content.decode()
    assert {"ja": "次の一歩", "en": "Next step"}[language] in content
