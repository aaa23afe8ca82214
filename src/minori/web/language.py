"""Which language a request speaks: the person's own, else what the browser session chose, else the company's."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from minori.core.text import LANGUAGES, Language, Text
from minori.web.company import company_file

_SPOKEN: ContextVar[Language] = ContextVar("language", default="ja")


def spoken() -> Language:
    """Return the language of the request that is being answered."""
    return _SPOKEN.get()


def speak(language: Language) -> None:
    """Set the language of what follows in this request or job."""
    _SPOKEN.set(language)


def in_words(text: Text | dict[str, str] | None) -> str:
    """Return a text in the language of the request; empty for None."""
    if text is None:
        return ""
    return text[spoken()]


def chosen(request: HttpRequest) -> Language:
    """Return the language that fits the request."""
    person = getattr(request, "user", None)
    for wish in (getattr(person, "language", ""), request.session.get("language", "")):
        for language in LANGUAGES:
            if wish == language:
                return language
    return company_file().company.language


class LanguageMiddleware:
    """Sets the language before a view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        speak(chosen(request))
        response = self.get_response(request)
        response.headers["Content-Language"] = spoken()
        return response
