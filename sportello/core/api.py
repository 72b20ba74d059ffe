"""What every operation of `/api/v1/` shares: strict parameters, errors as RFC 9457 problems, cursors, caching, the open door."""

import functools
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BinasciiError
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Self, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer
from pydantic import ConfigDict, Field, StringConstraints, ValidationInfo, model_validator

from sportello.core.http import limited

M = TypeVar("M", bound=Model)

PROBLEM = "application/problem+json"
LONGEST_PAGE = 200
"""Rows of one answer at most: a few hundred kilobytes, one second of a slow line."""

Code = Annotated[str, StringConstraints(pattern=r"^[\w.:/-]{1,120}$")]
"""A code of a vocabulary as a parameter: nothing that the database could not even compare."""

_TITLES = {
    400: gettext_noop("Richiesta non valida"),
    401: gettext_noop("Chiave mancante o non valida"),
    403: gettext_noop("La chiave non permette questa operazione"),
    404: gettext_noop("Non esiste"),
    405: gettext_noop("Metodo non ammesso"),
    409: gettext_noop("Lo stato non lo permette"),
    410: gettext_noop("Non è più in bacheca"),
    422: gettext_noop("Contenuto da correggere"),
    429: gettext_noop("Troppe richieste"),
}


class FieldProblem(Schema):
    """What is wrong in one place of the request: "query.limit", "body.title"."""

    field: str
    message: str


class ProblemBody(Schema):
    """An error (RFC 9457), in the language that `Accept-Language` asks for."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class Problem(Exception):
    """Ends an operation with an error; `errors` maps a field to what is wrong in it."""

    def __init__(self, status: int, detail: str = "", errors: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = [
            {"field": field, "message": message} for field, found in (errors or {}).items() for message in found
        ]


def problem_response(problem: Problem) -> HttpResponse:
    """The problem as an answer."""
    title = _(_TITLES[problem.status])
    body = {
        "type": "about:blank",
        "title": title,
        "status": problem.status,
        "detail": problem.detail or title,
        "errors": problem.errors,
    }
    answer = HttpResponse(harmless_json(body), status=problem.status, content_type=PROBLEM)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def harmless_json(data: Any) -> str:
    """JSON that stays data wherever it is pasted: no character of it opens or closes a tag."""
    text = json.dumps(data, cls=JSONRenderer.encoder_class)
    return text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")


class _Renderer(JSONRenderer):
    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return harmless_json(data)


def refuse_unknown(request: HttpRequest, known: Iterable[str] = ()) -> None:
    """Raises Problem for a query parameter that the operation does not know."""
    if unknown := sorted(set(request.GET) - set(known)):
        raise Problem(400, errors={f"query.{name}": [_("Parametro sconosciuto.")] for name in unknown})


class Parameters(Schema):
    """Query parameters of an operation; one that it does not know is an error, not an empty answer."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown(cls, data: Any, info: ValidationInfo) -> Any:
        if info.context:
            refuse_unknown(info.context["request"], known=cls.model_fields)
        return data


class PageParameters(Parameters):
    """Parameters of a list that is read page by page."""

    limit: Annotated[int, Field(ge=1, le=LONGEST_PAGE, description=gettext_noop("Quante righe al massimo."))] = 100
    cursor: Annotated[
        str,
        StringConstraints(max_length=400),
        Field(description=gettext_noop("Da dove continuare: il valore «next» della pagina prima.")),
    ] = ""


class Position:
    """Where a reader stopped, as an opaque text: a few strings in a fixed order."""

    def __init__(self, *parts: str) -> None:
        self.parts = parts

    def __str__(self) -> str:
        return urlsafe_b64encode(json.dumps(self.parts).encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, *, parts: int) -> Self:
        """The position that `text` stands for. Raises Problem for one that was not given by us."""
        try:
            found = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (BinasciiError, UnicodeError, ValueError) as error:
            raise _bad_cursor() from error
        if not isinstance(found, list) or len(found) != parts or not all(_is_plain(part) for part in found):
            raise _bad_cursor()
        return cls(*found)

    def moment(self, index: int) -> datetime:
        """The part at `index` as an aware moment. Raises Problem."""
        try:
            found = datetime.fromisoformat(self.parts[index])
        except ValueError as error:
            raise _bad_cursor() from error
        if found.tzinfo is None:
            raise _bad_cursor()
        return found

    def key(self, index: int) -> UUID:
        """The part at `index` as a primary key. Raises Problem."""
        try:
            return UUID(self.parts[index])
        except ValueError as error:
            raise _bad_cursor() from error


