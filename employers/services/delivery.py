"""A whole vacancy at once, from a company's own program: the same drafts, checks and rules as the form, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from employers.models import Company, Vacancy, VacancyDelivery
from employers.services.vacancy import edit_vacancy, set_requirements, start_vacancy
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.reference.models import DrivingLicence


class KeyReused(Exception):
    """The sender's key came before, with another content."""


@dataclass(frozen=True)
class VacancyContent:
    """What a vacancy says, already checked by the forms: `fields` are the model's, the rest is as `set_requirements` takes it."""

    fields: Mapping[str, Any]
    skills: Mapping[UUID, str] = field(default_factory=dict)
    languages: Mapping[UUID, str] = field(default_factory=dict)
    licences: tuple[DrivingLicence, ...] = ()


@audit.service("vacancy.deliver")
def deliver_vacancy(*, company: Company, content: VacancyContent, key: str, digest: str, by: Scope) -> Vacancy:
    """New draft; the one of before when the same `key` comes again with the same `digest`. Raises KeyReused."""
    if key:
        # One delivery of a company at a time: the second of two that are the same finds the first.
        Company.objects.select_for_update(of=("self",)).get(pk=company.pk)
        known = VacancyDelivery.objects.filter(company=company, key=key).select_related("vacancy").first()
        if known is not None:
            if known.digest != digest:
                raise KeyReused
            return known.vacancy
    vacancy = start_vacancy(company=company, by=by, **content.fields)
    _require(vacancy, content, by)
    if key:
        VacancyDelivery.objects.create(company=company, key=key, digest=digest, vacancy=vacancy)
    return vacancy


@audit.service("vacancy.replace")
def replace_vacancy(*, vacancy: Vacancy, content: VacancyContent, by: Scope) -> Vacancy:
    """Write a draft, or what the desk returned, anew. Raises NotEditable."""
    vacancy = edit_vacancy(vacancy=vacancy, by=by, **content.fields)
    return _require(vacancy, content, by)


def _require(vacancy: Vacancy, content: VacancyContent, by: Scope) -> Vacancy:
    return set_requirements(
        vacancy=vacancy, skills=content.skills, languages=content.languages, licences=content.licences, by=by
    )
