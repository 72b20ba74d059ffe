"""What the clock does with registrations and e-mails."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from candidates.models import DeskShortage, InboundMessage, RegistrationDraft
from candidates.tasks import forget_drafts, forget_mail, look_for_free_hours, read_mail
from sportello.core.models import KEPT
from tests.support.agenda import make_open_desk, make_rules
from tests.support.imap import imap_server
from tests.support.mail import letter, make_inbound
from tests.support.personas import make_case


@pytest.mark.django_db
def test_drafts_are_forgotten_at_their_hour_and_not_before() -> None:
    now = timezone.now()
    for minutes in (-1, 0, 1):
        RegistrationDraft.objects.create(data={"1": {}}, expires_at=now + timedelta(minutes=minutes))
    with time_machine.travel(now, tick=False):
        forget_drafts()
        forget_drafts()
    assert RegistrationDraft.objects.get().expires_at == now + timedelta(minutes=1)


@pytest.mark.django_db
def test_letters_are_forgotten_when_their_time_is_over() -> None:
    make_inbound(received_at=timezone.now() - KEPT - timedelta(minutes=1))
    kept = make_inbound()
    forget_mail()
    forget_mail()
    assert InboundMessage.objects.get() == kept


@pytest.mark.django_db
def test_desks_without_a_free_hour_are_looked_for() -> None:
    make_rules()
    case = make_case(make_open_desk())
    look_for_free_hours()
    look_for_free_hours()
    assert DeskShortage.objects.get().desk == case.desk


@pytest.mark.django_db
def test_the_box_of_the_mail_server_is_read(settings: Settings) -> None:
    with imap_server() as box:
        settings.IMAP_URL = box.url
        box.put(letter())
        read_mail()
        read_mail()
    assert InboundMessage.objects.count() == 1
