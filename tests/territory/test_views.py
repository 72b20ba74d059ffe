"""The public pages on the desks."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from sportello.territory.enums import DeskState
from tests.support.territory import WORKING_MORNINGS, make_desk, make_municipality

pytestmark = pytest.mark.django_db

MONDAY_AT_TEN = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Europe/Rome"))


@pytest.fixture(autouse=True)
def _on_monday_at_ten() -> Iterator[None]:
    with time_machine.travel(MONDAY_AT_TEN, tick=False):
        yield


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    segrate = make_municipality(name="Segrate", istat_code="015205")
    for _ in range(count):
        make_desk(municipality=segrate, serves=[segrate], hours=WORKING_MORNINGS)
    client.get("/sportelli/")  # reads the icons' file once
    with django_assert_num_queries(5):
        page = client.get("/sportelli/", {"comune": "Segrate"})
    assert page.content.decode().count("Serve chi vive a Segrate.") == count


def test_list_says_when_each_desk_receives(client: Client) -> None:
    make_desk(name="Aperto", hours=WORKING_MORNINGS)
    make_desk(name="Domani", hours=[(2, time(9, 30), time(12))])
    make_desk(name="Oggi", hours=[(1, time(14), time(17))])
    make_desk(name="Programma", state=DeskState.PLANNED)
    make_desk(name="Senza orari")
    make_desk(name="Venerdì", hours=[(5, time(9), time(12))], state=DeskState.TEMPORARY)
    text = text_of(client, "/sportelli/")
    for expected in (
        "Aperto Aperto adesso Chiude alle 12:30.",
        "Domani Chiuso adesso Apre domani alle 9:30.",
        "Oggi Chiuso adesso Apre oggi alle 14:00.",
        "Programma In programma Questo sportello non riceve ancora.",
        "Senza orari Chiuso adesso Telefona per sapere quando riceve.",
        "Venerdì Chiuso adesso Temporaneo Apre venerdì 6 marzo alle 9:00.",
    ):
        assert expected in text


def test_open_now_leaves_the_others_out(client: Client) -> None:
    make_desk(name="Aperto ora", hours=WORKING_MORNINGS)
    make_desk(name="Chiuso ora")
    text = text_of(client, "/sportelli/?aperti=on")
    assert "1 sportello" in text
    assert ("Aperto ora" in text, "Chiuso ora" in text) == (True, False)


def test_nearest_first_with_the_distance_written_in_italian(client: Client) -> None:
    segrate = make_municipality(name="Segrate")
    make_desk(name="A Melzo", municipality=make_municipality(name="Melzo", latitude=45.5, longitude=9.42))
    make_desk(name="B Segrate", municipality=segrate, serves=[segrate])
    text = text_of(client, "/sportelli/?comune=segrate")
    assert "2 sportelli per chi vive a Segrate" in text
    assert text.index("B Segrate") < text.index("A Melzo")
    assert text.index("È nel tuo Comune.") < text.index("A 11,1 km in linea d'aria.")


def test_doubtful_name_is_asked_back(client: Client) -> None:
    make_municipality(name="Cernusco sul Naviglio")
    make_municipality(name="Cernusco Lombardone", province_code="LC", is_metropolitan=False)
    page = client.get("/sportelli/", {"comune": "cernusco", "aperti": "on"}).content.decode()
    assert "Quale Comune intendi con «cernusco»?" in page
    link = "/sportelli/?comune=Cernusco%20Lombardone+%28LC%29&amp;aperti=on"
    assert link in page
    assert "per chi vive a Cernusco Lombardone" not in page
    make_desk()
    assert "per chi vive a Cernusco Lombardone" in text_of(client, "/sportelli/?comune=Cernusco%20Lombardone+%28LC%29")


def test_unknown_name_shows_all_and_is_escaped(client: Client) -> None:
    make_desk(name="Eccomi")
    page = client.get("/sportelli/", {"comune": "<b>xyzzy"}).content.decode()
    assert "Nessun Comune si chiama «&lt;b&gt;xyzzy»" in page
    assert "Eccomi" in page


def test_too_long_a_name_is_an_error_of_its_field(client: Client) -> None:
    make_desk(name="Eccomi")
    page = client.get("/sportelli/", {"comune": "x" * 101}).content.decode()
    assert 'id="id_comune_error"' in page
    assert "Eccomi" in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Non c'è ancora nessuno sportello."),
        ("?aperti=on", "In questo momento nessuno sportello è aperto."),
    ],
)
def test_honest_when_empty(client: Client, query: str, sentence: str) -> None:
    assert sentence in text_of(client, f"/sportelli/{query}")


def test_desk_page_has_all_it_takes_to_go_there(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = make_municipality(name="Cassina de' Pecchi", istat_code="015060")
    make_desk(
        slug="cassina",
        name="Sportello di Cassina",
        municipality=place,
        phone="+39 02 954401",
        email="lavoro@cassina.example",
        serves=[place, make_municipality(name="Bussero")],
        hours=[(1, time(9), time(12, 30)), (1, time(14), time(16))],
    )
    client.get("/sportelli/")
    with django_assert_num_queries(3):
        page = client.get("/sportelli/cassina/").content.decode()
    assert 'href="https://www.openstreetmap.org/directions?to=45.48000%2C9.28000"' in page
    assert 'href="tel:+3902954401"' in page
    assert 'href="mailto:lavoro@cassina.example"' in page
    text = text_of(client, "/sportelli/cassina/")
    assert "Lunedì 9:00-12:30, 14:00-16:00 Martedì chiuso" in text
    assert "lunedì 6 aprile 2026: " + escape("Lunedì dell'Angelo") in text
    assert escape("Bussero, Cassina de' Pecchi.") in text


def test_a_desk_closed_for_good_says_so_and_has_no_hours(client: Client) -> None:
    make_desk(slug="chiuso", state=DeskState.CLOSED, hours=WORKING_MORNINGS)
    text = text_of(client, "/sportelli/chiuso/")
    assert "Questo sportello non riceve più." in text
    assert "Orari" not in text


def test_unknown_desk_is_not_found_and_pages_only_answer_reads(client: Client) -> None:
    assert client.get("/sportelli/nessuno/").status_code == 404
    assert client.post("/sportelli/").status_code == 405
