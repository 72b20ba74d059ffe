"""The premium of a tender: reckoned on the day of the deadline, frozen when the official confirms."""

import hashlib
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from employers.engine.certificate import Standing
from employers.models import CertificateSurveillance, GenderEqualityCertificate, PremiumAward, TenderCriterion
from employers.render.tender import checks_of
from employers.services import tender as service
from employers.services.certificate import revoke_certificate
from employers.tasks import print_tender_check
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.models import Job
from tests.support.employers import make_company
from tests.support.equality import make_certificate, make_rules, make_self_declaration, make_surveillance, make_tender
from tests.support.territory import make_organisation

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")
ROME = ZoneInfo("Europe/Rome")
DEADLINE = datetime(2026, 6, 15, 12, 0, tzinfo=ROME)
DAY = date(2026, 6, 15)


def points(tender: TenderCriterion) -> list[tuple[str, Decimal]]:
    return [(check.standing.value, check.points) for check in checks_of(tender)]


def test_valid_that_day_earns_and_everything_else_does_not() -> None:
    make_rules()
    last_day = make_certificate(issued_on=date(2023, 6, 16), expires_on=DAY)
    day_before = make_certificate(issued_on=date(2023, 6, 15), expires_on=DAY - timedelta(days=1))
    first_day = make_certificate(issued_on=DAY, expires_on=date(2029, 6, 14))
    day_after = make_certificate(issued_on=DAY + timedelta(days=1), expires_on=date(2029, 6, 15))
    unchecked = make_certificate(issued_on=date(2025, 1, 1), expires_on=date(2027, 1, 1), state="entered")
    refused = make_certificate(issued_on=date(2025, 1, 1), expires_on=date(2027, 1, 1), state="refused")
    revoked = make_certificate(issued_on=date(2025, 1, 1), expires_on=date(2027, 1, 1), state="revoked", revoked_on=DAY)
    later = make_certificate(
        issued_on=date(2025, 1, 1), expires_on=date(2027, 1, 1), state="revoked", revoked_on=DAY + timedelta(days=1)
    )
    word, nothing = make_company(), make_company()
    make_self_declaration(word)
    bidders = [
        *(paper.company for paper in (last_day, day_before, first_day, day_after, unchecked, refused, revoked, later)),
        word,
        nothing,
    ]
    tender = make_tender(make_organisation(), bidders=bidders, confirmed=False, deadline=DEADLINE)
    nought, all_of_them = Decimal(0), Decimal(3)
    assert points(tender) == [
        ("valid", all_of_them),
        ("expired", nought),
        ("valid", all_of_them),
        ("not_yet", nought),
        ("not_verified", nought),
        ("refused", nought),
        ("revoked", nought),
        ("valid", all_of_them),
        ("self_declared", nought),
        ("none", nought),
    ]


class TestTheDayIsTheLocalOne(TestCase):
    # A database takes its time on a busy machine.
    @settings(deadline=None, max_examples=40)
    @given(
        st.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31), timezones=st.just(ROME)),  # noqa: DTZ001
        st.integers(-2, 2),
    )
    def test_whatever_the_hour(self, deadline: datetime, shift: int) -> None:
        make_local = deadline.astimezone(ROME).date()
        last = make_local + timedelta(days=shift)
        with audit.acting(BY, "test"):
            make_rules()
            certificate = make_certificate(issued_on=last - timedelta(days=900), expires_on=last)
            tender = make_tender(make_organisation(), bidders=[certificate.company], confirmed=False, deadline=deadline)
        (check,) = checks_of(TenderCriterion.objects.get(pk=tender.pk))
        self.assertEqual(check.standing, Standing.VALID if shift >= 0 else Standing.EXPIRED)
        self.assertEqual(check.points, tender.points if shift >= 0 else 0)


def test_half_past_midnight_belongs_to_the_new_day() -> None:
    make_rules()
    certificate = make_certificate(issued_on=date(2024, 1, 1), expires_on=date(2026, 6, 14))
    tender = make_tender(
        make_organisation(),
        bidders=[certificate.company],
        confirmed=False,
        deadline=datetime(2026, 6, 15, 0, 30, tzinfo=ROME),
    )
    tender.refresh_from_db()
    assert points(tender) == [("expired", Decimal(0))]


