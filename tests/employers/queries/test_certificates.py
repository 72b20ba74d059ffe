"""The register by what there is to do, and the mark that companies carry."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from employers.models import Company
from employers.queries.certificates import (
    REGISTER,
    certificates_of,
    certificates_to_check,
    holds_certificate,
    papers_by_vat,
    register,
    valid_certificate,
    visible_certificate,
)
from tests.support.employers import make_company, make_company_user
from tests.support.equality import make_certificate, make_self_declaration, make_surveillance
from tests.support.personas import make_operator, scope

pytestmark = pytest.mark.django_db


def test_each_view_holds_its_papers_and_no_other() -> None:
    today = timezone.localdate()
    entered = make_certificate(state="entered")
    valid = make_certificate()
    expiring = make_certificate(expires_on=today + timedelta(days=60))
    missed = make_certificate()
    make_surveillance(missed, today - timedelta(days=1))
    make_surveillance(valid, today)
    make_surveillance(valid, today - timedelta(days=300), done_on=today)
    refused, revoked = make_certificate(state="refused"), make_certificate(state="revoked")
    expired = make_certificate(expires_on=today - timedelta(days=1))
    word = make_self_declaration(make_company())
    by = scope(make_operator())
    found = {view: set(register(by, view=view, on=today, near_days=60)) for view in (*REGISTER, "tutti")}
    assert found == {
        "entered": {entered},
        "valid": {valid, expiring, missed},
        "expiring": {expiring},
        "missed": {missed},
        "refused": {refused},
        "revoked": {revoked},
        "self_declared": {word},
        "tutti": {entered, valid, expiring, missed, refused, revoked, expired, word},
    }
    assert list(certificates_to_check(by)) == [entered]


def test_only_a_valid_one_marks_the_company() -> None:
    today = timezone.localdate()
    company = make_company()
    make_self_declaration(company)
    make_certificate(company, state="entered")
    make_certificate(company, expires_on=today - timedelta(days=1))
    marked = Company.objects.filter(holds_certificate(on=today))
    assert (valid_certificate(company, on=today), list(marked.all())) == (None, [])
    good = make_certificate(company)
    assert (valid_certificate(company, on=today), list(marked.all())) == (good, [company])
    assert certificates_of(company).count() == 4


def test_papers_are_found_by_vat_number_but_not_of_a_rejected_company() -> None:
    one = make_certificate()
    other = make_certificate(make_company(state="rejected", decision_reason="No"))
    numbers = [one.company.vat_number, other.company.vat_number, "02345670158"]
    assert papers_by_vat(numbers) == {one.company.vat_number: [one]}


def test_another_companys_paper_does_not_exist() -> None:
    certificate = make_certificate()
    assert visible_certificate(scope(make_company_user(certificate.company)), certificate.pk) == certificate
    with pytest.raises(Http404):
        visible_certificate(scope(make_company_user(make_company())), certificate.pk)
