"""Drafts, their check, and the one way in which a definition file is written by the app."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from minori.policy.edit_files import (
    Changed,
    ChangedBeside,
    FileChange,
    difference,
    digest,
    known_file,
    read_definition,
    replace_files,
)
from minori.policy.load import Loaded
from minori.web.audit import record
from minori.web.models import Person, PolicyChange, PolicyDraft
from minori.web.policy_edit import history
from minori.web.policy_edit.bars import check_allowed
from minori.web.policy_edit.conflict import Conflict
from minori.web.policy_edit.present import loaded_with, present
from minori.web.policy_edit.refused import Refused
from minori.web.say import word

LONGEST_REASON = 500
_TRIES = 3
_KEPT_DAYS = 7


def drafted(person: Person, about: str, changes: Sequence[FileChange]) -> PolicyDraft | None:
    """Keep a change for looking at it; None if nothing changes.

    Raises DefinitionError or Refused if it is not right, and Conflict if it was made from a version that is gone.
    """
    real = [_like_before(change) for change in changes if change.before != change.after]
    if not real:
        return None
    _refuse_conflicts(real)
    checked({change.file: change.after for change in real})
    PolicyDraft.objects.filter(made_at__lt=timezone.now() - timedelta(days=_KEPT_DAYS)).delete()
    rows = [{"file": c.file, "before": c.before, "after": c.after} for c in real]
    return PolicyDraft.objects.create(person=person, about=about[:120], changes=rows)


def changes_of(draft: PolicyDraft) -> list[FileChange]:
    """Return what a draft changes."""
    return [FileChange(row["file"], row["before"], row["after"]) for row in draft.changes]


def checked(changes: Mapping[str, str]) -> Loaded:
    """Check texts together with everything else, and that they open no door; returns the policy that would hold."""
    loaded = loaded_with(changes)
    check_allowed(present().loaded.policy, loaded.policy)
    return loaded


def save(
    person: Person, changes: Sequence[FileChange], reason: str, *, undo_of: PolicyChange | None = None
) -> list[PolicyChange]:
    """Write the changes if the files are still what they were made from, and keep who did it and why.

    Raises
    ------
    Refused
        Without a reason, or for what may not be changed.
    DefinitionError
        If the definitions would be wrong, perhaps because others were changed meanwhile.
    Conflict
        If a file is no longer what the change was made from.
    """
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused(word("playbook.reason_needed", most=LONGEST_REASON))
    history.notice()
    for _ in range(_TRIES):
        _refuse_conflicts(changes)
        seen = present().stamp
        checked({change.file: change.after for change in changes})
        try:
            return _written(person, changes, reason, seen, undo_of)
        except Changed:
            _refuse_conflicts(changes)
        except ChangedBeside:
            continue
    raise ChangedBeside


def undo(person: Person, change: PolicyChange, reason: str) -> list[PolicyChange]:
    """Put back what a change replaced, with all files that were saved with it; raises as ``save`` does."""
    rows = list(PolicyChange.objects.filter(together=change.together).order_by("pk"))
    if not all(known_file(row.file) for row in rows):
        raise Refused(word("playbook.not_ours"))
    return save(person, [FileChange(row.file, row.after, row.before) for row in rows], reason, undo_of=change)


def undoable(change: PolicyChange) -> bool:
    """Return whether the files are still what a change made of them."""
    rows = PolicyChange.objects.filter(together=change.together).values_list("file", "after_hash")
    return all(known_file(file) and digest(_now(file)) == after for file, after in rows)


def _written(
    person: Person, changes: Sequence[FileChange], reason: str, seen: str, undo_of: PolicyChange | None
) -> list[PolicyChange]:
    """Keep and write in one transaction: what is not kept is not written."""
    together = uuid4().hex
    with transaction.atomic():
        rows = [
            PolicyChange.objects.create(
                person=person,
                reason=reason,
                file=change.file,
                before_hash=digest(change.before),
                after_hash=digest(change.after),
                before=change.before,
                after=change.after,
                together=together,
                undo_of=undo_of,
            )
            for change in changes
        ]
        for row in rows:
            history.remember(row.file, row.after)
            hashes = {"before": row.before_hash, "after": row.after_hash}
            record(person, "policy.undone" if undo_of else "policy.changed", f"file:{row.file}", **hashes)
        replace_files(settings.WORKSPACE, changes, checked=seen)
    return rows


def _refuse_conflicts(changes: Sequence[FileChange]) -> None:
    for change in changes:
        now = _now(change.file)
        if now != change.before:
            raise Conflict(change.file, change.diff, difference(change.before, now, change.file))


def _now(file: str) -> str:
    return read_definition(settings.WORKSPACE, file)


def _like_before(change: FileChange) -> FileChange:
    """Return the change with line ends as the file has them: a browser sends others."""
    after = change.after.replace("\r\n", "\n").replace("\r", "\n")
    if "\r\n" in change.before:
        after = after.replace("\n", "\r\n")
    return FileChange(change.file, change.before, after)