def test_confirmed_it_stands_whatever_becomes_of_the_register() -> None:
    make_rules()
    certificate = make_certificate()
    turn = make_surveillance(certificate, certificate.issued_on + timedelta(days=365))
    tender = make_tender(make_organisation(), bidders=[certificate.company])
    (before,) = checks_of(tender)
    revoke_certificate(certificate=certificate, revoked_on=certificate.issued_on, reason="Ritirato", by=BY)
    CertificateSurveillance.objects.filter(pk=turn.pk).delete()
    GenderEqualityCertificate.objects.all().delete()
    (after,) = checks_of(TenderCriterion.objects.get(pk=tender.pk))
    assert (after.standing, after.points, after.evidence) == (before.standing, before.points, before.evidence)
    assert after.seen is not None
    assert after.seen["number"] == certificate.number
    assert after.missed == [turn.due_on]


def test_a_check_is_confirmed_once_after_the_deadline_and_not_for_nobody() -> None:
    make_rules()
    body = make_organisation()
    with time_machine.travel(DEADLINE - timedelta(seconds=1), tick=False):
        early = make_tender(body, bidders=[make_company()], confirmed=False, deadline=DEADLINE)
        with pytest.raises(service.TooEarly):
            service.confirm_tender(tender=early, by=BY)
    with time_machine.travel(DEADLINE, tick=False):
        assert service.confirm_tender(tender=early, by=BY).confirmed_at == DEADLINE
    with pytest.raises(service.Confirmed):
        service.confirm_tender(tender=early, by=BY)
    with pytest.raises(service.NobodyBids):
        service.confirm_tender(tender=make_tender(body, confirmed=False), by=BY)


def test_a_bidder_is_known_by_its_number_or_named() -> None:
    tender = make_tender(make_organisation(), confirmed=False)
    known = make_company(vat_number="00743110157", name="Officine Adda")
    assert service.add_bidder(tender=tender, vat_number=known.vat_number, name="Altro", by=BY).name == "Officine Adda"
    with pytest.raises(service.AlreadyBids):
        service.add_bidder(tender=tender, vat_number=known.vat_number, name="", by=BY)
    with pytest.raises(service.NameNeeded):
        service.add_bidder(tender=tender, vat_number="02345670158", name=" ", by=BY)
    stranger = service.add_bidder(tender=tender, vat_number="02345670158", name="Pulizie Nord", by=BY)
    service.remove_bidder(award=stranger, by=BY)
    assert [award.name for award in tender.awards.all()] == ["Officine Adda"]


def test_a_confirmed_list_takes_nobody_and_lets_nobody_go() -> None:
    make_rules()
    tender = make_tender(make_organisation(), bidders=[make_company()])
    with pytest.raises(service.Confirmed):
        service.add_bidder(tender=tender, vat_number="02345670158", name="Pulizie Nord", by=BY)
    with pytest.raises(service.Confirmed):
        service.remove_bidder(award=PremiumAward.objects.get(), by=BY)


def test_one_cig_one_tender_of_a_body() -> None:
    body = make_organisation()
    facts = {"name": "Gara", "cig": "B000000001", "deadline": DEADLINE, "points": Decimal(2)}
    service.open_tender(organisation=body, by=BY, **facts)  # type: ignore[arg-type]
    with pytest.raises(service.CigTaken):
        service.open_tender(organisation=body, by=BY, **facts)  # type: ignore[arg-type]
    assert service.open_tender(organisation=make_organisation(), by=BY, **facts)  # type: ignore[arg-type]


def test_a_job_prints_it_once() -> None:
    make_rules()
    tender = service.confirm_tender(
        tender=make_tender(make_organisation(), bidders=[make_company()], confirmed=False), by=BY
    )
    assert Job.objects.get(path=service.PRINT).args == [str(tender.pk)]
    print_tender_check(str(tender.pk))
    tender.refresh_from_db()
    with tender.pdf.open("rb") as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == tender.pdf_sha256
    first = tender.pdf.name
    print_tender_check(str(tender.pk))
    tender.refresh_from_db()
    assert tender.pdf.name == first
