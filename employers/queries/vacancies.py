"""Page-shaped reads about vacancies, for the company and for the desk."""

from datetime import timedelta
from uuid import UUID

from django.db.models import DurationField, ExpressionWrapper, F, OuterRef, Prefetch, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone

from employers.enums import RemarkLevel
from employers.models import Company, Vacancy, VacancyLanguage, VacancyRemark, VacancySkill, VacancyTransition
from employers.states import VacancyState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.core.db import Median

DECIDED_LATELY = timedelta(days=90)
"""A season of answers: fewer would be chance, more would hide what changed."""

DECISIONS = (VacancyState.PUBLISHED, VacancyState.RETURNED)
"""What the desk answers; what a company takes back was not answered."""

_WITH_NAMES = (
    "company__organisation",
    "workplace__municipality",
    "occupation",
    "contract_type",
    "education_level",
    "desk__managed_by",
)


def own_vacancies(company: Company) -> QuerySet[Vacancy]:
    """The company's vacancies, the newest first."""
    return company.vacancies.select_related("workplace__municipality", "contract_type").order_by("-created_at", "pk")


def own_vacancy(company: Company, pk: UUID) -> Vacancy:
    """A vacancy of the company with its requirements, or a 404: another company's does not exist for it."""
    return get_object_or_404(whole(company.vacancies.all()), pk=pk)


def own_draft(scope: Scope, pk: UUID) -> Vacancy:
    """A vacancy of the actor's company for its forms, or a 404."""
    own = Vacancy.objects.filter(company__organisation__in=scope.organisation_ids(Role.COMPANY))
    return get_object_or_404(own.select_related("company__organisation", "company__desk", "desk"), pk=pk)


def open_remarks(vacancy: Vacancy) -> tuple[list[VacancyRemark], list[VacancyRemark]]:
    """Words to write again, and soft ones that still lack the company's motive; one query."""
    remarks = list(vacancy.remarks.all())
    hard = [remark for remark in remarks if remark.level == RemarkLevel.HARD]
    return hard, [remark for remark in remarks if remark.level == RemarkLevel.SOFT and not remark.motive]


def moderation_queue(scope: Scope) -> QuerySet[Vacancy]:
    """Vacancies that wait to be read, the oldest first."""
    return (
        Vacancy.objects.visible_to(scope)
        .filter(state=VacancyState.SUBMITTED)
        .select_related("company__organisation", "workplace__municipality", "desk")
        .order_by("submitted_at", "number")
    )


def time_to_decision() -> timedelta | None:
    """In how long half of the vacancies sent to the desk had their answer, among those answered lately; None without any."""
    lately = timezone.now() - DECIDED_LATELY
    asked = VacancyTransition.objects.filter(
        vacancy=OuterRef("vacancy"), to_state=VacancyState.SUBMITTED, at__lte=OuterRef("at")
    ).order_by("-at")
    answers = VacancyTransition.objects.filter(
        from_state=VacancyState.SUBMITTED, to_state__in=DECISIONS, at__gte=lately
    )
    waited = ExpressionWrapper(F("at") - Subquery(asked.values("at")[:1]), DurationField())
    median: timedelta | None = answers.order_by().aggregate(median=Median(waited))["median"]
    return median


def desk_vacancies(scope: Scope, *, state: str = "") -> QuerySet[Vacancy]:
    """All vacancies but drafts, those published most recently first; `state` narrows the list."""
    found = Vacancy.objects.visible_to(scope).select_related("company__organisation", "workplace__municipality", "desk")
    if state in VacancyState:
        found = found.filter(state=state)
    return found.order_by("-published_on", "-submitted_at", "number")


def visible_vacancy(scope: Scope, pk: UUID) -> Vacancy:
    """A vacancy with its requirements, or a 404 when the actor may not see it."""
    return get_object_or_404(whole(Vacancy.objects.visible_to(scope)), pk=pk)


def vacancy_to_review(scope: Scope, pk: UUID) -> Vacancy:
    """The same with what the wording check remarked."""
    return get_object_or_404(whole(Vacancy.objects.visible_to(scope)).prefetch_related("remarks"), pk=pk)


def whole(vacancies: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    """With the names and the requirements that a page of the vacancy shows; three queries more."""
    return vacancies.select_related(*_WITH_NAMES).prefetch_related(
        Prefetch("skill_requirements", VacancySkill.objects.select_related("skill")),
        Prefetch("language_requirements", VacancyLanguage.objects.select_related("language")),
        "licences",
    )
