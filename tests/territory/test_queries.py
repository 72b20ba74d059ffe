"""Desks with their opening, places by name, residents."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sportello.territory import queries
from sportello.territory.enums import AgeBand, DeskState, Sex, Weekday
from sportello.territory.models import Desk, DeskClosure, Municipality, MunicipalityResidents
from sportello.territory.rules import Point
from tests.support.territory import WORKING_MORNINGS, make_desk, make_municipality

pytestmark = pytest.mark.django_db

MONDAY_AT_TEN = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Europe/Rome"))


def names(cards: list[queries.DeskCard]) -> list[str]:
    return [card.desk.name for card in cards]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_three_queries(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    place = make_municipality()
    for _ in range(count):
        make_desk(hours=WORKING_MORNINGS, serves=[place])
    with django_assert_num_queries(3):
        cards = queries.desk_cards(now=MONDAY_AT_TEN, near=place)
        assert [(card.opening.is_open, card.serves_place, card.desk.managed_by.kind) for card in cards] == [
            (True, True, "agency")
        ] * count


def test_closed_for_good_is_out_and_planned_is_last() -> None:
    make_desk(name="A", state=DeskState.PLANNED, hours=WORKING_MORNINGS)
    make_desk(name="B", state=DeskState.CLOSED, hours=WORKING_MORNINGS)
    make_desk(name="C", state=DeskState.TEMPORARY, hours=WORKING_MORNINGS)
    make_desk(name="D", hours=WORKING_MORNINGS)
    cards = queries.desk_cards(now=MONDAY_AT_TEN)
    assert names(cards) == ["C", "D", "A"]
    assert [card.opening.is_open for card in cards] == [True, True, False]
    assert names(queries.desk_cards(now=MONDAY_AT_TEN, open_now=True)) == ["C", "D"]


def test_nearest_first_but_one_s_own_desk_before() -> None:
    home = make_municipality(latitude=45.48, longitude=9.28)
    make_desk(name="lontano, mio", municipality=make_municipality(latitude=45.6, longitude=9.5), serves=[home])
    make_desk(name="medio", municipality=make_municipality(latitude=45.5, longitude=9.3))
    make_desk(name="vicino", municipality=home)
    cards = queries.desk_cards(now=MONDAY_AT_TEN, near=home)
    assert names(cards) == ["lontano, mio", "vicino", "medio"]
    assert [card.distance_km for card in cards] == pytest.approx([21.7, 0, 2.7], abs=0.1)
    assert names(queries.desk_cards(near=Point(45.48, 9.28), limit=2)) == ["vicino", "medio"]


def test_a_place_without_a_point_gives_no_distance() -> None:
    home = make_municipality(latitude=None, longitude=None)
    make_desk(name="A")
    assert [card.distance_km for card in queries.desk_cards(near=home)] == [None]


def test_hours_are_local_whatever_the_zone_of_the_moment() -> None:
    make_desk(hours=WORKING_MORNINGS)
    at_eleven_in_rome = datetime(2026, 7, 6, 9, tzinfo=ZoneInfo("UTC"))
    (card,) = queries.desk_cards(now=at_eleven_in_rome)
    assert card.opening.closes_at is not None
    assert card.opening.closes_at.isoformat() == "2026-07-06T12:30:00+02:00"


def test_saint_ambrose_closes_milan_and_not_segrate() -> None:
    saint_ambrose = datetime(2026, 12, 7, 10, tzinfo=ZoneInfo("Europe/Rome"))
    milan, segrate = make_municipality(name="Milano"), make_municipality(name="Segrate")
    make_desk(name="Milano", municipality=milan, hours=WORKING_MORNINGS)
    make_desk(name="Segrate", municipality=segrate, hours=WORKING_MORNINGS)
    cards = queries.desk_cards(now=saint_ambrose)
    assert [(card.desk.name, card.opening.is_open) for card in cards] == [("Milano", False), ("Segrate", True)]
    # The 8th is a national holiday.
    assert cards[0].opening.opens_at == datetime(2026, 12, 9, 9, tzinfo=ZoneInfo("Europe/Rome"))


def test_desk_page_tells_the_week_and_the_closing_days(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    served = make_municipality(name="Vimodrone")
    make_desk(slug="segrate", serves=[served], hours=[(5, time(9), time(13)), (5, time(14), time(16))])
    with django_assert_num_queries(3):
        page = queries.desk_page("segrate", now=MONDAY_AT_TEN)
    assert [day.weekday for day in page.week] == list(Weekday)
    assert [(span.opens, span.closes) for span in page.week[4].spans] == [(time(9), time(13)), (time(14), time(16))]
    assert [len(day.spans) for day in page.week] == [0, 0, 0, 0, 2, 0, 0]
    # Of the holidays until September, only 1 May 2026 is a Friday.
    assert page.closures == ((date(2026, 5, 1), date(2026, 5, 1), "Festa del Lavoro"),)
    assert page.served == (served,)


def test_days_that_a_desk_is_closed_stand_among_the_holidays_and_nobody_is_sent_there() -> None:
    desk = make_desk(slug="segrate", hours=WORKING_MORNINGS)
    today = MONDAY_AT_TEN.date()
    for first, last, reason in ((-9, -1, "Trasloco"), (0, 1, "Lavori"), (3, 3, ""), (400, 401, "Lontano")):
        DeskClosure.objects.create(
            desk=desk, first_day=today + timedelta(days=first), last_day=today + timedelta(days=last), reason=reason
        )
    page = queries.desk_page("segrate", now=MONDAY_AT_TEN)
    assert page.closures[:2] == (
        (today, today + timedelta(days=1), "Lavori"),
        (today + timedelta(days=3), today + timedelta(days=3), ""),
    )
    assert {closure.reason for closure in page.closures} & {"Trasloco", "Lontano"} == set()
    (card,) = queries.desk_cards(now=MONDAY_AT_TEN)
    assert (card.opening.is_open, card.opening.opens_at) == (False, MONDAY_AT_TEN.replace(hour=9) + timedelta(days=2))


def test_closures_are_read_with_the_desk_or_by_themselves(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    desk, today = make_desk(), timezone.localdate()
    assert queries.closures_of(desk) == []
    DeskClosure.objects.create(desk=desk, first_day=today, last_day=today + timedelta(days=2), reason="Sciopero")
    expected = [(today, today + timedelta(days=2), "Sciopero")]
    with django_assert_num_queries(2):
        read = Desk.objects.annotate(closed_days=queries.closed_days(today)).get(pk=desk.pk)
        assert [queries.closures_of(read), queries.closures_of(desk)] == [expected, expected]


def test_a_desk_is_closed_on_holidays_and_from_the_first_to_the_last_day_of_a_closure() -> None:
    desk, first = make_desk(), date(2026, 3, 2)
    closures = [queries.Closure(first, first + timedelta(days=2), "")]
    days = [first + timedelta(days=number) for number in (-1, 0, 2, 3)]
    assert [queries.is_closing_day(desk, closures, day) for day in days] == [False, True, True, False]
    assert queries.is_closing_day(desk, closures, date(2026, 12, 25))


def test_unknown_desk() -> None:
    with pytest.raises(Desk.DoesNotExist):
        queries.desk_page("nessuno")


@pytest.fixture
def places() -> dict[str, Municipality]:
    def place(name: str, province: str = "MI", **fields: object) -> Municipality:
        return make_municipality(name=name, province_code=province, is_metropolitan=province == "MI", **fields)

    new = place("Vermezzo con Zelo")
    return {
        "segrate": place("Segrate"),
        "malgrate": place("Malgrate", "LC"),
        "cernusco": place("Cernusco sul Naviglio"),
        "lombardone": place("Cernusco Lombardone", "LC"),
        "cassina": place("Cassina de' Pecchi"),
        "bolzano": place("Bolzano/Bozen", "BZ"),
        "samone_to": place("Samone", "TO"),
        "samone_tn": place("Samone", "TN"),
        "new": new,
        "old": place("Zelo Surrigone", valid_to=date(2019, 2, 7), successor=new),
        "lost": place("Vattelapesca", valid_to=date(2019, 2, 7)),
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("segrate", ["segrate", "malgrate"]),
        ("  SEGRÀTE ", ["segrate", "malgrate"]),
        ("sgrate", ["segrate", "malgrate"]),
        ("cernusco", ["cernusco", "lombardone"]),
        ("cernusco naviglio", ["cernusco", "lombardone"]),
        ("cassina de pecchi", ["cassina"]),
        ("bozen", ["bolzano"]),
        ("Samone", ["samone_to", "samone_tn"]),
        ("Samone (TN)", ["samone_tn"]),
        ("samone (to) ", ["samone_to"]),
        ("zelo surrigone", ["new"]),
        ("vattelapesca", []),
        ("xyzzy", []),
        ("", []),
        ("%", []),
        ("'", []),
    ],
)
def test_forgiving_search(places: dict[str, Municipality], typed: str, found: list[str]) -> None:
    assert queries.search_municipalities(typed) == [places[key] for key in found]


def test_search_keeps_to_its_limit_in_one_query(
    places: dict[str, Municipality], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert queries.search_municipalities("cernusco", limit=1) == [places["cernusco"]]


def test_a_place_is_chosen_only_without_doubt(places: dict[str, Municipality]) -> None:
    assert queries.find_place("Segrate") == queries.Place(chosen=places["segrate"])
    assert queries.find_place("cassina") == queries.Place(chosen=places["cassina"])
    assert queries.find_place("zelo surrigone") == queries.Place(suggestions=(places["new"],))
    assert queries.find_place("cernusco").suggestions == (places["cernusco"], places["lombardone"])
    assert queries.find_place("samone").chosen is None
    assert queries.find_place("xyzzy") == queries.Place()


def test_metropolitan_municipalities_are_those_in_being(places: dict[str, Municipality]) -> None:
    assert [place.name for place in queries.metropolitan_municipalities()] == [
        "Cassina de' Pecchi",
        "Cernusco sul Naviglio",
        "Segrate",
        "Vermezzo con Zelo",
    ]


def test_residents_are_summed_by_sex_over_the_bands_of_the_latest_year() -> None:
    here, there = make_municipality(), make_municipality()
    MunicipalityResidents.objects.bulk_create(
        MunicipalityResidents(municipality=place, year=year, sex=sex, age_band=band, count=count)
        for place, year, sex, band, count in [
            (here, 2023, "F", AgeBand.FROM_15, 10),
            (here, 2023, "F", AgeBand.FROM_55, 5),
            (here, 2023, "M", AgeBand.FROM_25, 7),
            (here, 2023, "M", AgeBand.FROM_65, 100),
            (here, 2022, "F", AgeBand.FROM_15, 1000),
            (there, 2023, "M", AgeBand.FROM_25, 3),
        ]
    )
    women, men = Sex.FEMALE, Sex.MALE
    found = queries.residents_by_municipality()
    assert found == {
        here.pk: queries.Residents(
            2023, {(women, AgeBand.FROM_15): 10, (women, AgeBand.FROM_55): 5, (men, AgeBand.FROM_25): 7}
        ),
        there.pk: queries.Residents(2023, {(men, AgeBand.FROM_25): 3}),
    }
    own = found[here.pk]
    assert (own.total, own.of_sex(women), own.of_sex(men)) == (22, 15, 7)
    assert [own.of_age(band) for band in (AgeBand.FROM_15, AgeBand.FROM_25, AgeBand.FROM_35)] == [10, 7, 0]
    older = queries.residents_by_municipality(municipalities=[here], age_bands=[AgeBand.FROM_65])
    assert older == {here.pk: queries.Residents(2023, {(men, AgeBand.FROM_65): 100})}
    assert queries.residents_by_municipality(year=2022)[here.pk].total == 1000


def test_no_residents_counted() -> None:
    assert queries.residents_by_municipality() == {}
