"""Pages of results. Nothing is computed here: what is shown was copied from the stored proof."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from minori.web.audit import record
from minori.web.charted.copying import shown_proof
from minori.web.jobs import queue
from minori.web.language import in_words
from minori.web.models import ChartRow, Job, JobState, Person, ProofPart
from minori.web.parts.csv_rows import csv_response
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.results.asked import BY, Asked
from minori.web.screens.results.blocks import Amount, Block, Table, Tiles
from minori.web.screens.results.figure import Made, made_of
from minori.web.screens.results.section import SECTIONS, Section, in_order
from minori.web.screens.results.shown import Shown

COLUMNS = (
    "part figure label subject aspect by period_from period_until value low high level unit sample observational missing note"
).split()


@needs(Ability.SEE)
def show(request: HttpRequest, section: str) -> HttpResponse:
    """Show a section; without a proof, how one is made."""
    asked = _asked(request)
    context: dict[str, Any] = {
        "section": section,
        "sections": in_order(asked.stored if asked else ()),
        "by": BY,
        "job": _job(),
    }
    if section not in SECTIONS:
        raise Http404
    found = SECTIONS[section]
    context |= {"kind": found}
    if asked is None:
        return render(request, "results/nothing.html", context)
    blocks = list(found.blocks(asked))
    context |= {
        "proof": asked.proof,
        "asked": asked,
        "blocks": blocks,
        "absent": _absent(asked, found),
        "observational": any(isinstance(block, Table) and block.observational for block in blocks),
        "own_only": not asked.person.sees_all,
    }
    return render(request, "results/section.html", context)


@needs(Ability.SEE)
def csv(request: HttpRequest, section: str) -> StreamingHttpResponse:
    """Give every reading of a section, or of one of its blocks, one a line."""
    asked = _asked(request)
    if asked is None or section not in SECTIONS:
        raise Http404
    wanted = request.GET.get("table", "")
    blocks = [b for b in SECTIONS[section].blocks(asked) if not wanted or b.name == wanted]
    name = "-".join(filter(None, ["minori", section, wanted, asked.proof.as_of.isoformat()]))
    return csv_response(name, COLUMNS, (line for block in blocks for line in _lines(block, asked)))


@needs(Ability.SEE)
def figure(request: HttpRequest, figure: str) -> HttpResponse:
    """Show what one number means, how it is computed, what it is made of, and how it went."""
    asked = _asked(request)
    found: Made | None = made_of(asked, figure) if asked else None
    if found is None:
        raise Http404
    return render(request, "results/figure.html", {"made": found, "proof": found.proof})


@needs(Ability.SEE)
def chart_rows(request: HttpRequest, digest: str) -> StreamingHttpResponse:  # noqa: ARG001  Django's call
    """Give the numbers that a chart was drawn of."""
    row = ChartRow.objects.filter(digest=digest).first()
    if row is None:
        raise Http404
    rows = max(_values(json.loads(row.spec)), key=len, default=[])
    heads = list(dict.fromkeys(name for one in rows for name in one))
    return csv_response(f"minori-{row.chart}", heads, ([one.get(name) for name in heads] for one in rows))


@require_POST
@needs(Ability.MANAGE)
def compute(request: HttpRequest) -> HttpResponse:
    """Ask for the proof anew; it is shown when it is done."""
    person: Person = request.user  # type: ignore[assignment]  # needs() lets nobody else in
    job = queue.ask("proof", by=person)
    record(person, "proof.asked", f"job:{job.pk}")
    messages.info(request, in_words(word("results.asked")))
    return redirect("results")


def _asked(request: HttpRequest) -> Asked | None:
    proof = shown_proof()
    return Asked(request, proof, request.user) if proof else None  # type: ignore[arg-type]  # needs() checked it


def _job() -> Job | None:
    job = Job.objects.filter(kind="proof").order_by("-pk").first()
    return job if job and job.state != JobState.DONE else None


def _absent(asked: Asked, section: Section) -> list[ProofPart]:
    """Return the parts that are not there, of which the page says why."""
    if section.any_part and asked.stored & set(section.parts):
        return []
    return [asked.parts[part] for part in section.parts if part in asked.parts and part not in asked.stored]


def _lines(block: Block, asked: Asked) -> Iterator[list[Any]]:
    if isinstance(block, Tiles):
        yield from (_line(one) for one in block.readings)
    if isinstance(block, Table):
        yield from (_line(one) for one in block.readings)
        if block.name in ("movements", "products"):
            yield from _movements(block, asked)


def _line(one: Shown) -> list[Any]:
    row = one.row
    value = row.amount if row.amount is not None else row.value
    missing, note = in_words(row.missing), in_words(row.note)
    dates = [row.period_from, row.period_until]
    numbers = [value, row.low, row.high, row.level, row.unit, row.sample, row.observational]
    return [row.part, row.figure, one.label, row.subject, row.aspect, row.by, *dates, *numbers, missing, note]


def _movements(block: Table, asked: Asked) -> Iterator[list[Any]]:
    """Give the steps of the shown periods; the aspect is the product."""
    for line in block.lines:
        for column, cell in zip(block.columns, line.cells, strict=True):
            if isinstance(cell, Amount):
                whose, when = (
                    ("", column.key)
                    if block.name == "movements"
                    else (column.key or "", asked.request.GET.get("from", ""))
                )
                tail = [cell.amount, None, None, None, "money", cell.customers, False, "", ""]
                yield ["revenue", "mrr", line.head.key, line.head.key, whose, asked.by, when, None, *tail]


def _values(spec: Any) -> Iterator[list[dict[str, Any]]]:
    """Find the rows inside a specification, wherever they stand."""
    if isinstance(spec, dict):
        for name, part in spec.items():
            if name == "values" and isinstance(part, list) and part and isinstance(part[0], dict):
                yield part
            else:
                yield from _values(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from _values(part)
