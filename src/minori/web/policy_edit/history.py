"""What was seen of the definition files: changes that others made on disk are noticed and kept like our own."""

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from minori.policy.edit_files import LARGEST, digest, stamp
from minori.policy.load import FOLDER
from minori.web.models import PolicyChange, PolicyFile

_NOTICED = "policy-noticed"


def notice() -> int:
    """Keep what changed outside since the last look; return how many files did. The first look only remembers."""
    seen = stamp(settings.WORKSPACE)
    if cache.get(_NOTICED) == seen:
        return 0
    with transaction.atomic():
        known = {row.file: row for row in PolicyFile.objects.select_for_update().defer("text")}
        found = _noticed(known, texts_on_disk())
    cache.set(_NOTICED, seen, None)
    return found


def remember(file: str, text: str) -> None:
    """Keep what we wrote ourselves, so that it is not taken for a change from outside."""
    if text:
        PolicyFile.objects.update_or_create(file=file, defaults={"hash": digest(text), "text": text})
    else:
        PolicyFile.objects.filter(file=file).delete()


def version(file: str, wanted: str) -> str | None:
    """Return the text that a file had when its hash was ``wanted``; None if that was never seen."""
    if not wanted:
        return ""
    seen = PolicyFile.objects.filter(file=file, hash=wanted).values_list("text", flat=True)
    after = PolicyChange.objects.filter(file=file, after_hash=wanted).values_list("after", flat=True)
    before = PolicyChange.objects.filter(file=file, before_hash=wanted).values_list("before", flat=True)
    return seen.first() or after.first() or before.first()


def texts_on_disk() -> dict[str, str]:
    """Return the text of every definition file, the preset's pinned copy included."""
    root: Path = settings.WORKSPACE
    found = {}
    for path in sorted((*(root / FOLDER).rglob("*.yaml"), *(root / FOLDER).rglob("*.md"))):
        if path.name.startswith(".") or not path.is_file() or path.stat().st_size > LARGEST:
            continue
        found[path.relative_to(root).as_posix()] = path.read_bytes().decode(errors="replace")
    return found


def _noticed(known: dict[str, PolicyFile], now: dict[str, str]) -> int:
    names = [file for file in sorted({*known, *now}) if _hash(known, file) != digest(now.get(file, ""))]
    if not known:
        PolicyFile.objects.bulk_create(
            [PolicyFile(file=file, hash=digest(now[file]), text=now[file]) for file in names]
        )
        return 0
    together = uuid4().hex
    before = dict(PolicyFile.objects.filter(file__in=names).values_list("file", "text"))
    for file in names:
        text = now.get(file, "")
        PolicyChange.objects.create(
            file=file,
            before_hash=_hash(known, file),
            after_hash=digest(text),
            before=before.get(file, ""),
            after=text,
            together=together,
            outside=True,
        )
        remember(file, text)
    return len(names)


def _hash(known: dict[str, PolicyFile], file: str) -> str:
    return known[file].hash if file in known else ""
