"""The mapping of a source: its select changed, tried on the real input, shown as a diff, saved by compare and swap."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from minori.core.errors import MinoriError, UnknownName
from minori.policy.edit_files import Changed, difference, digest, replace_file
from minori.sources.definitions import FILE, parse_sources
from minori.sources.mapping import check_mappings
from minori.web.audit import record
from minori.web.company import workspace
from minori.web.language import in_words
from minori.web.rights import Ability, needs
from minori.web.say import word
from minori.web.screens.data import page
from minori.web.screens.data.splice import select_of, with_select
from minori.web.screens.data.trial import tried

LONGEST = 50_000  # signs of a select
LONGEST_REASON = 500


@needs(Ability.ADMINISTER)
def edit(request: HttpRequest, source: str) -> HttpResponse:
    """Show the select of a source in its form."""
    text = _text()
    return _form(request, source, text, _select(text, source), digest(text))


@require_POST
@needs(Ability.ADMINISTER)
def try_it(request: HttpRequest, source: str) -> HttpResponse:
    """Try a select without saving it: the diff, first rows, rows that would be set aside."""
    page.sees_rows(request)
    text = _text()
    _select(text, source)
    select = _given(request)
    try:
        new = with_select(text, source, select)
        found, problem = tried(workspace(), new, source), ""
    except MinoriError as error:
        return _form(request, source, text, select, request.POST.get("seen", ""), problem=str(error))
    diff = difference(text, new, FILE)
    return _form(
        request, source, text, select, request.POST.get("seen", ""), tried=found, diff=diff, problem=problem
    )


@require_POST
@needs(Ability.ADMINISTER)
def save(request: HttpRequest, source: str) -> HttpResponse:
    """Put the select into the file, if the file is still the one that was seen."""
    person = page.who(request)
    text, select, seen = _text(), _given(request), request.POST.get("seen", "")
    before = _select(text, source)
    if digest(text) != seen:
        return _conflict(request, source, text, select)
    try:
        new = with_select(text, source, select)
        check_mappings(parse_sources(new, FILE))
        replace_file(workspace().root / FILE, text, new)
    except Changed:
        return _conflict(request, source, _text(), select)
    except MinoriError as error:
        return _form(request, source, text, select, seen, problem=str(error))
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    detail = {
        "before": digest(text),
        "after": digest(new),
        "diff": difference(text, new, FILE)[:20_000],
        "reason": reason,
    }
    record(person, "sources.changed", f"source:{source}", **detail)
    unchanged = before.strip() == select.strip()
    messages.success(request, in_words(word("data.mapping_same" if unchanged else "data.mapping_saved")))
    return redirect("data")


def _conflict(request: HttpRequest, source: str, text: str, select: str) -> HttpResponse:
    problem = in_words(word("data.mapping_conflict"))
    try:
        diff = difference(text, with_select(text, source, select), FILE)
    except MinoriError as error:
        diff, problem = "", f"{problem} {error}"
    return _form(request, source, text, select, digest(text), diff=diff, problem=problem, status=409)


def _form(
    request: HttpRequest, source: str, text: str, select: str, seen: str, status: int = 200, **more: object
) -> HttpResponse:
    defined = parse_sources(text, FILE)[source].source
    context = {"source": defined, "select": select, "seen": seen, **more}
    return page.page(request, "data", "data/mapping.html", status, **context)


def _select(text: str, source: str) -> str:
    try:
        return select_of(text, source)
    except UnknownName:
        raise Http404 from None


def _text() -> str:
    path = workspace().root / FILE
    if not path.is_file():
        raise Http404
    return path.read_bytes().decode()


def _given(request: HttpRequest) -> str:
    return request.POST.get("select", "")[:LONGEST].replace("\r\n", "\n")
