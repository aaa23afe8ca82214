"""Charts: drawn once, served as pictures that can run nothing."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from minori.web.charted.drawing import digest_of
from minori.web.models import ChartRow, Person

pytestmark = pytest.mark.usefixtures("proved")


@pytest.fixture
def client(proved: Any, people: dict[str, Person], client_of: Any) -> Client:  # noqa: ARG001
    found: Client = client_of(people["viewer"])
    return found


def chart(name: str = "nrr", **of: Any) -> ChartRow:
    return ChartRow.objects.filter(chart=name, **of)[0]


def test_a_chart_is_there_in_each_look() -> None:
    looks = {(row.language, row.theme) for row in ChartRow.objects.filter(chart="waterfall").exclude(svg="")}
    assert looks == {("ja", "light"), ("ja", "dark"), ("en", "light"), ("en", "dark")}


def test_it_is_served_as_a_picture_that_can_run_nothing(client: Client) -> None:
    row = chart()
    answer = client.get(f"/results/chart/{row.digest}.svg")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert b"style=" not in answer.content  # so the policy takes nothing from the picture
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"<script" not in answer.content
    assert b"<svg" in answer.content[:200]


def test_it_is_not_sent_twice(client: Client) -> None:
    address = f"/results/chart/{chart().digest}.svg"
    mark = client.get(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": mark})
    assert again.status_code == 304
    assert not again.content


def test_the_page_shows_the_chart_of_the_persons_theme(client: Client, people: dict[str, Person]) -> None:
    light, dark = (chart(language="ja", theme=theme).digest for theme in ("light", "dark"))
    Person.objects.filter(pk=people["viewer"].pk).update(theme="dark")
    page = client.get("/results/revenue/").content.decode()
    assert f'src="/results/chart/{dark}.svg"' in page
    assert f'media="print" srcset="/results/chart/{light}.svg"' in page


def test_one_that_nobody_looked_at_is_drawn_when_asked_for_and_kept(client: Client) -> None:
    row = chart(language="en", theme="light")
    before = row.svg
    ChartRow.objects.filter(digest=row.digest).update(svg="")
    assert client.get(f"/results/chart/{row.digest}.svg").content.decode() == before
    assert ChartRow.objects.get(pk=row.pk).svg == before


def test_equal_specifications_share_a_picture() -> None:
    row = chart()
    assert digest_of(row.spec) == row.digest
    assert digest_of(row.spec + " ") != row.digest


@pytest.mark.parametrize("digest", ["0" * 64, "x", "..", "a" * 63])
def test_nothing_else_is_served(client: Client, digest: str) -> None:
    assert client.get(f"/results/chart/{digest}.svg").status_code == 404
    assert client.get(f"/results/chart/{digest}.csv").status_code == 404


def test_its_data_is_to_be_had(client: Client) -> None:
    answer: Any = client.get(f"/results/chart/{chart('waterfall').digest}.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) > 3


def test_strangers_get_none(proved: Any) -> None:  # noqa: ARG001
    assert Client().get(f"/results/chart/{chart().digest}.svg").status_code == 302
