"""Page-shaped reads of the register of gender-equality certificates."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from employers.engine.certificate import Paper
from employers.enums import EqualityEvidence
from employers.models import CertificateSurveillance, Company, GenderEqualityCertificate
from employers.models.certification import CertificateQuerySet
from employers.states import CertificateState
from sportello.accounts.scope import Scope


def holds_certificate(*, on: date) -> Exists:
    """Whether a verified certificate of the company of the row holds on the day."""
    return Exists(GenderEqualityCertificate.objects.valid_on(on).filter(company=OuterRef("pk")))


def valid_certificate(company: Company, *, on: date) -> GenderEqualityCertificate | None:
    """The verified certificate that holds on the day, the longest lasting of several; one query."""
    return company.equality_certificates.valid_on(on).order_by("-expires_on", "pk").first()


def certificates_of(company: Company) -> QuerySet[GenderEqualityCertificate]:
    """All papers of a company with their surveillances, newest first; two queries."""
    return company.equality_certificates.prefetch_related("surveillances").order_by("-issued_on", "-entered_at")


REGISTER = ("entered", "valid", "expiring", "missed", "refused", "revoked", "self_declared")
"""Views of the register, in the order of their chips."""


def register(scope: Scope, *, view: str, on: date, near_days: int) -> CertificateQuerySet:
    """Papers of one view of `REGISTER`, all for another word; the oldest entry first where somebody must decide."""
    found = GenderEqualityCertificate.objects.visible_to(scope).select_related("company__organisation")
    certificates = found.filter(kind=EqualityEvidence.CERTIFICATE)
    missed = CertificateSurveillance.objects.filter(certificate=OuterRef("pk"), done_on__isnull=True, due_on__lt=on)
    match view:
        case "entered":
            return certificates.filter(state=CertificateState.ENTERED).order_by("entered_at", "pk")
        case "valid":
            found = certificates.valid_on(on)
        case "expiring":
            found = certificates.valid_on(on).filter(expires_on__lte=on + timedelta(days=near_days))
        case "missed":
            found = certificates.valid_on(on).filter(Exists(missed))
        case "refused" | "revoked":
            found = certificates.filter(state=view)
        case "self_declared":
            found = found.filter(kind=EqualityEvidence.SELF_DECLARED)
    return found.order_by("expires_on", "company__organisation__sort_key", "pk")


def certificates_to_check(scope: Scope) -> CertificateQuerySet:
    """Certificates that wait for the desk."""
    return GenderEqualityCertificate.objects.visible_to(scope).filter(
        kind=EqualityEvidence.CERTIFICATE, state=CertificateState.ENTERED
    )


def visible_certificate(scope: Scope, pk: UUID) -> GenderEqualityCertificate:
    """The paper with its company, or a 404 when the actor may not see it."""
    return get_object_or_404(
        GenderEqualityCertificate.objects.visible_to(scope).select_related("company__organisation", "decided_by"), pk=pk
    )


def papers_by_vat(vat_numbers: Iterable[str]) -> dict[str, list[GenderEqualityCertificate]]:
    """All papers of the companies on file with these VAT numbers, by number; one query."""
    found: dict[str, list[GenderEqualityCertificate]] = {}
    rows = GenderEqualityCertificate.objects.filter(
        ~Q(company__state="rejected"), company__vat_number__in=set(vat_numbers)
    )
    rows = rows.select_related("company").prefetch_related("surveillances")
    for row in rows.order_by("issued_on", "pk"):
        found.setdefault(row.company.vat_number, []).append(row)
    return found


def as_paper(certificate: GenderEqualityCertificate) -> Paper:
    """The row as the engine judges it."""
    return Paper(
        key=str(certificate.pk),
        is_certificate=certificate.kind == EqualityEvidence.CERTIFICATE,
        first_day=certificate.issued_on,
        last_day=certificate.last_day,
        is_verified=certificate.state in (CertificateState.VERIFIED, CertificateState.REVOKED),
        is_refused=certificate.state == CertificateState.REFUSED,
        revoked_on=certificate.revoked_on,
    )
