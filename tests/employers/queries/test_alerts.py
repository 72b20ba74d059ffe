"""A saved search as a search, as an address and in words."""

from uuid import uuid4

import pytest
from django.http import QueryDict
from django.utils import timezone

from employers.forms.board import BoardForm
from employers.models import SavedSearch
from employers.queries.alerts import board_address, described, new_for, own_alerts, search_of
from employers.queries.board import BoardSearch
from sportello.reference.models import IscoGroup
from tests.support.employers import make_contract_type, make_vacancy
from tests.support.personas import make_user
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db


def full() -> BoardSearch:
    make_contract_type("FIXED_TERM")
    IscoGroup.objects.create(code="5", label="Commercio e servizi")
    return BoardSearch("cuoca", make_municipality(name="Segrate"), 10, "FIXED_TERM", "part_time", "5", 1500)


def saved(search: BoardSearch, **fields: object) -> SavedSearch:
    return SavedSearch.objects.create(
        email="a@example.org",
        words=search.words,
        place=search.place,
        km=search.km,
        contract=search.contract,
        hours_kind=search.hours_kind,
        group=search.group,
        pay_from=search.pay_from,
        ends_on=timezone.localdate(),
        **fields,
    )


def test_a_search_survives_being_saved_and_being_an_address() -> None:
    search = full()
    assert search_of(saved(search)) == search
    form = BoardForm(QueryDict(board_address(search).partition("?")[2]))
    assert form.is_valid(), form.errors
    assert form.search() == search
    assert board_address(BoardSearch()) == "/offerte/"


def test_a_search_is_said_on_one_line() -> None:
    assert described(full()) == (
        "cuoca · entro 10 km da Segrate · Commercio e servizi · Fixed_Term · Part-time · da 1500 euro al mese"
    )
    assert described(BoardSearch()) == "tutte le offerte"


def test_nothing_is_new_before_the_address_is_proved() -> None:
    make_vacancy()
    waiting = saved(BoardSearch())
    assert list(new_for(waiting)) == []


def test_what_was_told_is_not_new() -> None:
    told, new = make_vacancy(), make_vacancy()
    found = saved(BoardSearch(), confirmed_at=timezone.now())
    found.told.add(told)
    assert list(new_for(found)) == [new]


def test_each_account_sees_its_own_alerts() -> None:
    me, other = make_user(), make_user()
    mine = saved(BoardSearch("mio"), user=me, confirmed_at=timezone.now())
    saved(BoardSearch("altrui"), user=other, confirmed_at=timezone.now())
    saved(BoardSearch("in attesa"), user=me)
    assert list(own_alerts(me.pk)) == [mine]
    assert list(own_alerts(uuid4())) == []
