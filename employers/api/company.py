"""A company's own program writes its vacancies: the same drafts, checks and moderation as the form."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Header, Query, Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field, StringConstraints

from employers.api.board import Hours, Pay, Terms, terms
from employers.api.content import PLACES, VacancyIn, checked
from employers.enums import RemarkLevel, WordedField
from employers.models import Company, Vacancy, VacancyRemark
from employers.queries.companies import own_company
from employers.queries.vacancies import open_remarks, whole
from employers.rules import missing_parts
from employers.services import vacancy as vacancies
from employers.services.delivery import KeyReused, deliver_vacancy, replace_vacancy
from employers.services.wording import NotExplainable, Unexplained, Unlawful, explain_remarks
from employers.states import CompanyState, VacancyState
from sportello.accounts.api import ApiKeyDoor, acting
from sportello.accounts.enums import KeyScope
from sportello.core.api import PageParameters, Position, Problem, ProblemBody, refuse_unknown
from sportello.core.db import Model
from sportello.territory.api import Place

router = Router(tags=["imprese"])

M = TypeVar("M", bound=Model)

READ = ApiKeyDoor(KeyScope.READ)
WRITE = ApiKeyDoor(KeyScope.WRITE)
SUBMIT = ApiKeyDoor(KeyScope.SUBMIT)

_REFUSALS = {400: ProblemBody, 401: ProblemBody, 403: ProblemBody, 429: ProblemBody}
_OF_ONE = {**_REFUSALS, 404: ProblemBody}

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
IdempotencyKey = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{0,100}$")]


class RemarkOut(Schema):
    """Words of the ad that the law forbids (hard), or wants explained (soft)."""

    id: UUID
    field: WordedField
    level: RemarkLevel
    words: str
    explanation: str
    law: str
    alternative: str
    motive: str


class CompanyVacancy(Terms):
    """A vacancy as its company sees it; `moderation_reason` is what the desk wants corrected."""

    id: UUID
    reference: str
    state: VacancyState
    workplace: UUID
    contract: str | None
    hours: Hours | None
    pay: Pay | None
    moderation_reason: str
    remarks: list[RemarkOut]


class CompanyVacancyPage(Schema):
    """The company's vacancies, the newest first."""

    items: list[CompanyVacancy]
    next: str
    has_more: bool


class WorkplaceOut(Schema):
    """A place where people work for the company."""

    id: UUID
    name: str
    address: str
    municipality: Place


class WorkplaceList(Schema):
    """The company's workplaces by name."""

    items: list[WorkplaceOut]


class Motive(Schema):
    """Why words that were remarked stay."""

    model_config = ConfigDict(extra="forbid")

    remark: UUID
    motive: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00]*$")
    ]


class Motives(Schema):
    """Motives of the soft remarks."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "motives": [
                        {
                            "remark": "6f2c1f5e-6a1f-4d0e-9d7c-0b7d3f2a9c11",
                            "motive": "Il turno di notte è ogni settimana.",
                        }
                    ]
                }
            ]
        },
    )

    motives: Annotated[list[Motive], Field(max_length=50)]


class Withdrawal(Schema):
    """Why the company takes a vacancy back; nobody but the company and the desk reads it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "no_candidates"}]})

    reason: Literal["no_candidates", "found_elsewhere", "no_need", "rewritten", "other"]


class Delivery(Schema):
    """The sender's own key of a delivery."""

    idempotency_key: Annotated[
        IdempotencyKey,
        Field(
            alias="Idempotency-Key",
            description=gettext_noop("Una parola tua per ogni offerta: se la mandi due volte, resta una sola bozza."),
        ),
    ] = ""


@router.get(
    "/company/workplaces",
    url_name="api_company_workplaces",
    auth=READ,
    response={200: WorkplaceList, **_OF_ONE},
    summary=gettext_noop("Le sedi della tua impresa"),
)
def workplaces(request: HttpRequest) -> WorkplaceList:
    refuse_unknown(request)
    rows = _company(request).workplaces.select_related("municipality").order_by("name", "pk")
    return WorkplaceList(items=[WorkplaceOut.model_validate(row) for row in rows])


@router.get(
    "/company/vacancies",
    url_name="api_company_vacancies",
    auth=READ,
    response={200: CompanyVacancyPage, **_OF_ONE},
    summary=gettext_noop("Le offerte della tua impresa, in ogni stato"),
)
def own_vacancies(request: HttpRequest, parameters: Query[PageParameters]) -> CompanyVacancyPage:
    found = _whole(_company(request)).order_by("-number")
    last = parameters.cursor
    if last:
        number = Position.read(last, parts=1).parts[0]
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            raise Problem(400, errors={"query.cursor": [_("Non è un cursore di questo elenco.")]})
        found = found.filter(number__lt=int(number))
    rows = list(found[: parameters.limit + 1])
    shown = rows[: parameters.limit]
    if shown:
        last = str(Position(str(shown[-1].number)))
    return CompanyVacancyPage(items=[_told(row) for row in shown], next=last, has_more=len(rows) > len(shown))


