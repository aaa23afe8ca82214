"""Scrubbing the app's own tables of somebody: numbers, ids and states stay, words and names go.

Rows of the customer lose everything that is free text or was written for them. Everywhere else their names go, so that a
note on another customer does not tell of them. Afterwards the database's file is written anew: what a deleted row held
is not left in its free pages.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q, QuerySet

from minori.pipeline.erasing.words import GONE
from minori.schema.facts import FACTS
from minori.web.models import (
    Alert,
    AsideRow,
    CustomerRow,
    Fact,
    FateRow,
    HandOver,
    ListedRow,
    Message,
    Note,
    ProposalRow,
    Step,
    Task,
    Work,
)
from minori.web.models.messages import Delivery
from minori.web.parts.folded import folded
from minori.web.personal.whose import FREE, Whose, cleaned, stands_in

AT_A_TIME = 500
UNTOUCHED = frozenset(
    # The team's own, definitions, figures of the whole company: nothing of a customer's people stands there.
    "person api_token sign_in_link channel policy_file policy_change policy_draft proof proof_part proof_meaning proof_figure "
    "proof_movement proof_verdict proof_curve proof_chart read_current read_play data_copied data_load".split()
)
_OF_OTHERS = (CustomerRow, ProposalRow)  # named there is who the row is of
Row = Any
Change = Callable[[Row, Whose], dict[str, Any]]


def scrub(of: Whose) -> dict[str, int]:
    """Scrub every table; return how many rows of each were changed. Doing it again changes nothing."""
    done: dict[str, int] = {}
    for rows, change in _own(of):
        _count(done, rows.model, _each(rows, change, of))
    if of.whole:
        _count(done, Note, Note.objects.filter(customer_id__in=of.customer_ids).delete()[0])
    aside = [row.pk for row in AsideRow.objects.iterator() if _told(row, of)]
    _count(done, AsideRow, AsideRow.objects.filter(pk__in=aside).delete()[0])
    for model in _elsewhere() if of.names else ():
        _count(done, model, _each(model._default_manager.all(), _names_out, of))
    return done


def compact_database() -> None:
    """Write the database's file anew, so that nothing of what was changed is left in it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    elif connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in _tables():
                cursor.execute("VACUUM (FULL) " + connection.ops.quote_name(model._meta.db_table))


def _own(of: Whose) -> Iterator[tuple[QuerySet[Any], Change]]:
    """Yield what is stored of the customer, with what becomes of each row."""
    mine = Q(customer_id__in=of.customer_ids)
    yield Work.objects.filter(mine), _work
    yield Step.objects.filter(work__customer_id__in=of.customer_ids), _parts("detail")
    yield HandOver.objects.filter(work__customer_id__in=of.customer_ids), _hand_over
    yield Task.objects.filter(mine), _task
    yield Alert.objects.filter(mine), _parts("because", "evidence")
    yield Message.objects.filter(mine if of.whole else mine & Q(user_id__in=of.person.user_ids)), _message
    yield Fact.objects.filter(row__customer_id__in=sorted(of.customer_ids)), _fact
    yield CustomerRow.objects.filter(mine), _customer
    yield ProposalRow.objects.filter(mine), _proposal
    yield FateRow.objects.filter(mine), _fate
    yield ListedRow.objects.filter(mine), _listed


def _work(row: Work, of: Whose) -> dict[str, Any]:
    gone = of.whole or stands_in(row.words, of.names)
    return {"card": cleaned(row.card, of.words, free=_free(of)), "words": {} if gone else row.words}


def _hand_over(row: HandOver, of: Whose) -> dict[str, Any]:
    texts = {name: _said(getattr(row, name), of) for name in ("note", "result_note")}
    return {
        **texts,
        "context": cleaned(row.context, of.words, free=_free(of)),
        "why": cleaned(row.why, of.words),
    }


def _task(row: Task, of: Whose) -> dict[str, Any]:
    return {"title": _said(row.title, of)}


def _message(row: Message, _of: Whose) -> dict[str, Any]:
    """Nothing of a message stays; one that has not left never will."""
    waits = row.state in (Delivery.WAITING, Delivery.CLAIMED)
    return {"to": "", "content": {}, "said": "", "state": Delivery.HELD if waits else row.state}


