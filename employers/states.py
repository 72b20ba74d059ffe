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
    CompanyState.CLOSED: frozenset({CompanyState.APPROVED}),
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


class TargetState(models.TextChoices):
    """How far the desk has come with a company that it wants to win."""

    IDENTIFIED = "identified", _("Individuata")
    CONTACTED = "contacted", _("Contattata")
    INTERESTED = "interested", _("Interessata")
    VACANCY = "vacancy", _("Ha un'offerta")
    HIRED = "hired", _("Ha assunto")
    DROPPED = "dropped", _("Lasciata")


TARGET_TRANSITIONS: dict[TargetState, frozenset[TargetState]] = {
    TargetState.IDENTIFIED: frozenset({TargetState.CONTACTED, TargetState.DROPPED}),
    TargetState.CONTACTED: frozenset({TargetState.INTERESTED, TargetState.DROPPED}),
    TargetState.INTERESTED: frozenset({TargetState.VACANCY, TargetState.DROPPED}),
    TargetState.VACANCY: frozenset({TargetState.HIRED, TargetState.INTERESTED, TargetState.DROPPED}),
    TargetState.HIRED: frozenset({TargetState.VACANCY}),
    TargetState.DROPPED: frozenset({TargetState.IDENTIFIED}),
}

WITH_COMPANY = frozenset({TargetState.VACANCY, TargetState.HIRED})
"""Only a company that is registered has a vacancy."""

EDITABLE = frozenset({VacancyState.DRAFT, VacancyState.RETURNED})
"""States in which the company may still change the text."""


class CertificateState(models.TextChoices):
    ENTERED = "entered", _("Da controllare")
    VERIFIED = "verified", _("Verificato")
    REFUSED = "refused", _("Non accettato")
    REVOKED = "revoked", _("Revocato")


class AdvisoryState(models.TextChoices):
    ASKED = "asked", _("In attesa")
    CONFIRMED = "confirmed", _("Incontro fissato")
    CLOSED = "closed", _("Chiusa")
    WITHDRAWN = "withdrawn", _("Ritirata")


CERTIFICATE_TRANSITIONS: dict[CertificateState, frozenset[CertificateState]] = {
    CertificateState.ENTERED: frozenset({CertificateState.VERIFIED, CertificateState.REFUSED}),
    CertificateState.VERIFIED: frozenset({CertificateState.REVOKED}),
    CertificateState.REFUSED: frozenset(),
    CertificateState.REVOKED: frozenset(),
}

ADVISORY_TRANSITIONS: dict[AdvisoryState, frozenset[AdvisoryState]] = {
    AdvisoryState.ASKED: frozenset({AdvisoryState.CONFIRMED, AdvisoryState.CLOSED, AdvisoryState.WITHDRAWN}),
    AdvisoryState.CONFIRMED: frozenset({AdvisoryState.CONFIRMED, AdvisoryState.CLOSED, AdvisoryState.WITHDRAWN}),
    AdvisoryState.CLOSED: frozenset(),
    AdvisoryState.WITHDRAWN: frozenset(),
}
