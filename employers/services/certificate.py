"""A gender-equality certificate from its entry to its end: checked, refused, revoked, watched over."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.engine.certificate import surveillance_days
from employers.enums import EqualityEvidence
from employers.models import CertificateSurveillance, Company, GenderEqualityCertificate
from employers.services.interest import require_impartial
from employers.services.messages import tell_company
from employers.states import CERTIFICATE_TRANSITIONS, CertificateState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.notify import MessageKind, register
from sportello.reference.rules import parameter, parameters

CERTIFICATE_DECISION = register(
    MessageKind(
        "certificate_decision",
        "employers/messages/certificate_decision_subject.txt",
        "employers/messages/certificate_decision_body.txt",
        purpose=_("Dire all'impresa l'esito del controllo del certificato di parità"),
    )
)
CERTIFICATE_REMINDER = register(
    MessageKind(
        "certificate_reminder",
        "employers/messages/certificate_reminder_subject.txt",
        "employers/messages/certificate_reminder_body.txt",
        purpose=_("Ricordare all'impresa la sorveglianza o la fine del certificato di parità"),
    )
)


class CertificateOnFile(Exception):
    """The company has already entered a certificate of this number."""


class NotAllowed(Exception):
    """The certificate's state does not permit the change, or the day lies outside its life."""


@dataclass(frozen=True)
class CertificateData:
    """What the paper says, already checked by the form; of a self-declaration only the day."""

    kind: EqualityEvidence
    issued_on: date
    expires_on: date | None = None
    body: str = ""
    body_accreditation: str = ""
    number: str = ""


@audit.service("certificate.enter")
def enter_certificate(
    *, company: Company, data: CertificateData, file: "UploadedFile[bytes]", is_checked: bool, by: Scope
) -> GenderEqualityCertificate:
    """Write a paper down with the days on which the body must watch over the company; the desk that has the paper before it
    enters a certificate as verified (`is_checked`). Raises CertificateOnFile, ConflictOfInterest, MissingParameterError."""
    if is_checked:
        require_impartial(company.pk, by=by)
    verified = is_checked and data.kind == EqualityEvidence.CERTIFICATE
    certificate = GenderEqualityCertificate(
        company=company,
        file=file,
        entered_by_id=by.user_id,
        state=CertificateState.VERIFIED if verified else CertificateState.ENTERED,
        decided_by_id=by.user_id if verified else None,
        decided_at=timezone.now() if verified else None,
        **vars(data),
    )
    try:
        with transaction.atomic():
            certificate.save()
    except IntegrityError as error:
        raise CertificateOnFile from error
    if data.expires_on:
        months = int(parameter("equality_surveillance_months", on=data.issued_on).value)
        CertificateSurveillance.objects.bulk_create(
            CertificateSurveillance(certificate=certificate, due_on=day)
            for day in surveillance_days(data.issued_on, data.expires_on, months=months)
        )
    return certificate


@audit.service("certificate.decide")
def decide_certificate(
    *, certificate: GenderEqualityCertificate, verified: bool, reason: str, by: Scope
) -> GenderEqualityCertificate:
    """Say that the paper is good, or why not, and tell the company. A self-declaration is never good.

    Raises NotAllowed, ConflictOfInterest.
    """
    if verified and certificate.kind != EqualityEvidence.CERTIFICATE:
        raise NotAllowed
    return _move(
        certificate, CertificateState.VERIFIED if verified else CertificateState.REFUSED, reason=reason, day=None, by=by
    )


@audit.service("certificate.revoke")
def revoke_certificate(
    *, certificate: GenderEqualityCertificate, revoked_on: date, reason: str, by: Scope
) -> GenderEqualityCertificate:
    """The body took the certificate back: from that day on it no longer holds, before it did.

    Raises NotAllowed, ConflictOfInterest.
    """
    if revoked_on < certificate.issued_on or revoked_on > timezone.localdate():
        raise NotAllowed
    return _move(certificate, CertificateState.REVOKED, reason=reason, day=revoked_on, by=by)


@audit.service("certificate.surveillance")
def note_surveillance(*, surveillance: CertificateSurveillance, done_on: date, by: Scope) -> CertificateSurveillance:
    """The body made its yearly surveillance on that day.

    Raises NotAllowed for a day to come, or before the certificate; ConflictOfInterest.
    """
    surveillance = (
        CertificateSurveillance.objects.select_for_update(of=("self",))
        .select_related("certificate")
        .get(pk=surveillance.pk)
    )
    require_impartial(surveillance.certificate.company_id, by=by)
    if not surveillance.certificate.issued_on <= done_on <= timezone.localdate():
        raise NotAllowed
    surveillance.done_on = done_on
    surveillance.save(update_fields=["done_on"])
    return surveillance


@audit.service("certificate.remind")
def remind_companies(*, by: Scope) -> None:
    """Write to the companies whose certificate, or the next surveillance of it, is near: once at each distance.

    Raises MissingParameterError.
    """
    today = timezone.localdate()
    rules = parameters("equality_first_reminder_days", "equality_last_reminder_days", on=today)
    distances = sorted(int(rule.value) for rule in rules.values())
    horizon = today + timedelta(days=distances[-1])
    valid = GenderEqualityCertificate.objects.valid_on(today).select_related("company__organisation")
    for certificate in valid.filter(expires_on__lte=horizon).order_by("expires_on", "pk"):
        _remind(certificate, certificate.last_day, distances, what="end", by=by)
    near = CertificateSurveillance.objects.filter(
        certificate__in=valid, done_on__isnull=True, due_on__range=(today, horizon)
    ).select_related("certificate__company__organisation")
    for surveillance in near.order_by("due_on", "pk"):
        _remind(surveillance.certificate, surveillance.due_on, distances, what="surveillance", by=by)


def _remind(certificate: GenderEqualityCertificate, day: date, distances: list[int], *, what: str, by: Scope) -> None:
    """Ask for one message; a night that was missed is made good by the next, within the same distance."""
    left = (day - timezone.localdate()).days
    distance = next(days for days in distances if left <= days)
    tell_company(
        CERTIFICATE_REMINDER,
        certificate.company,
        reverse("equality"),
        by,
        dedupe_key=f"certificate-{what}:{certificate.pk}:{day}:{distance}",
        certificate=certificate,
        day=day,
        what=what,
    )


def _move(
    certificate: GenderEqualityCertificate, to: CertificateState, *, reason: str, day: date | None, by: Scope
) -> GenderEqualityCertificate:
    certificate = (
        GenderEqualityCertificate.objects.select_for_update(of=("self",))
        # Read after the lock: the company may be another by then.
        .prefetch_related("company__organisation")
        .get(pk=certificate.pk)
    )
    require_impartial(certificate.company_id, by=by)
    good = to == CertificateState.VERIFIED
    if to not in CERTIFICATE_TRANSITIONS[CertificateState(certificate.state)] or not (good or reason.strip()):
        raise NotAllowed
    certificate.state = to
    certificate.decided_by_id, certificate.decided_at = by.user_id, timezone.now()
    certificate.decision_reason, certificate.revoked_on = "" if good else reason, day
    certificate.save()
    tell_company(CERTIFICATE_DECISION, certificate.company, reverse("equality"), by, certificate=certificate)
    return certificate
