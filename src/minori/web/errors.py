"""What went wrong, said plainly: the errors minori raises on purpose become a page (or a line) that helps."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minori.core.errors import DefinitionError, LakeBusy, MinoriError
from minori.core.text import Text
from minori.web.language import in_words


class ErrorsMiddleware:
    """Turns a MinoriError into an answer with its own sentence; everything else stays an error of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 400 for a wrong definition or input, 503 while somebody else writes, 409 otherwise."""
        if not isinstance(error, MinoriError):
            return None
        text = getattr(error, "text", None)
        problem = in_words(text) if isinstance(text, Text) else str(error)
        status = 503 if isinstance(error, LakeBusy) else 400 if isinstance(error, DefinitionError) else 409
        return render(request, "web/problem.html", {"problem": problem}, status=status)
