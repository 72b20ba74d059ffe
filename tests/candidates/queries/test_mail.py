"""The box: each desk its letters, in the order of the work."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from candidates.models import InboundAttachment
from candidates.queries.mail import (
    code_desks,
    codes_in_the_way,
    known_writers,
    letters_waiting,
    mail_file,
    mailbox,
    mailbox_counts,
    subject_codes,
    visible_mail,
)
from candidates.states import InboundState
from tests.support.mail import PDF, TEXT, file, make_code, make_inbound, parts
from tests.support.personas import make_candidate, make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_who_waits_longest_is_first_and_the_last_decided_is_first() -> None:
    desk, now = make_desk(), timezone.now()
    by = scope(make_operator(desk))
    done = {"state": "rejected", "rejection": "spam", "handled_at": now}
    waiting = [make_inbound(desk=desk, received_at=now - timedelta(days=days)) for days in (1, 2)]
    rejected = [make_inbound(desk=desk, received_at=now - timedelta(days=days), **done) for days in (1, 2)]
    make_inbound(desk=make_desk())
    assert list(mailbox(by, InboundState.NEEDS_REVIEW)) == waiting[::-1]
    assert list(mailbox(by, InboundState.REJECTED)) == rejected
    assert mailbox_counts(by) == {"new": 0, "needs_review": 2, "linked": 0, "rejected": 2}
    assert letters_waiting(by).count() == 2


def test_another_desk_sees_neither_letter_nor_file() -> None:
    desk = make_desk()
    letter = make_inbound(desk=desk, raw=parts(TEXT, file("cv.pdf", PDF)))
    row = InboundAttachment.objects.create(message=letter, position=0, name="cv.pdf", size=len(PDF))
    lost = InboundAttachment.objects.create(message=letter, position=1, name="x.pdf", size=1)
    mine, other = scope(make_operator(desk)), scope(make_operator())
    assert visible_mail(mine, letter.pk) == letter
    assert mail_file(mine, row.pk).content == PDF
    for by, pk in ((other, row.pk), (mine, lost.pk)):
        with pytest.raises(Http404):
            mail_file(by, pk)
    with pytest.raises(Http404):
        visible_mail(other, letter.pk)


def test_who_gave_the_address_is_known_to_their_desk_alone() -> None:
    desk = make_desk()
    person = make_candidate(desk, email="Amina@posta.example")
    make_candidate(desk, email="")
    letter = make_inbound(desk=desk, sender_address="amina@posta.example")
    assert known_writers(scope(make_operator(desk)), letter) == [person]
    assert known_writers(scope(make_operator()), letter) == []
    assert known_writers(scope(make_operator(desk)), make_inbound(sender_address="")) == []


def test_codes_of_the_past_come_last() -> None:
    desk = make_desk()
    today = timezone.localdate()
    past = make_code("beta", desk=desk, valid_to=date(2026, 2, 1))
    running = make_code("zeta codice", desk=desk)
    make_code("altro", desk=make_desk())
    by = scope(make_operator(desk))
    assert [code.code for code in subject_codes(by)] == [running.code, past.code]
    assert list(code_desks(by)) == [desk]
    assert [c.code for c in codes_in_the_way(running.key, today, None)] == ["zeta codice"]
    assert list(codes_in_the_way(running.key, date(2025, 1, 1), date(2025, 12, 31))) == []
