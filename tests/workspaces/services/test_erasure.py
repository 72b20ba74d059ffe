"""Who is erased leaves no word behind, and no figure moves."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from candidates.models import Candidate, Case
from candidates.states import AppointmentState, CaseState
from matching.models import Referral
from matching.states import ReferralState
from reports.indicators.counting import counted
from reports.indicators.measures import MEASURES
from reports.protect import Area, Geography
from reports.queries.areas import Places
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core.models import AccessLogEntry, Message
from sportello.core.notify import send_message
from sportello.core.subject import holdings
from sportello.workspaces.services.erasure import announce_erasures, erase_person, erase_silent
from tests.support.employers import make_rule
from tests.support.life import PHONE, TRACES, WORD, whole_database, whole_life
from tests.support.personas import PASSWORD, make_candidate, make_case, make_operator, make_user
from tests.support.reports import window
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")
TODAY = timezone.localdate


@pytest.fixture
def _rules() -> None:
    make_rule("retention_months", 24)
    make_rule("retention_notice_days", 30)


def figures(person: Candidate) -> dict[Any, int]:
    """Every count of the municipality where the person lives."""
    code = person.residence.istat_code
    single = Area(code, frozenset([code]))
    places = Places(Geography({code: single}, ()), {person.residence_id: code}, {code: person.residence}, {})
    return {cell: n for measure in MEASURES for cell, n in counted(measure, window(), places)[code].items() if n}


def test_every_table_knows_something_of_the_whole_life() -> None:
    person = whole_life()
    assert [h.model._meta.label for h in holdings(Candidate) if not h.rows(person).exists()] == []
    text = whole_database()
    assert [trace for trace in TRACES if trace not in text] == []


def test_no_word_of_an_erased_person_is_left_anywhere() -> None:
    person = whole_life()
    erase_person(candidate=person, by=BY)
    text = whole_database()
    assert [line for line in text.splitlines() if any(trace in line for trace in TRACES)] == []
    assert not User.objects.filter(first_name=WORD).exists()


def test_no_figure_moves() -> None:
    person = whole_life()
    before = figures(person)
    assert len(before) > 10
    erase_person(candidate=person, by=BY)
    assert figures(person) == before


def test_what_was_open_is_ended() -> None:
    person = whole_life()
    erase_person(candidate=person, by=BY)
    person.refresh_from_db()
    assert str(person) == "Persona cancellata"
    assert (person.birth_date, person.user, person.phone) == (date(1980, 5, 1), None, "")
    assert person.erased_at is not None
    assert [(case.state, case.closing, case.closing_note) for case in person.cases.all()] == [("closed", "gave_up", "")]
    assert Referral.objects.get(candidate=person).state == ReferralState.OBSOLETE


def test_a_meeting_to_come_is_given_back_and_nobody_is_written_to() -> None:
    desk = make_desk()
    person = make_case(desk, candidate=make_candidate(desk), operator=make_operator(desk)).candidate
    starts = timezone.now() + timedelta(days=3)
    meeting = person.appointments.create(
        desk=desk,
        residence=person.residence,
        operator=make_operator(desk),
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        reason="Incontro",
    )
    erase_person(candidate=person, by=BY)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.reason) == (AppointmentState.REVOKED, "—")
    assert Message.objects.filter(subject_id=person.pk).count() == 0


def test_a_message_of_somebody_erased_is_not_sent_any_more() -> None:
    person = whole_life()
    message = Message.objects.get()
    erase_person(candidate=person, by=BY)
    send_message(message.pk)
    assert not Message.objects.exists()


def test_who_opened_the_file_stays_written() -> None:
    person = whole_life()
    erase_person(candidate=person, by=BY)
    assert AccessLogEntry.objects.filter(subject_id=person.pk).count() == 1


def test_the_account_of_somebody_who_works_here_stays() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    erase_person(candidate=make_candidate(desk, user=operator), by=BY)
    assert User.objects.filter(pk=operator.pk, is_active=True).exists()


def test_others_lose_nothing() -> None:
    other = whole_life()
    Candidate.objects.filter(pk=other.pk).update(tax_code="")
    User.objects.filter(candidate=other).update(email="altra@example.org")
    Candidate.objects.filter(pk=other.pk).update(email="altra@example.org", phone="")
    before = [list(h.rows(other).values()) for h in holdings(Candidate)]
    erase_person(candidate=whole_life(), by=BY)
    assert [list(h.rows(other).values()) for h in holdings(Candidate)] == before


def test_erased_twice_is_erased_once() -> None:
    person = whole_life()
    erase_person(candidate=person, by=BY)
    first = Candidate.objects.get(pk=person.pk).erased_at
    erase_person(candidate=person, by=BY)
    assert Candidate.objects.get(pk=person.pk).erased_at == first


def silent(days: int, **fields: Any) -> Candidate:
    """Somebody of whom nothing is heard since so many days."""
    person = make_candidate(**fields)
    then = timezone.now() - timedelta(days=days)
    Candidate.objects.filter(pk=person.pk).update(created_at=then, confirmed_at=then)
    return person


@pytest.mark.usefixtures("_rules")
def test_silence_is_announced_and_then_ends() -> None:
    person, younger = silent(710), silent(600)
    assert announce_erasures(by=BY) == 1
    assert [message.recipient for message in Message.objects.all()] == [person.email]
    assert announce_erasures(by=BY) == 0
    assert erase_silent(by=BY) == 0
    long_ago = timezone.now() - timedelta(days=740)
    Candidate.objects.filter(pk=person.pk).update(
        erasure_announced_on=TODAY() - timedelta(days=30), confirmed_at=long_ago, created_at=long_ago
    )
    assert erase_silent(by=BY) == 1
    assert set(Candidate.objects.filter(erased_at__isnull=False)) == {person}
    assert Candidate.objects.get(pk=younger.pk).erasure_announced_on is None


@pytest.mark.usefixtures("_rules")
@pytest.mark.parametrize("sign", ["case", "intake", "contact", "login", "confirmed"])
def test_a_sign_of_life_keeps_the_data(sign: str) -> None:
    desk, user = make_desk(), make_user()
    person = silent(900, user=user)
    Candidate.objects.filter(pk=person.pk).update(erasure_announced_on=TODAY() - timedelta(days=40))
    if sign == "case":
        make_case(desk, candidate=person, opened_on=date(2020, 1, 1))
    elif sign == "intake":
        person.intakes.create(channel="desk", desk=desk, residence=person.residence, received_on=TODAY())
    elif sign == "contact":
        person.contacts.create(
            channel="phone", desk=desk, residence=person.residence, happened_on=TODAY(), reason="Chiamata"
        )
    elif sign == "login":
        Client().login(username=user.email, password=PASSWORD)
        User.objects.filter(pk=user.pk).update(last_login=timezone.now())
    else:
        Candidate.objects.filter(pk=person.pk).update(confirmed_at=timezone.now())
    assert (announce_erasures(by=BY), erase_silent(by=BY)) == (0, 0)


@pytest.mark.usefixtures("_rules")
def test_an_announcement_of_long_ago_is_made_again_first() -> None:
    person = silent(900)
    Candidate.objects.filter(pk=person.pk).update(erasure_announced_on=TODAY() - timedelta(days=61))
    assert erase_silent(by=BY) == 0
    assert announce_erasures(by=BY) == 1


@pytest.mark.usefixtures("_rules")
def test_a_backlog_is_worked_off_night_by_night() -> None:
    for _ in range(3):
        silent(900)
    assert [announce_erasures(by=BY, limit=2) for _ in range(3)] == [2, 1, 0]


def test_a_closed_case_keeps_its_days() -> None:
    person = whole_life()
    case = person.cases.get()
    erase_person(candidate=person, motive="Di persona, con un documento.", by=BY)
    after = Case.objects.get(pk=case.pk)
    assert (after.opened_on, after.desk_id, after.state) == (case.opened_on, case.desk_id, CaseState.CLOSED)
    assert PHONE[1:] not in whole_database()
