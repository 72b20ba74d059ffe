"""A certificate's life at the desk, and the reminders that keep it alive."""

from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from employers.enums import EqualityEvidence
from employers.models import Company, GenderEqualityCertificate
from employers.services import certificate as service
from employers.services.interest import ConflictOfInterest, declare_interest
from employers.states import CertificateState
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.employers import make_company
from tests.support.equality import make_certificate, make_rules, make_self_declaration, make_surveillance, paper_file
from tests.support.personas import make_operator, scope

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")
DATA = service.CertificateData(
    kind=EqualityEvidence.CERTIFICATE,
    issued_on=date(2025, 5, 10),
    expires_on=date(2028, 5, 9),
    body="Organismo",
    body_accreditation="001A",
    number="42",
)


def enter(company: Company | None = None, *, is_checked: bool = False) -> GenderEqualityCertificate:
    return service.enter_certificate(
        company=company or make_company(), data=DATA, file=paper_file(), is_checked=is_checked, by=BY
    )


@pytest.mark.parametrize(("is_checked", "state"), [(False, "entered"), (True, "verified")])
def test_a_certificate_comes_with_its_surveillances(is_checked: bool, state: str) -> None:
    make_rules()
    certificate = enter(is_checked=is_checked)
    assert certificate.state == state
    assert [turn.due_on for turn in certificate.surveillances.order_by("due_on")] == [
        date(2026, 5, 10),
        date(2027, 5, 10),
    ]


def test_the_desk_enters_a_bare_word_as_no_more_than_that() -> None:
    data = service.CertificateData(kind=EqualityEvidence.SELF_DECLARED, issued_on=date(2026, 1, 8))
    paper = service.enter_certificate(company=make_company(), data=data, file=paper_file(), is_checked=True, by=BY)
    assert (paper.state, paper.decided_at, paper.surveillances.count()) == ("entered", None, 0)
    with pytest.raises(service.NotAllowed):
        service.decide_certificate(certificate=paper, verified=True, reason="", by=BY)


def test_the_same_number_is_not_entered_twice() -> None:
    make_rules()
    company = make_company()
    enter(company)
    with pytest.raises(service.CertificateOnFile):
        enter(company)


@pytest.mark.parametrize(
    ("verified", "reason", "state", "words"),
    [(True, "", "verified", "ha verificato"), (False, "Il numero non risulta", "refused", "Il numero non risulta")],
)
def test_a_decision_is_told_once(verified: bool, reason: str, state: str, words: str) -> None:
    certificate = make_certificate(state=CertificateState.ENTERED)
    done = service.decide_certificate(certificate=certificate, verified=verified, reason=reason, by=BY)
    assert done.state == state
    assert words in Message.objects.get().body
    with pytest.raises(service.NotAllowed):
        service.decide_certificate(certificate=certificate, verified=True, reason="", by=BY)


def test_a_refusal_says_why() -> None:
    with pytest.raises(service.NotAllowed):
        service.decide_certificate(
            certificate=make_certificate(state=CertificateState.ENTERED), verified=False, reason=" ", by=BY
        )


def test_a_revoked_certificate_held_until_the_day_before() -> None:
    certificate = make_certificate()
    today = timezone.localdate()
    for day in (certificate.issued_on - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(service.NotAllowed):
            service.revoke_certificate(certificate=certificate, revoked_on=day, reason="Ritirato", by=BY)
    service.revoke_certificate(certificate=certificate, revoked_on=today, reason="Ritirato", by=BY)
    valid = GenderEqualityCertificate.objects.valid_on
    assert (valid(today - timedelta(days=1)).count(), valid(today).count()) == (1, 0)
    assert "Ritirato" in Message.objects.get().body


def test_a_surveillance_is_made_in_the_life_of_the_certificate_and_not_in_the_future() -> None:
    certificate = make_certificate()
    today = timezone.localdate()
    turn = make_surveillance(certificate, today)
    for day in (certificate.issued_on - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(service.NotAllowed):
            service.note_surveillance(surveillance=turn, done_on=day, by=BY)
    assert service.note_surveillance(surveillance=turn, done_on=today, by=BY).done_on == today


def test_reminders_go_once_at_each_distance() -> None:
    make_rules()
    with time_machine.travel("2026-03-02T09:00+01:00", tick=False):
        today = timezone.localdate()
        certificate = make_certificate(issued_on=date(2025, 5, 1), expires_on=date(2028, 4, 30))
        make_surveillance(certificate, today + timedelta(days=60))
        ending = make_certificate(issued_on=date(2023, 5, 3), expires_on=today + timedelta(days=61))
        make_self_declaration(ending.company)
        make_surveillance(make_certificate(), today + timedelta(days=10), done_on=today)
        make_surveillance(make_certificate(), today - timedelta(days=1))
    subjects = []
    for day in ("2026-03-02", "2026-03-02", "2026-03-03", "2026-04-01", "2026-04-02", "2026-04-03", "2026-05-03"):
        with time_machine.travel(f"{day}T07:25+02:00", tick=False):
            service.remind_companies(by=BY)
            subjects.append(Message.objects.count())
    assert subjects == [1, 1, 2, 3, 4, 4, 4]
    assert set(Message.objects.values_list("subject", flat=True)) == {
        "Certificato di parità: sorveglianza entro il 1 maggio 2026",
        "Il certificato di parità scade il 2 maggio 2026",
    }


def test_who_has_a_part_in_the_company_does_not_vouch_for_its_paper() -> None:
    make_rules()
    company = make_company()
    tied = make_operator(company.desk)
    declare_interest(user=tied, company=company, motive="Parente", by=BY)
    ways: list[tuple[bool, Any]] = [(True, pytest.raises(ConflictOfInterest)), (False, nullcontext())]
    for is_checked, refusal in ways:
        with refusal:
            service.enter_certificate(
                company=company, data=DATA, file=paper_file(), is_checked=is_checked, by=scope(tied)
            )
    assert GenderEqualityCertificate.objects.get().state == CertificateState.ENTERED