def _is_plain(part: object) -> bool:
    return isinstance(part, str) and part.isprintable()


def _bad_cursor() -> Problem:
    return Problem(400, errors={"query.cursor": [_("Non è un cursore di questo elenco.")]})


def coded(rows: QuerySet[M], parameter: str, value: str, *, field: str = "code") -> M:
    """The row that a code of the request names. Raises Problem 400: an unknown code is a mistake, not an empty list."""
    found = rows.filter(**{field: value}).first()
    if found is None:
        raise Problem(400, errors={parameter: [_("Codice sconosciuto: %(code)s.") % {"code": value}]})
    return found


def cached(response: HttpResponse, *, seconds: int, changed_at: datetime | None = None) -> None:
    """Let anybody keep the answer for so many seconds, then ask whether it changed."""
    patch_cache_control(response, public=True, max_age=seconds)
    if changed_at:
        response["Last-Modified"] = http_date(changed_at.timestamp())


class Api(NinjaAPI):
    """Ninja with our errors, and a description that says them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(renderer=_Renderer(), docs_url=None, openapi_url=None, **options)

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """Our errors and ninja's as problems; all others are the server's."""
        match exc:
            case Problem():
                return problem_response(exc)
            case Http404():
                return problem_response(Problem(404))
            case AuthenticationError():
                return problem_response(Problem(401))
            case HttpError():
                return problem_response(Problem(400, str(exc)))
            case ValidationError():
                return problem_response(_of_fields(exc))
        return super().on_exception(request, exc)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description in the reader's language; errors have their own media type."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= HTTPStatus.BAD_REQUEST and "content" in answer:
                        answer["content"] = {PROBLEM: answer["content"].pop(self.renderer.media_type)}
        _translate(schema["paths"])
        return schema


def _of_fields(error: ValidationError) -> Problem:
    """Ninja's errors by field; the text of pydantic is English, ours are in the reader's language."""
    errors: dict[str, list[str]] = {}
    for found in error.errors:
        where = ".".join(str(part) for part in found["loc"])
        errors.setdefault(where, []).append(found["msg"].removeprefix("Value error, "))
    return Problem(400, errors=errors)


def _translate(node: Any) -> None:
    """Turn summaries and descriptions, written in the source language, into the reader's."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        _translate(child)
    if isinstance(node, dict):
        for key in ("summary", "description"):
            if isinstance(node.get(key), str) and node[key]:
                node[key] = _(node[key])


def door(view: Callable[..., HttpResponse], *, action: str, from_browsers: bool) -> Callable[..., HttpResponse]:
    """The view as the street reaches it: limited by `action`, asked conditionally, its errors all problems.

    `from_browsers` lets pages of other sites read it (CORS); it is for what anybody may read without a key.
    """
    guarded = limited(action, reads=True)(view)

    @functools.wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if from_browsers and request.method == "OPTIONS":
            answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
            answer["Access-Control-Allow-Methods"] = "GET, HEAD"
            answer["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since, Accept-Language"
            answer["Access-Control-Max-Age"] = "86400"
        else:
            if request.method == "HEAD":
                request.method = "GET"  # the server leaves the body out
            answer = guarded(request, *args, **kwargs)
        if answer.status_code in (HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.TOO_MANY_REQUESTS):
            answer = _as_problem(answer)
        if not from_browsers:
            patch_cache_control(answer, no_store=True, private=True)
        elif answer.status_code == HTTPStatus.OK:
            unconditional = answer
            answer = ConditionalGetMiddleware(lambda _request: unconditional)(request)  # type: ignore[assignment]
        if from_browsers:
            answer["Access-Control-Allow-Origin"] = "*"
            answer["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
        return answer

    opened.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie opens this door
    return opened


def _as_problem(answer: HttpResponse) -> HttpResponse:
    """What was refused before the operation could say why."""
    problem = problem_response(Problem(answer.status_code))
    if "Allow" in answer:
        problem["Allow"] = answer["Allow"]
    else:
        problem["Retry-After"] = "60"  # the limits count by the minute
    return problem
