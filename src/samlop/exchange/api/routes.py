"""The REST API, version 1: thin as the pages, the same commands and queries behind.

Without ``from __future__ import annotations``: the framework reads the annotations of functions that a decorator has
wrapped, and finds their names only when they are real.
"""

from http import HTTPStatus
from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer, SessionAuth

from samlop.access.tokens import WINDOW, viewer_of_secret
from samlop.cases.queries.timeline import timeline
from samlop.cases.timeline import Filter
from samlop.core.errors import Refused
from samlop.core.gate import gate
from samlop.core.rights import Permission, Right, Section
from samlop.effort.commands import register_effort
from samlop.exchange.api import queries, schemas, shapes
from samlop.exchange.api.operations import operation
from samlop.plan.commands.contributions import write_contribution

Offset = Annotated[int, Field(ge=0, le=1_000_000)]
EntryNumber = Annotated[int, Field(ge=1, le=2_147_483_647)]
# How an operation can say no; the shape is the same for all.
NO = frozenset({400, 401, 403, 404, 409, 422, 429})
PageSize = Annotated[int, Field(ge=1, le=200)]


class SignedIn(SessionAuth):
    """The session of the web pages, with its CSRF token for what changes something."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return getattr(request, "viewer", None) or None


class WithToken(HttpBearer):
    """Another system, by the secret of its token. A secret that is no good is refused, whoever else is signed in."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        viewer = viewer_of_secret(token)
        request.viewer = viewer  # type: ignore[attr-defined]
        request.api_token = str(viewer.token.pk) if viewer.token else None  # type: ignore[attr-defined]
        return viewer


api = NinjaAPI(
    title="Samløp",
    version="1.0",
    description="Delte saker og planer i introduksjonsprogrammet. Tilgangen er den samme som på sidene. "
    "Andre systemer viser en nøkkel: Authorization: Bearer …",
    urls_namespace="api",
    auth=[WithToken(), SignedIn()],
    docs_url=None,
    openapi_url=None,
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    answer = api.create_response(request, refusal.as_dict(), status=refusal.status)
    if refusal.status == HTTPStatus.TOO_MANY_REQUESTS:
        answer.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return answer


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The first thing that is wrong with the input, in the shape of a refusal; the input itself is not repeated."""
    place = [str(part) for part in error.errors[0]["loc"] if part not in ("body", "query", "path", "payload")]
    body = {
        "error": "invalid_input",
        "field": ".".join(place) or "$",
        "message": _("Verdien mangler, er ukjent eller har feil form. Se beskrivelsen av API-et."),
    }
    return api.create_response(request, body, status=422)


@api.exception_handler(HttpError)
def broken(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework itself could not read, such as JSON that is not JSON."""
    body = {"error": "invalid_json", "field": "$", "message": _("Innholdet er ikke gyldig JSON.")}
    return api.create_response(request, body, status=error.status_code)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    body = {"error": "not_signed_in", "field": None, "message": _("Du er ikke logget inn. Logg inn og prøv igjen.")}
    return api.create_response(request, body, status=401)


@api.get("/me", response={200: schemas.Me, NO: schemas.Refusal})
@operation(signed_in="tells the caller who the caller is")
def me(request: HttpRequest) -> Any:
    viewer = request.viewer  # type: ignore[attr-defined]
    return {
        "name": viewer.name,
        "role": viewer.role,
        "unit": viewer.unit and viewer.unit.name,
        "municipality": viewer.municipality and viewer.municipality.name,
        "permissions": sorted(p.value for p in Permission if viewer.may(p)),
    }


@api.get("/cases", response={200: schemas.Cases, NO: schemas.Refusal})
@operation(signed_in="lists only the cases within the caller's scope")
def cases(request: HttpRequest, offset: Offset = 0, limit: PageSize = 50) -> Any:
    return queries.cases(request.viewer, offset=offset, limit=limit)  # type: ignore[attr-defined]


@api.get("/cases/{uuid:case_id}", response={200: schemas.CaseDetails, NO: schemas.Refusal})
@operation(section=Section.IDENTITY)
def case(request: HttpRequest, case_id: UUID) -> Any:
    found = gate().open(request.viewer, case_id, Section.IDENTITY, Right.SEE)  # type: ignore[attr-defined]
    return shapes.details(found)


@api.get("/cases/{uuid:case_id}/journal", response={200: list[schemas.Entry], NO: schemas.Refusal})
@operation(section=Section.IDENTITY)
def journal(request: HttpRequest, case_id: UUID, before: EntryNumber | None = None) -> Any:
    _case, page = timeline(request.viewer, case_id, Filter(before=before))  # type: ignore[attr-defined]
    return [shapes.entry(line) for line in page.lines]


@api.get("/cases/{uuid:case_id}/plan", response={200: schemas.Plan, NO: schemas.Refusal})
@operation(section=Section.PLAN)
def plan(request: HttpRequest, case_id: UUID) -> Any:
    return queries.current_plan(request.viewer, case_id)  # type: ignore[attr-defined]


@api.post("/cases/{uuid:case_id}/contributions", response={201: schemas.Made, NO: schemas.Refusal})
@operation(section=Section.PLAN, right=Right.CONTRIBUTE)
def contribute(request: HttpRequest, case_id: UUID, payload: schemas.NewContribution) -> Any:
    write = cast(Any, write_contribution)
    made = write(case=case_id, text=payload.text, by=request.viewer, once=payload.once)  # type: ignore[attr-defined]
    return Status(201, {"id": made.pk})


@api.post("/efforts", response={201: schemas.Counted, NO: schemas.Refusal})
@operation(signed_in="the command asks for the right to contribute to the plan in each case")
def effort(request: HttpRequest, payload: schemas.NewEffort) -> Any:
    given = payload.dict(exclude={"once"})
    register = cast(Any, register_effort)
    count = register(**given, by=request.viewer, once=payload.once)  # type: ignore[attr-defined]
    return Status(201, {"count": count if count is not None else len(payload.cases)})


@api.get("/openapi.json", include_in_schema=False)
@operation(signed_in="describes the API, no persons")
def openapi(request: HttpRequest) -> Any:
    return api.get_openapi_schema(path_prefix=reverse("api:api-root"))
