"""When a proposal must not be made: the guards in force, how often each held today, and their limits."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from pydantic import BaseModel

from minori.core.errors import MinoriError
from minori.core.yaml_file import parse_yaml
from minori.decision.guard import GUARDS, in_force
from minori.policy.definitions import Ranking
from minori.policy.edit import as_yaml
from minori.policy.edit_files import check_plain
from minori.web.policy_edit import history
from minori.web.policy_edit.conflict import Conflict
from minori.web.policy_edit.places import part_place
from minori.web.policy_edit.present import present
from minori.web.policy_edit.said import mistake
from minori.web.readmodel.shown import current, plays
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.playbook.views.answers import base_of, shows_conflicts, to_draft

RANKING = "ranking"  # its own entry of the file, shown beside the guards
_NOT_HERE = ("hold_out",)  # an experiment, edited in the file


@needs(Ability.SEE)
def index(request: HttpRequest) -> HttpResponse:
    """List every guard with its limits and how many candidates it held in the newest run."""
    history.notice()
    now, run = present(), current()
    held: dict[str, int] = {}
    for row in plays(run) if run else ():
        for guard, count in row.held.items():
            held[guard] = held.get(guard, 0) + count
    known = in_force(now.loaded.policy)
    rows = [
        {
            "id": name,
            "guard": guard,
            "on": name in known,
            "held": held.get(name, 0),
            "limits": _fields(name, now.said("guards", *_path(name))) if name in known else (),
        }
        for name, guard in GUARDS.items()
    ]
    page = {"guards": rows, "ranking": _fields(RANKING, now.said("guards", RANKING)), "run": run}
    return render(request, "playbook/guards.html", page)


@needs(Ability.MANAGE)
@shows_conflicts
def edit(request: HttpRequest, guard: str) -> HttpResponse:
    """Show and change the limits of one guard, or of the ranking."""
    history.notice()
    now, wrong = present(), None
    if guard != RANKING and guard not in in_force(now.loaded.policy):
        raise Http404
    path = _path(guard)
    place = part_place("guards", *path, base=base_of(request))
    fields = _fields(guard, place.said(now.under("guards", *path)))
    if request.method == "POST":
        for field in fields:
            field["value"] = request.POST.get(field["name"], field["value"])[:2000]
        try:
            change = place.changed(_wanted(fields), now.under("guards", *path))
            return to_draft(request, "guards", [change], reverse("guards"))
        except Conflict:
            raise
        except MinoriError as error:
            wrong = mistake(error)
    page = {"id": guard, "base": place.base, "guard": GUARDS.get(guard), "fields": fields, "mistake": wrong}
    return render(request, "playbook/guard.html", page, status=422 if wrong else 200)


def _wanted(fields: list[dict[str, Any]]) -> dict[str, Any]:
    wanted = {}
    for field in fields:
        text = field["value"].strip()
        if text != field["before"]:
            check_plain(text, field["name"])
            wanted[field["name"]] = parse_yaml(text, field["name"]).data if text else None
    return wanted


def _path(guard: str) -> tuple[str, ...]:
    return (RANKING,) if guard == RANKING else ("guards", guard)


def _fields(guard: str, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the settings of a guard: name, what is written, and the default where nothing is."""
    model: type[BaseModel] = Ranking if guard == RANKING else GUARDS[guard].limits
    fields = []
    for name, info in model.model_fields.items():
        key = info.alias or name
        if name in _NOT_HERE:
            continue
        value = as_yaml(said[key], on_one_line=True) if key in said else ""
        default = info.get_default(call_default_factory=True)
        fields.append(
            {
                "name": key,
                "label": _label(key),
                "value": value,
                "before": value,
                "default": "" if default is None else _plain(default),
            }
        )
    return fields


def _label(key: str) -> Any:
    try:
        return word(f"playbook.limit_{key}")
    except KeyError:
        return key


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
