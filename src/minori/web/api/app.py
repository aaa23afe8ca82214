"""The API: one object, its routers, its limits, and how errors answer."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthorizationError
from ninja.throttling import AuthRateThrottle

from minori.core.errors import MinoriError
from minori.core.version import __version__
from minori.web.api import customers, kpis, policy, proposals
from minori.web.life.conflict import Conflict, Refused

MOST_A_MINUTE = 600  # requests of one person

api = NinjaAPI(
    title="minori",
    version=__version__,
    description="Customers, proposals and their outcomes, KPIs and the policy. Tokens are made in the app's settings.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    throttle=[AuthRateThrottle(f"{MOST_A_MINUTE}/m")],
)
api.add_router("/customers", customers.router, tags=["customers"])
api.add_router("/proposals", proposals.router, tags=["proposals"])
api.add_router("/kpis", kpis.router, tags=["kpis"])
api.add_router("/policy", policy.router, tags=["policy"])


def _problem(request: HttpRequest, status: int, problem: str) -> HttpResponse:
    return api.create_response(request, {"detail": problem}, status=status)


@api.exception_handler(Conflict)
@api.exception_handler(Refused)  # well formed, but not on this day or of this proposal
def _conflict(request: HttpRequest, error: Any) -> HttpResponse:
    return _problem(request, 409, str(error))


@api.exception_handler(MinoriError)
def _wrong(request: HttpRequest, error: Any) -> HttpResponse:
    return _problem(request, 400, str(error))


@api.exception_handler(Http404)
def _absent(request: HttpRequest, _error: Any) -> HttpResponse:
    return _problem(request, 404, "nothing here, or nothing that this token's person may see")


@api.exception_handler(PermissionDenied)
@api.exception_handler(AuthorizationError)
def _refused(request: HttpRequest, _error: Any) -> HttpResponse:
    return _problem(request, 403, "the token's person may not do this")
