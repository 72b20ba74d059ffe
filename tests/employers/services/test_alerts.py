"""Alerts: nothing without a proved address, nothing twice, nothing left when stopped."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from employers.models import SavedSearch
from employers.queries.board import BoardSearch
from employers.services.alerts import (
    ALERT_DAYS,
    confirm_search,
    confirm_token,
    drop_search,
    request_alerts,
    save_search,
    send_alert,
    stop_search,
    stop_token,
)
from employers.services.vacancy import pause_vacancy, resume_vacancy
from sportello.accounts.scope import Scope
from sportello.accounts.services.address import LINK_AGE, LinkClosed
from sportello.core.models import Job, Message, MessageState
from tests.support.employers import make_company, make_vacancy
from tests.support.races import while_it_waits

BY = Scope.of_process("tests")
EMAIL = "Anna@Example.org"


def asked(search: BoardSearch | None = None, *, is_proved: bool = True, **more: Any) -> SavedSearch:
    return save_search(search=search or BoardSearch(), email=EMAIL, language="it", is_proved=is_proved, by=BY, **more)


def mails(kind: str = "alert") -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("created_at"))


@pytest.mark.django_db
def test_an_address_that_nobody_proved_gets_one_link_and_no_word_of_the_search() -> None:
    for _ in range(2):
        saved = asked(BoardSearch(words="compra qui http://male.example"), is_proved=False)
    [mail] = mails("alert_confirm")
    assert mail.recipient == "anna@example.org"
    assert "male.example" not in mail.body
    make_vacancy()
    assert send_alert(saved_id=saved.pk, by=BY) == 0
    assert mails() == []


@pytest.mark.django_db
def test_the_link_begins_the_alert_and_may_be_opened_twice() -> None:
    saved = asked(is_proved=False)
    first = confirm_search(token=confirm_token(saved), by=BY).confirmed_at
    assert first is not None
    assert confirm_search(token=confirm_token(saved), by=BY).confirmed_at == first


@pytest.mark.django_db
def test_only_what_is_new_is_told_and_never_twice() -> None:
    company = make_company()
    make_vacancy(company, title="C'era già")
    with time_machine.travel(timezone.now(), tick=True) as clock:
        saved = asked()
        new = make_vacancy(company, title="Cuoca o cuoco")
        assert send_alert(saved_id=saved.pk, by=BY) == 1
        assert send_alert(saved_id=saved.pk, by=BY) == 0
        make_vacancy(company, title="Barista")
        assert send_alert(saved_id=saved.pk, by=BY) == 0  # one mail a day
        clock.shift(timedelta(days=1))
        pause_vacancy(vacancy=new, by=BY)
        resume_vacancy(vacancy=new, by=BY)
        assert send_alert(saved_id=saved.pk, by=BY) == 1
        clock.shift(timedelta(days=1))
        assert send_alert(saved_id=saved.pk, by=BY) == 0
    first, second = mails()
    assert [title for title in ("C'era già", "Cuoca o cuoco", "Barista") if title in first.body] == ["Cuoca o cuoco"]
    assert [title for title in ("C'era già", "Cuoca o cuoco", "Barista") if title in second.body] == ["Barista"]
    assert (first.subject, first.state) == ("1 offerta nuova per la tua ricerca", "queued")


@pytest.mark.django_db
def test_a_mail_says_pay_and_place_and_how_to_stop() -> None:
    saved = asked(BoardSearch(words="magazziniere"))
    vacancy = make_vacancy()
    send_alert(saved_id=saved.pk, by=BY)
    [mail] = mails()
    for text in (
        f"/offerte/{vacancy.pk}/",
        "da 1.500 a 1.800 euro lordi al mese",
        vacancy.company.organisation.name,
        "/offerte/?cosa=magazziniere",
        f"/offerte/avvisi/ferma/chiave/{stop_token(saved)}/",
    ):
        assert text in mail.body


@pytest.mark.django_db
def test_what_does_not_match_is_not_told() -> None:
    saved = asked(BoardSearch(hours_kind="part_time"))
    make_vacancy()
    assert send_alert(saved_id=saved.pk, by=BY) == 0


@pytest.mark.django_db
def test_the_same_search_asked_again_is_one_alert_that_lasts_anew() -> None:
    with time_machine.travel(timezone.now(), tick=True) as clock:
        asked(BoardSearch(words="cuoca"))
        clock.shift(timedelta(days=9))
        asked(BoardSearch(words=" cuoca "))
        today = timezone.localdate()
    assert SavedSearch.objects.get().ends_on == today + timedelta(days=ALERT_DAYS)


@pytest.mark.django_db
def test_who_stops_it_leaves_nothing_behind() -> None:
    kept = asked(BoardSearch(words="magazziniere"))
    saved = asked(is_proved=False)
    token = stop_token(saved)
    confirm_search(token=confirm_token(saved), by=BY)
    make_vacancy()
    for search in (kept, saved):
        send_alert(saved_id=search.pk, by=BY)
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
    stop_search(token=token, by=BY)
    assert list(SavedSearch.objects.all()) == [kept]
    assert Message.objects.get().dedupe_key.startswith(f"alert:{kept.pk}:")
    with pytest.raises(LinkClosed):
        stop_search(token=token, by=BY)


@pytest.mark.django_db
def test_a_link_opens_its_own_door_only() -> None:
    saved = asked(is_proved=False)
    for wrong in (lambda: confirm_search(token=stop_token(saved), by=BY), lambda: stop_search(token="x", by=BY)):
        with pytest.raises(LinkClosed):
            wrong()
    drop_search(saved=saved, by=BY)
    assert SavedSearch.objects.count() == 0


@pytest.mark.django_db
def test_each_morning_asks_for_the_mail_of_each_alert_once() -> None:
    saved = asked()
    asked(BoardSearch(words="mai confermata"), is_proved=False)
    assert [request_alerts(by=BY) for _ in range(2)] == [1, 1]
    assert list(Job.objects.filter(path="employers.tasks.send_alert").values_list("args", flat=True)) == [
        [str(saved.pk)]
    ]
    make_vacancy()
    send_alert(saved_id=saved.pk, by=BY)
    assert request_alerts(by=BY) == 0


@pytest.mark.django_db
def test_what_has_ended_or_was_never_confirmed_is_forgotten() -> None:
    with time_machine.travel(timezone.now(), tick=True) as clock:
        asked(BoardSearch(words="finisce"))
        asked(BoardSearch(words="mai confermata"), is_proved=False)
        clock.shift(LINK_AGE + timedelta(seconds=1))
        request_alerts(by=BY)
        assert list(SavedSearch.objects.values_list("words", flat=True)) == ["finisce"]
        clock.shift(timedelta(days=ALERT_DAYS))
        request_alerts(by=BY)
    assert SavedSearch.objects.count() == 0


@pytest.mark.django_db
def test_an_alert_that_is_gone_is_no_error() -> None:
    assert send_alert(saved_id=uuid4(), by=BY) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail() -> None:
    saved = asked()
    make_vacancy()

    def send() -> None:
        send_alert(saved_id=saved.pk, by=BY)

    while_it_waits(send, send)
    assert len(mails()) == 1
