"""The open feed of vacancies: what is on the board, what changed, what left it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field, StringConstraints

from employers.enums import HoursKind, PayPeriod
from employers.models import Vacancy
from employers.queries.feed import Change, change_of, changes, entries, horizon, last_change
from employers.states import VacancyState
from sportello.core.api import Code, PageParameters, Position, Problem, ProblemBody, cached, coded, refuse_unknown
from sportello.reference.enums import LanguageLevel, SkillRelation
from sportello.reference.models import ContractType, Occupation
from sportello.territory.api import Place
from sportello.territory.models import Accreditation, Municipality

router = Router(tags=["offerte"])

FRESH_SECONDS = 60
_FIRST = UUID(int=0)
_EPOCH = datetime.fromtimestamp(0, UTC)


class OccupationName(Schema):
    """An occupation: our code, ESCO's address, the ISCO-08 group, the names in Italian and English."""

    code: str
    uri: str
    isco08: str
    label: str
    label_en: str


class AskedSkill(Schema):
    """A skill that the job asks for."""

    code: str
    label: str
    relation: SkillRelation


class AskedLanguage(Schema):
    """A language by its ISO 639-1 code, with the lowest level (CEFR)."""

    code: str
    level: LanguageLevel


class Employer(Schema):
    """Who offers the job, and where it is done; the point is WGS 84, null where only the town is known."""

    name: str
    address: str
    municipality: Place
    latitude: float | None
    longitude: float | None


class Intermediary(Schema):
    """The accredited body that publishes the ad, with its number in the register (art. 9 D.Lgs. 276/2003)."""

    name: str
    register_no: str
    desk: str


class Pay(Schema):
    """Gross pay in euro."""

    minimum: Decimal
    maximum: Decimal
    period: PayPeriod
    currency: Literal["EUR"] = "EUR"


WeekBand = Annotated[str, StringConstraints(pattern=r"^[1-7]-(morning|afternoon|evening|night)$")]
"""A part of a day of the week, Monday is 1."""


class Hours(Schema):
    """Hours a week, in which parts of the week (none said: any), and on which days as the company wrote it."""

    kind: HoursKind
    weekly: Decimal
    bands: list[WeekBand]
    schedule: str


class Terms(Schema):
    """What an ad says of the job itself, from its first draft on."""

    title: str
    description: str
    occupation: OccupationName
    collective_agreement_code: str
    posts: int
    education: str | None
    years_experience: int
    skills: list[AskedSkill]
    languages: list[AskedLanguage]
    licences: list[str]


class PublishedVacancy(Terms):
    """An ad as citizens read it."""

    reference: str
    url: str
    contract: str
    hours: Hours
    pay: Pay
    employer: Employer
    intermediary: Intermediary
    published_on: date
    expires_on: date


class VacancyChange(Schema):
    """A line of the feed; a vacancy that left the board has no text any more, only its state."""

    id: UUID
    state: Literal["published", "paused", "filled", "expired", "withdrawn"]
    changed_at: datetime
    vacancy: PublishedVacancy | None


class VacancyPage(Schema):
    """Lines in the order of their change. Keep `next`: asked again, it answers with what changed meanwhile."""

    items: list[VacancyChange]
    next: str
    has_more: bool


class FeedParameters(PageParameters):
    """What narrows the feed; without `since` it begins with all that is on the board today."""

    since: Annotated[
        AwareDatetime | None,
        Field(
            description=gettext_noop(
                "Solo ciò che è cambiato da questo momento (ISO 8601 con fuso), anche le offerte uscite dalla bacheca."
            )
        ),
    ] = None
    occupation: Annotated[Code | None, Field(description=gettext_noop("Codice del mestiere."))] = None
    municipality: Annotated[Code | None, Field(description=gettext_noop("Codice ISTAT del comune di lavoro."))] = None
    contract: Annotated[Code | None, Field(description=gettext_noop("Codice del contratto."))] = None
    hours: Annotated[HoursKind | None, Field(description=gettext_noop("Tempo pieno o part-time."))] = None

    def narrowed(self) -> Q:
        """As a condition on the vacancy. Raises Problem for an unknown code."""
        found = Q()
        if self.occupation is not None:
            found &= Q(vacancy__occupation=coded(Occupation.objects.all(), "query.occupation", self.occupation))
        if self.municipality is not None:
            place = coded(Municipality.objects.all(), "query.municipality", self.municipality, field="istat_code")
            found &= Q(vacancy__workplace__municipality=place)
        if self.contract is not None:
            found &= Q(vacancy__contract_type=coded(ContractType.objects.all(), "query.contract", self.contract))
        if self.hours is not None:
            found &= Q(vacancy__hours_kind=self.hours)
        return found


