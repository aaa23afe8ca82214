"""Charts as pictures: drawn once, served as they are, and unable to run anything."""

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified

from minori.web.charted.drawing import drawn
from minori.web.rights import Ability, needs

_DIGEST = re.compile("[0-9a-f]{64}")
POLICY = "default-src 'none'; sandbox"
KEEP = "private, max-age=604800, immutable"  # the address names the content


@needs(Ability.SEE)
def picture(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve a chart by the digest of its content."""
    if not _DIGEST.fullmatch(digest):
        raise Http404
    mark = f'"{digest}"'
    if request.headers.get("If-None-Match") == mark:
        return _strict(HttpResponseNotModified(), mark)
    found = drawn(digest)
    if not found:
        raise Http404
    return _strict(HttpResponse(found, content_type="image/svg+xml; charset=utf-8"), mark)


def _strict(response: HttpResponse, mark: str) -> HttpResponse:
    response["ETag"] = mark
    response["Cache-Control"] = KEEP
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
