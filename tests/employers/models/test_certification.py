"""What the database itself holds of a certificate."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from employers.engine.certificate import Standing, standing_of
from employers.models import GenderEqualityCertificate
from employers.queries.certificates import as_paper
from sportello.accounts.scope import Scope
from sportello.core import audit
from tests.support.employers import make_company, make_company_user
from tests.support.equality import make_certificate, make_self_declaration, make_surveillance
from tests.support.personas import make_operator, scope

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"body": ""}, "certificate_names_its_body_and_its_end"),
        ({"number": ""}, "certificate_names_its_body_and_its_end"),
        ({"expires_on": None}, "certificate_names_its_body_and_its_end"),
        ({"expires_on": date(2020, 1, 1)}, "certificate_ends_after_it_begins"),
        ({"state": "refused", "decision_reason": ""}, "refused_certificate_knows_why"),
        ({"state": "revoked", "revoked_on": None}, "revoked_certificate_knows_when"),
        ({"revoked_on": date(2026, 1, 1)}, "revoked_certificate_knows_when"),
        ({"decided_at": None}, "certificate_decided_with_its_moment"),
    ],
)
def test_a_row_that_lies_is_refused(changed: dict[str, Any], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        make_certificate(**changed)


def test_a_self_declaration_is_never_verified() -> None:
    paper = make_self_declaration(make_company())
    rows = GenderEqualityCertificate.objects.filter(pk=paper.pk)
    with pytest.raises(IntegrityError, match="self_declaration_is_never_verified"), transaction.atomic():
        rows.update(state="verified", decided_at="2026-01-01T00:00Z")


def test_a_number_is_on_file_once_unless_it_was_refused() -> None:
    company = make_company()
    make_certificate(company, number="X", state="refused")
    make_certificate(company, number="X")
    with pytest.raises(IntegrityError, match="certificate_on_file_once"), transaction.atomic():
        make_certificate(company, number="X")


def test_a_surveillance_is_due_once_a_day() -> None:
    certificate = make_certificate()
    make_surveillance(certificate, date(2026, 5, 1))
    with pytest.raises(IntegrityError, match="one_surveillance_for_each_day"), transaction.atomic():
        make_surveillance(certificate, date(2026, 5, 1))


def test_a_company_sees_its_own_and_operators_all() -> None:
    mine, other = make_certificate(), make_certificate()
    seen = GenderEqualityCertificate.objects.visible_to
    assert set(seen(scope(make_company_user(mine.company)))) == {mine}
    assert set(seen(scope(make_operator()))) == {mine, other}
    assert set(seen(Scope())) == set()


class TestTheListAgreesWithTheVerdict(TestCase):
    # A database takes its time on a busy machine.
    @settings(deadline=None, max_examples=60)
    @given(
        st.integers(-40, 5),
        st.integers(1, 40),
        st.sampled_from(["entered", "verified", "refused", "revoked"]),
        st.integers(0, 40),
        st.integers(-45, 45),
    )
    def test_valid_on(self, first: int, length: int, state: str, revoked: int, when: int) -> None:
        origin = date(2026, 6, 1)
        issued_on = origin + timedelta(days=first)
        fields: dict[str, Any] = {"revoked_on": issued_on + timedelta(days=revoked)} if state == "revoked" else {}
        with audit.acting(Scope.of_process("tests"), "test"):
            certificate = make_certificate(
                issued_on=issued_on, expires_on=issued_on + timedelta(days=length), state=state, **fields
            )
        day = origin + timedelta(days=when)
        listed = GenderEqualityCertificate.objects.valid_on(day).filter(pk=certificate.pk).exists()
        self.assertEqual(listed, standing_of(as_paper(certificate), day) is Standing.VALID)