@router.get(
    "/vacancies",
    url_name="api_vacancies",
    response={200: VacancyPage, 304: None, 400: ProblemBody, 429: ProblemBody},
    summary=gettext_noop("Le offerte in bacheca, e che cosa è cambiato"),
    description=gettext_noop(
        "Senza parametri comincia da tutte le offerte in bacheca. Conserva «next»: richiesto più tardi dà solo i cambiamenti, "
        "comprese le offerte uscite dalla bacheca (senza testo). Nessun cambiamento si perde."
    ),
)
def vacancy_feed(request: HttpRequest, response: HttpResponse, parameters: Query[FeedParameters]) -> VacancyPage:
    narrowed = parameters.narrowed()
    before = horizon()
    after, gone_after = _start(parameters, before)
    lines = list(entries(narrowed, gone_after=gone_after, after=after, before=before)[: parameters.limit + 1])
    shown = lines[: parameters.limit]
    if shown:
        after = (shown[-1].changed_at, shown[-1].pk)
    found = changes(shown)
    cached(response, seconds=FRESH_SECONDS, changed_at=after[0] if shown and after else None)
    place, last = after or (gone_after, _FIRST)
    return VacancyPage(
        items=[told(change) for change in found],
        next=str(Position(place.isoformat(), str(last), gone_after.isoformat())),
        has_more=len(lines) > len(shown),
    )


@router.get(
    "/vacancies/{vacancy}",
    url_name="api_vacancy",
    response={200: VacancyChange, 304: None, 400: ProblemBody, 404: ProblemBody, 410: ProblemBody, 429: ProblemBody},
    summary=gettext_noop("Una offerta"),
    description=gettext_noop("Risponde 410 se l'offerta è uscita dalla bacheca, 404 se non c'è mai stata."),
)
def vacancy_now(request: HttpRequest, response: HttpResponse, vacancy: UUID) -> VacancyChange:
    refuse_unknown(request)
    found = change_of(vacancy)
    if found is None:
        raise Problem(404)
    if found.vacancy is None:
        raise Problem(
            410, _("L'offerta è uscita dalla bacheca: %(state)s.") % {"state": VacancyState(found.state).label}
        )
    cached(response, seconds=FRESH_SECONDS, changed_at=found.changed_at)
    return told(found)


def _start(parameters: FeedParameters, before: datetime) -> tuple[tuple[datetime, UUID] | None, datetime]:
    """After which line to go on, and after which moment to tell what left the board. Raises Problem."""
    if parameters.cursor:
        position = Position.read(parameters.cursor, parts=3)
        return (position.moment(0), position.key(1)), position.moment(2)
    if parameters.since is not None:
        since = max(parameters.since, _EPOCH)
        return (since, _FIRST), since - timedelta(microseconds=1)
    # While nothing changes the answer stays the same, to the letter.
    return None, last_change(before=before)


def told(change: Change) -> VacancyChange:
    """A change as the feed writes it."""
    vacancy = change.vacancy
    return VacancyChange.model_validate(
        {
            "id": change.id,
            "state": change.state,
            "changed_at": change.changed_at,
            "vacancy": published(vacancy, change.accreditation) if vacancy else None,
        }
    )


def published(vacancy: Vacancy, accreditation: Accreditation | None) -> dict[str, object]:
    """An ad with who offers it and who publishes it."""
    workplace = vacancy.workplace
    return {
        **terms(vacancy),
        "reference": vacancy.reference,
        "url": settings.SITE_URL + reverse("vacancy_detail", kwargs={"vacancy": vacancy.pk}),
        "employer": {
            "name": vacancy.company.organisation.name,
            "address": workplace.address,
            "municipality": workplace.municipality,
            "latitude": workplace.latitude,
            "longitude": workplace.longitude,
        },
        "intermediary": {
            "name": vacancy.desk.managed_by.name,
            "register_no": accreditation.register_no if accreditation else "",
            "desk": vacancy.desk.slug,
        },
        "published_on": vacancy.published_on,
        "expires_on": vacancy.expires_on,
    }


def terms(vacancy: Vacancy) -> dict[str, object]:
    """What the ad says of the job; the parts that a draft lacks are None. Reads what `queries.vacancies.whole` brings."""
    has_pay = vacancy.pay_min is not None and vacancy.pay_max is not None and vacancy.pay_period
    has_hours = vacancy.weekly_hours is not None and vacancy.hours_kind
    return {
        "title": vacancy.title,
        "description": vacancy.description,
        "occupation": vacancy.occupation,
        "contract": vacancy.contract_type.code if vacancy.contract_type else None,
        "collective_agreement_code": vacancy.collective_agreement_code,
        "posts": vacancy.posts,
        "hours": {
            "kind": vacancy.hours_kind,
            "weekly": vacancy.weekly_hours,
            "bands": vacancy.bands,
            "schedule": vacancy.schedule,
        }
        if has_hours
        else None,
        "pay": {"minimum": vacancy.pay_min, "maximum": vacancy.pay_max, "period": vacancy.pay_period}
        if has_pay
        else None,
        "education": vacancy.education_level.code if vacancy.education_level else None,
        "years_experience": vacancy.years_experience,
        "skills": [
            {"code": asked.skill.code, "label": asked.skill.label, "relation": asked.relation}
            for asked in vacancy.skill_requirements.all()
        ],
        "languages": [
            {"code": asked.language.code, "level": asked.level} for asked in vacancy.language_requirements.all()
        ],
        "licences": [licence.code for licence in vacancy.licences.all()],
    }
