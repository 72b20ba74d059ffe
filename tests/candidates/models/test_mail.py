"""Each letter stands once, each decision with its time; one code in one period belongs to one desk."""

from datetime import date

import pytest
from django.utils import timezone

from candidates.engine.mail import Nature, Silence
from candidates.enums import MailNature, MailSilence
from candidates.models import InboundAttachment, InboundMessage, SubjectCode
from sportello.accounts.scope import Scope
from tests.support.mail import make_code, make_inbound
from tests.support.personas import make_candidate, make_official, make_operator, scope
from tests.support.refusals import refused
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_the_words_of_the_reader_and_of_the_record_are_the_same() -> None:
    assert MailNature.values == [nature.value for nature in Nature]
    assert MailSilence.values == [silence.value for silence in Silence]


def test_a_code_has_words_and_one_desk_at_a_time() -> None:
    first = make_code("candidato/a AlmavivA", valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30))
    assert first.key == "candidato almaviva"
    with refused("one_desk_per_subject_code"):
        make_code("CANDIDATA almaviva", valid_from=date(2026, 6, 30))
    second = make_code("CANDIDATA almaviva", valid_from=date(2026, 7, 1))
    with refused("subject_code_has_words"):
        make_code("Re: «»")
    with refused("subject_code_ends_after_it_starts"):
        make_code("altro", valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 1))
    codes = SubjectCode.objects
    assert [c.pk for c in codes.in_force(date(2026, 6, 30))] == [first.pk]
    assert [c.pk for c in codes.in_force(date(2026, 7, 1))] == [second.pk]
    assert not codes.in_force(date(2025, 12, 31)).exists()


def test_a_letter_stands_once_with_what_was_decided() -> None:
    letter = make_inbound()
    person = make_candidate()
    with refused("candidates_inboundmessage_identity_key"):
        make_inbound(identity=letter.identity)
    now = timezone.now()
    for wrong, fields in (
        ("linked_mail_has_its_person", {"state": "linked", "handled_at": now}),
        ("linked_mail_has_its_person", {"candidate": person}),
        ("rejected_mail_has_its_reason", {"state": "rejected", "handled_at": now}),
        ("rejected_mail_has_its_reason", {"rejection": "spam"}),
        ("handled_mail_has_its_time", {"state": "rejected", "rejection": "spam"}),
        ("handled_mail_has_its_time", {"handled_at": now}),
    ):
        with refused(wrong):
            InboundMessage.objects.filter(pk=letter.pk).update(**fields)
    InboundAttachment.objects.create(message=letter, position=0, size=1)
    with refused("attachment_listed_once"):
        InboundAttachment.objects.create(message=letter, position=0, size=1)


def test_who_is_forwarded_is_the_person() -> None:
    letter = make_inbound(sender_name="Ufficio", sender_address="ufficio@posta.example")
    assert (letter.person_name, letter.person_address) == ("Ufficio", "ufficio@posta.example")
    letter.original_address = "luca@altra.example"
    assert (letter.person_name, letter.person_address) == ("", "luca@altra.example")


def test_a_desk_reads_its_letters_and_those_of_nobody() -> None:
    desk, other = make_desk(), make_desk()
    mine, nobodys, theirs = make_inbound(desk=desk), make_inbound(), make_inbound(desk=other)
    operator = make_operator(desk)
    assert set(InboundMessage.objects.visible_to(scope(operator))) == {mine, nobodys}
    assert set(InboundMessage.objects.visible_to(scope(make_operator(other)))) == {theirs, nobodys}
    for nobody in (Scope(), scope(make_official())):
        assert not InboundMessage.objects.visible_to(nobody).exists()


def test_a_letter_waits_until_somebody_decides() -> None:
    new, review = make_inbound(state="new"), make_inbound()
    make_inbound(state="rejected", rejection="spam", handled_at=timezone.now())
    make_inbound(state="linked", candidate=make_candidate(), handled_at=timezone.now())
    assert set(InboundMessage.objects.waiting()) == {new, review}