@router.post(
    "/company/vacancies",
    url_name="api_company_vacancy_new",
    auth=WRITE,
    response={201: CompanyVacancy, **_OF_ONE, 409: ProblemBody, 422: ProblemBody},
    summary=gettext_noop("Scrivi una bozza"),
    description=gettext_noop(
        "Valgono le regole del modulo: retribuzione obbligatoria, parole vietate segnalate in «remarks». La bozza non va in bacheca: "
        "mandala allo sportello."
    ),
)
def write_draft(request: HttpRequest, body: VacancyIn, delivery: Header[Delivery]) -> Status[CompanyVacancy]:
    refuse_unknown(request)
    company = _company(request)
    content = checked(body, company, None)
    try:
        vacancy = deliver_vacancy(
            company=company,
            content=content,
            key=delivery.idempotency_key,
            digest=sha256(body.model_dump_json().encode()).hexdigest(),
            by=acting(request),
        )
    except vacancies.NotAllowed as error:
        # Closed since the line above read it.
        raise Problem(403, _("Il servizio per questa impresa è chiuso.")) from error
    except KeyReused as error:
        raise Problem(422, _("Questa Idempotency-Key ha già portato un'altra offerta.")) from error
    return Status(HTTPStatus.CREATED, _told(_own(company, vacancy.pk)))


@router.get(
    "/company/vacancies/{vacancy}",
    url_name="api_company_vacancy",
    auth=READ,
    response={200: CompanyVacancy, **_OF_ONE},
    summary=gettext_noop("Una offerta della tua impresa"),
)
def own_vacancy(request: HttpRequest, vacancy: UUID) -> CompanyVacancy:
    refuse_unknown(request)
    return _told(_own(_company(request), vacancy))


@router.put(
    "/company/vacancies/{vacancy}",
    url_name="api_company_vacancy_write",
    auth=WRITE,
    response={200: CompanyVacancy, **_OF_ONE, 409: ProblemBody, 422: ProblemBody},
    summary=gettext_noop("Riscrivi una bozza, o ciò che lo sportello ha rimandato"),
)
def rewrite_draft(request: HttpRequest, vacancy: UUID, body: VacancyIn) -> CompanyVacancy:
    refuse_unknown(request)
    company = _company(request)
    found = _own(company, vacancy)
    content = checked(body, company, found)
    return _after(request, found, lambda by: replace_vacancy(vacancy=found, content=content, by=by))


@router.put(
    "/company/vacancies/{vacancy}/motives",
    url_name="api_company_vacancy_motives",
    auth=WRITE,
    response={200: CompanyVacancy, **_OF_ONE, 409: ProblemBody, 422: ProblemBody},
    summary=gettext_noop("Spiega perché servono le parole segnalate"),
)
def explain(request: HttpRequest, vacancy: UUID, body: Motives) -> CompanyVacancy:
    refuse_unknown(request)
    found = _own(_company(request), vacancy)
    soft = {remark.pk for remark in found.remarks.all() if remark.level == RemarkLevel.SOFT}
    if unknown := [n for n, given in enumerate(body.motives) if given.remark not in soft]:
        raise Problem(422, errors={f"body.motives.{n}.remark": [_("Non è una parola da motivare.")] for n in unknown})
    motives = {given.remark: given.motive for given in body.motives}
    return _after(request, found, lambda by: explain_remarks(vacancy=found, motives=motives, by=by))


@router.post(
    "/company/vacancies/{vacancy}/submit",
    url_name="api_company_vacancy_submit",
    auth=SUBMIT,
    response={200: CompanyVacancy, **_OF_ONE, 409: ProblemBody, 422: ProblemBody},
    summary=gettext_noop("Manda una offerta allo sportello"),
    description=gettext_noop(
        "Lo sportello la legge prima di pubblicarla. Mandata due volte, la seconda non cambia nulla."
    ),
)
def submit(request: HttpRequest, vacancy: UUID) -> CompanyVacancy:
    return _moved(request, vacancy, VacancyState.SUBMITTED, vacancies.submit_vacancy)