def _fact(row: Fact, of: Whose) -> dict[str, Any]:
    table = FACTS.get(row.table)
    personal = {column.name for column in table.columns if column.personal} if table else set(row.row)
    theirs = of.whole or row.row.get("user_id") in of.person.user_ids
    return {
        "row": {
            name: None if theirs and name in personal else cleaned(value, of.words)
            for name, value in row.row.items()
        }
    }


def _customer(row: CustomerRow, of: Whose) -> dict[str, Any]:
    detail = {"detail": cleaned(row.detail, of.words, free=_free(of))}
    if not of.whole:
        return detail
    return {**detail, "name": row.customer_id, "folded": folded(row.customer_id)}


def _proposal(row: ProposalRow, of: Whose) -> dict[str, Any]:
    card = {"card": cleaned(row.card, of.words, free=_free(of))}
    return {**card, "customer": row.customer_id} if of.whole else card


def _fate(row: FateRow, of: Whose) -> dict[str, Any]:
    return {name: of.words.out_of(getattr(row, name)) for name in ("reason_ja", "reason_en")}


def _listed(row: ListedRow, of: Whose) -> dict[str, Any]:
    return {"line": cleaned(row.line, of.words, free=_free(of))}


def _parts(*names: str) -> Change:
    def change(row: Row, of: Whose) -> dict[str, Any]:
        return {name: cleaned(getattr(row, name), of.words, free=_free(of)) for name in names}

    return change


def _said(text: str, of: Whose) -> str:
    """Return what stays of a free text on the customer."""
    return (GONE if text else "") if of.whole else of.words.out_of(text)


def _free(of: Whose) -> frozenset[str]:
    return FREE if of.whole else frozenset()


def _told(row: AsideRow, of: Whose) -> bool:
    """Tell whether a row set aside holds something of them; the lake's own copy is emptied there."""
    texts = [row.value, row.line, *map(str, row.record.values())]
    ids = {i for i in of.customer_ids | of.person.user_ids if not i.isdigit()}
    return any(text.strip() in ids or of.names.stand_in(text) for text in texts)


def _names_out(row: Row, of: Whose) -> dict[str, Any]:
    """Take the names out of every text of a row, whatever it is of."""
    changed = {}
    for name in _texts(type(row)):
        value = getattr(row, name)
        if not value or not stands_in(value, of.names):
            continue
        new = cleaned(value, of.names)
        # A text that is written for an address, such as a saved search, says nothing without its words.
        changed[name] = "?" if isinstance(new, str) and stands_in(new, of.names) else new
    return changed


def _elsewhere() -> list[type[models.Model]]:
    return [m for m in _tables() if m._meta.db_table not in UNTOUCHED and m not in _OF_OTHERS]


def _tables() -> list[type[models.Model]]:
    return list(apps.get_app_config("web").get_models())


def _texts(model: type[models.Model]) -> list[str]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    found = [field for field in model._meta.concrete_fields if isinstance(field, kinds)]
    return [f.name for f in found if not f.primary_key and not f.choices and not f.unique]


def _each(rows: QuerySet[Any], change: Change, of: Whose) -> int:
    """Change rows a stretch at a time, from one key to the next: what is changed meanwhile is not met twice."""
    changed, ordered = 0, rows.order_by("pk")
    some = list(ordered[:AT_A_TIME])
    while some:
        with transaction.atomic():
            changed += sum(_write(row, change(row, of)) for row in some)
        some = list(ordered.filter(pk__gt=some[-1].pk)[:AT_A_TIME])
    return changed


def _write(row: Row, values: dict[str, Any]) -> int:
    new = {name: value for name, value in values.items() if getattr(row, name) != value}
    if new:
        type(row)._default_manager.filter(pk=row.pk).update(**new)
    return bool(new)


def _count(done: dict[str, int], model: type[models.Model], rows: int) -> None:
    if rows:
        done[model._meta.db_table] = done.get(model._meta.db_table, 0) + rows
