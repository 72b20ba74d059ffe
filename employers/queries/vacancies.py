"""Page-shaped reads about vacancies, for the company and for the desk."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from employers.enums import RemarkLevel
from employers.models import Company, Vacancy, VacancyLanguage, VacancyRemark, VacancySkill
from employers.states import VacancyState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope

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
    return get_object_or_404(own.select_related("company__organisation", "desk"), pk=pk)


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
