"""The stored proof of the lake copied into rows that pages read; it is shown once all of it is there."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from minori.charts.render import ChartsNotInstalled
from minori.core.ports import Progress
from minori.pipeline.proof.part import PARTS
from minori.pipeline.proof.stored import Proof as StoredProof
from minori.pipeline.proof.stored import read_proof
from minori.pipeline.workspace import Workspace
from minori.web.charted.drawing import digest_of, draw, known
from minori.web.charted.meanings import meanings
from minori.web.charted.quarters import longer_periods
from minori.web.models import (
    ChartRow,
    CurveRow,
    FigureRow,
    Meaning,
    MovementRow,
    Proof,
    ProofPart,
    VerdictRow,
)
from minori.web.readmodel.names import names_of

AT_A_TIME = 1_000
OF_PLAYS = ("experiment", "lift")  # one for each play
KEPT = 2  # copies: the shown one, and the one that a page may still be reading
Row = Mapping[str, Any]
M = TypeVar("M", bound=Model)


def copy_proof(served: Workspace, progress: Progress) -> Proof | None:
    """Copy the newest stored proof; None if there is none."""
    found = read_proof(served.lake.snapshot())
    if found is None:
        return None
    proof = Proof.objects.create(
        as_of=found.as_of, currency=served.file.company.currency, names=names_of(served.policy.policy)
    )
    progress("figures", 0.0)
    _parts(proof, found)
    figures = found.tables["proof_figure"].to_pylist()
    _put(FigureRow, (_figure(proof, row, _by(row)) for row in figures))
    movements = found.tables["proof_movement"].to_pylist()
    _put(MovementRow, (_movement(proof, row, "month") for row in movements))
    _longer(proof, served, found)
    _put(VerdictRow, (_verdict(proof, row) for row in found.tables["proof_verdict"].to_pylist()))
    _put(CurveRow, (_curve(proof, row) for row in found.tables["proof_curve"].to_pylist()))
    _meanings(proof)
    _charts(proof, found, progress)
    Proof.objects.filter(pk=proof.pk).update(copied_at=timezone.now())
    kept = Proof.objects.filter(copied_at__isnull=False).order_by("-pk").values_list("pk", flat=True)[:KEPT]
    Proof.objects.exclude(pk__in=list(kept)).delete()
    return proof


def shown_proof() -> Proof | None:
    """Return the proof that pages show; None if none was copied yet."""
    return Proof.objects.filter(copied_at__isnull=False).order_by("-pk").first()


def _parts(proof: Proof, found: StoredProof) -> None:
    _put(
        ProofPart,
        (
            ProofPart(
                proof=proof,
                part=row["part"],
                label=PARTS[row["part"]].label.as_dict() if row["part"] in PARTS else {},
                state=row["state"],
                why=_both(row, "why"),
                rows=row["rows"],
                seconds=row["seconds"],
                computed_at=row["computed_at"],
            )
            for row in found.parts
        ),
    )


def _by(row: Row) -> str:
    if row["part"] not in ("revenue", "shop") or row["period_from"] is None:
        return ""
    return "year" if row["aspect"] == "year" else "month"


def _figure(proof: Proof, row: Row, by: str) -> FigureRow:
    plain = (
        "part figure subject aspect period_from period_until place unit value low high level amount sample"
    )
    return FigureRow(
        proof=proof,
        by=by,
        **{name: row[name] for name in plain.split()},
        observational=row["observational"],
        missing=_both(row, "missing"),
        note=_both(row, "note"),
    )


def _movement(proof: Proof, row: Row, by: str) -> MovementRow:
    plain = "period_from period_until whole place step amount customers"
    return MovementRow(
        proof=proof, by=by, product=row["product_id"], **{name: row[name] for name in plain.split()}
    )


def _verdict(proof: Proof, row: Row) -> VerdictRow:
    plain = {name: row[name] for name in ("part", "subject", "aspect", "code")}
    return VerdictRow(proof=proof, **plain, label=_both(row, "label"), why=_both(row, "why"))


def _curve(proof: Proof, row: Row) -> CurveRow:
    known = {field.name for field in CurveRow._meta.concrete_fields}
    plain = {name: value for name, value in row.items() if name in known}
    return CurveRow(proof=proof, play=row["play_id"], **plain)


def _longer(proof: Proof, served: Workspace, found: StoredProof) -> None:
    """Add revenue by quarter and fiscal year, where there is revenue by month."""
    stored = {row["part"] for row in found.parts if row["state"] == "stored"}
    if not stored & {"revenue", "shop"}:
        return
    with served.session() as session:
        for by, figures, movements in longer_periods(session, found.as_of):
            _put(FigureRow, (_figure(proof, row, by) for row in figures if row["part"] in stored))
            _put(MovementRow, (_movement(proof, row, by) for row in movements))


def _meanings(proof: Proof) -> None:
    used = set(FigureRow.objects.filter(proof=proof).values_list("figure", flat=True).distinct())
    words = ("label", "means", "computed", "counts")
    _put(
        Meaning,
        (
            Meaning(proof=proof, figure=name, **{of: getattr(figure, of).as_dict() for of in words})
            for name, figure in sorted(meanings().items())
            if name in used
        ),
    )


def _charts(proof: Proof, found: StoredProof, progress: Progress) -> None:
    """Keep every specification; draw those of the whole company, and leave those of single plays until somebody looks."""
    rows = found.tables["proof_chart"].to_pylist()
    plain = "part chart subject language theme width spec"
    for number, row in enumerate(rows):
        progress(f"chart {row['chart']}", number / len(rows))
        kept = ChartRow(
            proof=proof, digest=digest_of(row["spec"]), **{name: row[name] for name in plain.split()}
        )
        kept.svg = known(kept.digest)
        if not kept.svg and row["chart"] not in OF_PLAYS:
            with contextlib.suppress(ChartsNotInstalled):  # its table stands in its place
                kept.svg = draw(kept.spec)
        kept.save()


def _both(row: Row, name: str) -> dict[str, str] | None:
    return {"ja": row[f"{name}_ja"], "en": row[f"{name}_en"]} if row[f"{name}_ja"] else None


def _put(model: type[M], rows: Iterable[M]) -> None:
    for some in _stretches(rows):
        model._default_manager.bulk_create(some)


def _stretches(rows: Iterable[M]) -> Iterator[list[M]]:
    each = iter(rows)
    while some := list(islice(each, AT_A_TIME)):
        yield some
