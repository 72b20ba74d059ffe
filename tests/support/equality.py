"""Gender-equality certificates and what follows from them, for tests."""

import itertools
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from employers.enums import EqualityEvidence
from employers.models import (
    AdvisoryRequest,
    CertificateSurveillance,
    Company,
    GenderEqualityCertificate,
    PremiumAward,
    TenderCriterion,
)
from employers.services import tender as tenders
from employers.states import CertificateState
from sportello.accounts.scope import Scope
from sportello.territory.models import Organisation
from tests.support.employers import make_company, make_rule

_numbers = itertools.count(1)

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"

RULES = {
    "equality_certificate_months": 36,
    "equality_surveillance_months": 12,
    "equality_first_reminder_days": 60,
    "equality_last_reminder_days": 30,
    "tender_premium_self_declared_percent": 0,
    "readiness_threshold_percent": 60,
    "readiness_weight_culture": 15,
    "readiness_weight_governance": 15,
    "readiness_weight_processes": 10,
    "readiness_weight_growth": 20,
    "readiness_weight_pay": 20,
    "readiness_weight_care": 20,
    "quota_first_staff": 15,
    "quota_second_staff": 36,
    "quota_percent_staff": 51,
    "quota_percent": 7,
    "quota_families_first_staff": 51,
    "quota_families_percent_staff": 151,
    "quota_families_percent": 1,
    "quota_rounding_percent": 50,
    "quota_return_day": [31, 1],
    "incentive_expiry_warning_days": 30,
}


def make_rules() -> None:
    """What these pages read, in force for ever."""
    for key, value in RULES.items():
        make_rule(key, value)


def paper_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("certificato.pdf", PDF, content_type="application/pdf")


def make_certificate(company: Company | None = None, **fields: Any) -> GenderEqualityCertificate:
    """A verified certificate issued a year and a half ago for three years, its first surveillance made."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "kind": EqualityEvidence.CERTIFICATE,
        "body": "Organismo di prova",
        "body_accreditation": "001A",
        "number": f"PDR-{next(_numbers):04d}",
        "issued_on": today - timedelta(days=548),
        "expires_on": today + timedelta(days=547),
        "file": paper_file(),
        "state": CertificateState.VERIFIED,
        **fields,
    }
    if values["state"] != CertificateState.ENTERED:
        values.setdefault("decided_at", timezone.now())
    if values["state"] in (CertificateState.REFUSED, CertificateState.REVOKED):
        values.setdefault("decision_reason", "Il numero non risulta")
    if values["state"] == CertificateState.REVOKED:
        values.setdefault("revoked_on", today)
    return GenderEqualityCertificate.objects.create(company=company or make_company(), **values)


def make_self_declaration(company: Company, **fields: Any) -> GenderEqualityCertificate:
    """A company's own word."""
    bare: dict[str, Any] = {
        "body": "",
        "body_accreditation": "",
        "number": "",
        "expires_on": None,
        "issued_on": date(2026, 1, 8),
    }
    return make_certificate(
        company, kind=EqualityEvidence.SELF_DECLARED, state=CertificateState.ENTERED, **{**bare, **fields}
    )


def make_surveillance(
    certificate: GenderEqualityCertificate, due_on: date, done_on: date | None = None
) -> CertificateSurveillance:
    return CertificateSurveillance.objects.create(certificate=certificate, due_on=due_on, done_on=done_on)


def make_tender(
    organisation: Organisation, *, bidders: Iterable[Company] = (), confirmed: bool = True, **fields: Any
) -> TenderCriterion:
    """A tender whose deadline was a month ago; with its check printed when it is confirmed."""
    by = Scope.of_process("tests")
    values: dict[str, Any] = {
        "name": "Pulizia delle scuole",
        "cig": f"B{next(_numbers):09d}",
        "deadline": timezone.now() - timedelta(days=30),
        "points": Decimal("3"),
        **fields,
    }
    tender = TenderCriterion.objects.create(organisation=organisation, **values)
    for company in bidders:
        PremiumAward.objects.create(tender=tender, name=str(company), vat_number=company.vat_number)
    if confirmed:
        tender = tenders.print_check(tender=tenders.confirm_tender(tender=tender, by=by), by=by)
    return tender


def make_advice(company: Company | None = None, **fields: Any) -> AdvisoryRequest:
    """A request that waits for its hour."""
    values: dict[str, Any] = {
        "channel": "online",
        "question": "Da dove si comincia per il certificato?",
        "preferred_days": "Martedì mattina",
        **fields,
    }
    return AdvisoryRequest.objects.create(company=company or make_company(), **values)
