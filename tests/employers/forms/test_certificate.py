"""What the form of a certificate takes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from employers.forms.certificate import CertificateDecisionForm, CertificateForm, RevocationForm, SurveillanceForm
from tests.support.equality import make_rules, paper_file

pytestmark = pytest.mark.django_db


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def form(file: Any = None, **changed: Any) -> CertificateForm:
    issued_on = changed.pop("issued_on", date(2025, 5, 10))
    expires_on = changed.pop("expires_on", date(2028, 5, 10))
    data = {"kind": "certificate", "body": "Organismo", "body_accreditation": "001A", "number": "42", **changed}
    data |= boxes("issued_on", issued_on) | (boxes("expires_on", expires_on) if expires_on else {})
    return CertificateForm(data, MultiValueDict({"file": [file or paper_file()]}))


def test_a_whole_certificate_is_taken() -> None:
    make_rules()
    whole = form()
    assert whole.is_valid(), whole.errors
    assert (whole.facts.number, whole.facts.expires_on) == ("42", date(2028, 5, 10))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"number": ""}, "number"),
        ({"body_accreditation": ""}, "body_accreditation"),
        ({"expires_on": None}, "expires_on"),
        ({"expires_on": date(2028, 5, 11)}, "expires_on"),
        ({"expires_on": date(2025, 5, 10)}, "expires_on"),
        ({"issued_on": date(2019, 1, 1)}, "issued_on"),
        ({"issued_on": date(2990, 1, 1), "expires_on": date(2991, 1, 1)}, "issued_on"),
        ({"file": SimpleUploadedFile("certificato.pdf", b"<html>")}, "file"),
    ],
)
def test_what_no_certificate_says_is_refused(changed: dict[str, Any], field: str) -> None:
    make_rules()
    assert list(form(**changed).errors) == [field]


def test_a_self_declaration_says_only_its_day() -> None:
    make_rules()
    bare = form(kind="self_declared")
    assert bare.is_valid()
    assert (bare.facts.number, bare.facts.expires_on) == ("", None)


def test_a_refusal_wants_its_reason() -> None:
    assert list(CertificateDecisionForm({"decision": "refuse"}).errors) == ["reason"]
    assert CertificateDecisionForm({"decision": "verify"}).is_valid()


@pytest.mark.parametrize("form_class", [RevocationForm, SurveillanceForm])
def test_what_has_not_happened_is_not_noted(form_class: Any) -> None:
    name = "revoked_on" if form_class is RevocationForm else "done_on"
    today = timezone.localdate()
    assert form_class(boxes(name, today) | {"reason": "Ritirato"}).is_valid()
    assert list(form_class(boxes(name, today + timedelta(days=1)) | {"reason": "Ritirato"}).errors) == [name]