@router.post(
    "/company/vacancies/{vacancy}/withdraw",
    url_name="api_company_vacancy_withdraw",
    auth=WRITE,
    response={200: CompanyVacancy, **_OF_ONE, 409: ProblemBody, 422: ProblemBody},
    summary=gettext_noop("Ritira una offerta, e di' perché"),
    description=gettext_noop("Non torna più in bacheca. Mandata due volte, la seconda non cambia nulla."),
)
def withdraw(request: HttpRequest, vacancy: UUID, body: Withdrawal) -> CompanyVacancy:
    verb = partial(vacancies.withdraw_vacancy, reason=body.reason)
    return _moved(request, vacancy, VacancyState.WITHDRAWN, verb)


@router.post(
    "/company/vacancies/{vacancy}/pause",
    url_name="api_company_vacancy_pause",
    auth=WRITE,
    response={200: CompanyVacancy, **_OF_ONE, 409: ProblemBody},
    summary=gettext_noop("Togli per un po' una offerta dalla bacheca"),
)
def pause(request: HttpRequest, vacancy: UUID) -> CompanyVacancy:
    return _moved(request, vacancy, VacancyState.PAUSED, vacancies.pause_vacancy)


@router.post(
    "/company/vacancies/{vacancy}/resume",
    url_name="api_company_vacancy_resume",
    auth=WRITE,
    response={200: CompanyVacancy, **_OF_ONE, 409: ProblemBody},
    summary=gettext_noop("Rimetti in bacheca una offerta in pausa, fino alla sua scadenza"),
)
def resume(request: HttpRequest, vacancy: UUID) -> CompanyVacancy:
    return _moved(request, vacancy, VacancyState.PUBLISHED, vacancies.resume_vacancy)


def _company(request: HttpRequest) -> Company:
    company = own_company(acting(request))
    if company is None:
        raise Problem(404)
    if company.state == CompanyState.CLOSED:
        # A key made since the closing: those of before open nothing.
        raise Problem(403, _("Il servizio per questa impresa è chiuso."))
    return company


def _whole(company: Company) -> Any:
    return whole(company.vacancies.all()).prefetch_related("remarks")


def _own(company: Company, pk: UUID) -> Vacancy:
    """Another company's vacancy does not exist for this one. Raises Problem."""
    found: Vacancy | None = _whole(company).filter(pk=pk).first()
    if found is None:
        raise Problem(404)
    return found


def _moved(request: HttpRequest, pk: UUID, to: VacancyState, verb: Callable[..., object]) -> CompanyVacancy:
    """The vacancy in the state that the verb brings it to; asked twice, it is there already. Raises Problem."""
    refuse_unknown(request)
    found = _own(_company(request), pk)
    if found.state == to:
        return _told(found)
    return _after(request, found, lambda by: verb(vacancy=found, by=by))


def _after(request: HttpRequest, vacancy: Vacancy, verb: Callable[[Any], object]) -> CompanyVacancy:
    """The vacancy as the verb left it. Raises Problem where the service refuses."""
    with _refusals(vacancy):
        verb(acting(request))
    return _told(_own(vacancy.company, vacancy.pk))


@contextmanager
def _refusals(vacancy: Vacancy) -> Iterator[None]:
    """What the services refuse, as problems."""
    try:
        yield
    except (vacancies.NotEditable, vacancies.NotAllowed, NotExplainable) as error:
        state = VacancyState(vacancy.state)
        raise Problem(
            409,
            _("L'offerta è: %(state)s. L'impresa è: %(company)s.")
            % {"state": state.label, "company": vacancy.company.get_state_display()},
        ) from error
    except vacancies.Incomplete as error:
        missing = ", ".join(str(part.label) for part in missing_parts(vacancy))
        raise Problem(422, _("Mancano: %(parts)s.") % {"parts": missing}) from error
    except (Unlawful, Unexplained) as error:
        hard, soft = open_remarks(vacancy)
        raise Problem(422, _("Ci sono parole da togliere o da motivare."), _by_field(hard or soft)) from error


def _by_field(remarks: list[VacancyRemark]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for remark in remarks:
        place = PLACES.get(remark.field, remark.field)
        found.setdefault(f"body.{place}", []).append(f"«{remark.words}»: {remark.explanation} {remark.law}.")
    return found


def _told(vacancy: Vacancy) -> CompanyVacancy:
    return CompanyVacancy.model_validate(
        {
            **terms(vacancy),
            "id": vacancy.pk,
            "reference": vacancy.reference,
            "state": vacancy.state,
            "workplace": vacancy.workplace_id,
            "moderation_reason": vacancy.moderation_reason,
            "remarks": list(vacancy.remarks.all()),
        }
    )
