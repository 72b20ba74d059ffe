"""A forecast shows its gap, and is a vacancy nowhere."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidates.models import DesiredOccupation
from employers.models import BoardEntry
from employers.queries.board import BoardSearch, board
from reports.indicators.counting import counted
from reports.indicators.measures import MEASURES, Window
from sportello.accounts.enums import Role
from sportello.reference.models import IscoGroup, Occupation
from tests.support.employers import make_forecast, make_occupation, make_rule, make_settlement
from tests.support.personas import make_candidate, make_member, make_official, make_operator, signed_in
from tests.support.queries import asked
from tests.support.reports import Register, places_of
from tests.support.territory import make_organisation

pytestmark = pytest.mark.django_db

PAGE = "/fabbisogni/"


@pytest.fixture(autouse=True)
def _rule() -> None:
    make_rule("disclosure_threshold", 5)


def looking(number: int, occupation: Occupation) -> None:
    for _ in range(number):
        DesiredOccupation.objects.create(candidate=make_candidate(), occupation=occupation)


def test_two_thousand_sellers_show_their_gap_and_no_vacancy_anywhere() -> None:
    seller = make_occupation("commesso", isco08="5223")
    IscoGroup.objects.create(code="52", label="Addetti alle vendite")
    today = timezone.localdate()
    settlement = make_settlement()
    make_forecast(settlement, occupation=seller, headcount=2000)
    looking(6, seller)
    client = signed_in(make_member(Role.CONTROL_ROOM, make_organisation()))
    html, cost = asked(client, PAGE)
    assert cost <= 10
    assert [text in html for text in ("Addetti alle vendite", ">2.000<", ">6<", "<strong>1.994</strong>")] == [True] * 4
    places = places_of(Register(settlement.municipality))
    window = Window(today.replace(month=1, day=1), today, first_contact_days=15, referral_answer_days=7)
    measures = [measure for measure in MEASURES if measure.key in ("vacancies", "posts")]
    counts = [counted(measure, window, places)[settlement.municipality.istat_code] for measure in measures]
    assert [sum(found.values()) for found in counts] == [0, 0]
    assert (list(board(BoardSearch())), BoardEntry.objects.count()) == ([], 0)
    assert Client().get("/api/v1/vacancies").json()["items"] == []


def test_a_handful_of_people_is_not_told() -> None:
    seller = make_occupation("commesso", isco08="5223")
    make_forecast(occupation=seller, headcount=100)
    client = signed_in(make_operator())
    pages = []
    for number in (1, 3):
        looking(number, seller)
        pages.append(client.get(PAGE).content.decode().partition("<main")[2].partition("</main>")[0])
    assert pages[0] == pages[1]
    assert [words in pages[0] for words in ("meno di 5", "almeno 96")] == [True, True]


def test_without_forecasts_it_says_where_they_are_written() -> None:
    assert reverse("settlements") in signed_in(make_operator()).get(PAGE).content.decode()


def test_the_page_costs_the_same_for_one_and_three_groups() -> None:
    client = signed_in(make_operator())
    costs = []
    for groups in (["5223"], ["5120", "9334"]):
        for isco08 in groups:
            make_forecast(occupation=make_occupation(isco08, isco08=isco08))
        costs.append(asked(client, PAGE)[1])
    assert costs[0] == costs[1] <= 10


def test_it_is_for_operators_and_the_control_room() -> None:
    assert signed_in(make_official()).get(PAGE).status_code == 404
