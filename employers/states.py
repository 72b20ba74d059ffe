"""States and lawful transitions of companies and vacancies, as plain data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CompanyState(models.TextChoices):
    SUBMITTED = "submitted", _("In attesa di approvazione")
    APPROVED = "approved", _("Approvata")
    REJECTED = "rejected", _("Non approvata")
    CLOSED = "closed", _("Chiusa")


class VacancyState(models.TextChoices):
    DRAFT = "draft", _("In bozza")
    SUBMITTED = "submitted", _("In esame allo sportello")
    RETURNED = "returned", _("Da correggere")
    PUBLISHED = "published", _("Pubblicata")
    PAUSED = "paused", _("In pausa")
    FILLED = "filled", _("Coperta")
    EXPIRED = "expired", _("Scaduta")
    WITHDRAWN = "withdrawn", _("Ritirata")


COMPANY_TRANSITIONS: dict[CompanyState, frozenset[CompanyState]] = {
    CompanyState.SUBMITTED: frozenset({CompanyState.APPROVED, CompanyState.REJECTED}),
    CompanyState.APPROVED: frozenset({CompanyState.CLOSED}),
    CompanyState.REJECTED: frozenset({CompanyState.SUBMITTED}),
    CompanyState.CLOSED: frozenset(),
}

VACANCY_TRANSITIONS: dict[VacancyState, frozenset[VacancyState]] = {
    VacancyState.DRAFT: frozenset({VacancyState.SUBMITTED, VacancyState.WITHDRAWN}),
    VacancyState.SUBMITTED: frozenset({VacancyState.PUBLISHED, VacancyState.RETURNED, VacancyState.WITHDRAWN}),
    VacancyState.RETURNED: frozenset({VacancyState.SUBMITTED, VacancyState.WITHDRAWN}),
    VacancyState.PUBLISHED: frozenset(
        {VacancyState.PAUSED, VacancyState.FILLED, VacancyState.EXPIRED, VacancyState.WITHDRAWN}
    ),
    VacancyState.PAUSED: frozenset(
        {VacancyState.PUBLISHED, VacancyState.FILLED, VacancyState.EXPIRED, VacancyState.WITHDRAWN}
    ),
    VacancyState.FILLED: frozenset({VacancyState.PUBLISHED, VacancyState.PAUSED, VacancyState.EXPIRED}),
    VacancyState.EXPIRED: frozenset({VacancyState.SUBMITTED}),
    VacancyState.WITHDRAWN: frozenset(),
}

EDITABLE = frozenset({VacancyState.DRAFT, VacancyState.RETURNED})
"""States in which the company may still change the text."""
