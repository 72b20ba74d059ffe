"""The secret of a kiosk opens once and until closing; what is typed there goes in a minute and a half."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from candidates.models import Kiosk, RegistrationDraft
from candidates.services import kiosk as service
from candidates.services.draft import forget_expired_drafts
from sportello.accounts.scope import Scope
from tests.support.personas import make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db
VISITOR = Scope()
NINE = datetime(2026, 3, 9, 9, 30, tzinfo=timezone.get_default_timezone())  # a Monday


def test_the_secret_is_kept_hashed_and_changes_hands_once() -> None:
    operator = make_operator()
    desk = operator.memberships.get().desks.get()
    token = service.open_kiosk(desk=desk, by=scope(operator))
    own = service.bind_kiosk(token=token, by=VISITOR)
    assert own is not None
    assert service.bind_kiosk(token=token, by=VISITOR) is None
    kiosk = Kiosk.objects.get()
    assert kiosk.token_hash not in (token, own)
    assert [service.kiosk_by_token(secret) for secret in (token, own, "")] == [None, kiosk, None]
    service.end_kiosk(kiosk=kiosk, by=scope(operator))
    assert service.kiosk_by_token(own) is None


def test_it_ends_when_the_desk_closes() -> None:
    desk = make_desk(hours=[(day, time(9), time(13)) for day in range(1, 8)])
    with time_machine.travel(NINE, tick=False):
        token = service.open_kiosk(desk=desk, by=VISITOR)
        own = service.bind_kiosk(token=token, by=VISITOR) or ""
        assert service.kiosk_by_token(own) is not None
    with time_machine.travel(NINE.replace(hour=13, minute=0), tick=False):
        assert service.kiosk_by_token(own) is None


def test_an_untouched_draft_goes_and_a_touched_one_stays() -> None:
    with time_machine.travel(NINE, tick=False) as clock:
        service.open_kiosk(desk=make_desk(), by=VISITOR)
        draft = service.begin_at_kiosk(kiosk=Kiosk.objects.get())
        clock.shift(timedelta(seconds=90))
        service.keep_alive(draft=draft)
        clock.shift(timedelta(seconds=99))
        assert forget_expired_drafts() == 0
        clock.shift(timedelta(seconds=1))
        assert forget_expired_drafts() == 1


def test_what_the_desk_must_finish_is_not_wiped() -> None:
    service.open_kiosk(desk=make_desk(), by=VISITOR)
    drafts = [service.begin_at_kiosk(kiosk=Kiosk.objects.get()) for _ in range(2)]
    drafts[0].data = {"receipt": "SL-2026-000001"}
    drafts[0].save()
    for draft in drafts:
        service.wipe(draft=draft)
    assert list(RegistrationDraft.objects.all()) == drafts[:1]
