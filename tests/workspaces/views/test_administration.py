"""The administrator's pages: lists of equal cost, refusals in words, nothing typed lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sportello.accounts.enums import Role
from sportello.territory.models import Accreditation, Desk, Organisation
from tests.support.personas import make_case, make_member, signed_in
from tests.support.queries import queries_of
from tests.support.territory import WORKING_MORNINGS, make_desk, make_municipality, make_organisation

pytestmark = pytest.mark.django_db
DAY = {"valid_from_day": "1", "valid_from_month": "7", "valid_from_year": "2009"}


@pytest.fixture
def agency() -> Organisation:
    return make_organisation(name="AFOL")


@pytest.fixture
def client(agency: Organisation) -> Client:
    return signed_in(make_member(Role.ADMINISTRATOR, agency))


def desk_data(desk: Desk, **fields: Any) -> dict[str, Any]:
    return {
        "name": desk.name,
        "kind": desk.kind,
        "state": desk.state,
        "municipality": f"{desk.municipality.name} (MI)",
        "address": desk.address,
        "managed_by": str(desk.managed_by_id),
        "serves": [str(desk.municipality_id)],
        **fields,
    }


def labels(client: Client) -> list[tuple[str, bool]]:
    steps = client.get(reverse("administrator_home")).context["steps"]
    return [(str(step.label).split()[0], step.is_done) for step in steps]


def test_the_home_says_what_is_missing_until_the_portal_can_receive(client: Client, agency: Organisation) -> None:
    assert labels(client) == [("Scrivi", False), ("Apri", False), ("Invita", False)]
    Accreditation.objects.create(
        organisation=agency, kind="work", register_no="1", status="definitive", valid_from="2009-07-01"
    )
    desk = make_desk(managed_by=agency)
    assert labels(client) == [("Scrivi", True), ("Apri", False), ("Invita", False)]
    make_desk(managed_by=agency, hours=WORKING_MORNINGS)
    make_member(Role.OPERATOR, agency, desk)
    assert labels(client) == [("Scrivi", True), ("Apri", True), ("Invita", True)]
    assert "Primi passi" not in client.get(reverse("administrator_home")).content.decode()


@pytest.mark.parametrize("url", ["bodies", "desks"])
def test_a_list_costs_the_same_with_one_row_and_with_many(client: Client, agency: Organisation, url: str) -> None:
    make_desk(managed_by=agency)
    with queries_of() as few:
        client.get(reverse(url))
    for number in range(26):
        make_desk(managed_by=make_organisation(name=f"Ente {number:02}"), name=f"Zeta {number:02}")
    with queries_of() as many:
        first = client.get(reverse(url))
    assert len(many) == len(few) <= 10
    second = client.get(reverse(url), {"pagina": "2"})
    assert [len(page.context["page"].object_list) for page in (first, second)] == [25, 2]


def test_a_search_finds_by_name_and_by_town_and_companies_stay_out(client: Client, agency: Organisation) -> None:
    make_organisation(kind="company", name="Afolina Srl")
    place = make_municipality(name="Cassano d'Adda")
    desk = make_desk(municipality=place, managed_by=agency, name="Punto lavoro")
    make_desk(managed_by=agency, name="Altro")
    assert [*client.get(reverse("bodies"), {"cerca": "afol"}).context["page"]] == [agency]
    for words in ("cassano d'adda", "punto"):
        assert [*client.get(reverse("desks"), {"cerca": words}).context["page"]] == [desk]
    assert "Guarda tutti gli sportelli" in client.get(reverse("desks"), {"cerca": "xyz"}).content.decode()


def test_the_form_of_a_desk_costs_the_same_whatever_it_serves(client: Client, agency: Organisation) -> None:
    counts = []
    for number in (1, 12):
        served = [make_municipality() for _each in range(number)]
        desk = make_desk(managed_by=agency, serves=served, hours=WORKING_MORNINGS)
        with queries_of() as queries:
            client.get(reverse("desk_change", kwargs={"desk": desk.pk}))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10, queries


def test_a_desk_at_work_is_not_closed_and_the_page_says_what_first(client: Client, agency: Organisation) -> None:
    desk = make_desk(managed_by=agency)
    make_case(desk)
    page = client.post(
        reverse("desk_change", kwargs={"desk": desk.pk}), desk_data(desk, state="closed", hours_3="9:00-12:00")
    )
    text = page.content.decode()
    assert (page.status_code, "Lo sportello ha ancora: 1 pratica aperta." in text) == (422, True)
    assert 'value="9:00-12:00"' in text
    desk.refresh_from_db()
    assert (desk.state, desk.opening_hours.count()) == ("open", 0)


def test_hours_are_written_and_read_by_all(client: Client, agency: Organisation) -> None:
    desk = make_desk(managed_by=agency)
    answer = client.post(reverse("desk_change", kwargs={"desk": desk.pk}), desk_data(desk, hours_1="9-12, 14-17"))
    assert answer.status_code == 302
    public = Client().get(reverse("territory:desk_detail", kwargs={"slug": desk.slug}))
    assert "9:00-12:00, 14:00-17:00" in public.content.decode()


def test_a_desk_wants_an_agency_first(client: Client, agency: Organisation) -> None:
    assert "Prima serve" not in client.get(reverse("desk_new")).content.decode()
    Organisation.objects.filter(pk=agency.pk).update(kind="other")
    assert "Prima serve un'agenzia" in client.get(reverse("desk_new")).content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "agency", "name": "Afol"}, "C&#x27;è già un ente di questo tipo con questo nome."),
        ({"kind": "municipality", "name": "Comune"}, "Scrivi di quale Comune è l&#x27;ente."),
        ({"kind": "municipality", "name": "Comune", "municipality": "Segrate"}, "Questo Comune ha già il suo ente."),
    ],
)
def test_a_body_that_cannot_be_is_refused_in_words(client: Client, fields: dict[str, str], sentence: str) -> None:
    make_organisation(kind="municipality", municipality=make_municipality(name="Segrate"), name="Municipio")
    page = client.post(reverse("body_new"), fields)
    assert (page.status_code, sentence in page.content.decode()) == (422, True)
    assert Organisation.objects.count() == 2


def test_a_body_is_corrected_but_not_ones_own_switched_off(client: Client, agency: Organisation) -> None:
    address = reverse("body_change", kwargs={"body": agency.pk})
    off = client.post(address, {"name": "AFOL Nuova", "email": "info@example.org"})
    assert (off.status_code, "È il tuo ente" in off.content.decode()) == (422, True)
    assert client.post(address, {"name": "AFOL Nuova", "email": "info@example.org", "is_active": "on"}).url == address  # type: ignore[attr-defined]
    agency.refresh_from_db()
    assert (agency.name, agency.email) == ("AFOL Nuova", "info@example.org")


def test_an_enrolment_is_added_and_then_suspended(client: Client, agency: Organisation) -> None:
    said = {"kind": "work", "register_no": "12/2009", "status": "definitive", **DAY}
    add = reverse("accreditation_add", kwargs={"body": agency.pk})
    assert client.post(add, said).status_code == 302
    assert "Questa iscrizione c&#x27;è già" in client.post(add, said).content.decode()
    row = Accreditation.objects.get()
    client.post(reverse("accreditation_change", kwargs={"accreditation": row.pk}), said | {"status": "suspended"})
    row.refresh_from_db()
    assert row.status == "suspended"


def test_bodies_that_do_not_stand_in_the_register_have_no_such_page(client: Client) -> None:
    town = make_organisation(kind="municipality", municipality=make_municipality())
    assert client.get(reverse("accreditation_add", kwargs={"body": town.pk})).status_code == 404
    firm = make_organisation(kind="company")
    assert client.get(reverse("body_change", kwargs={"body": firm.pk})).status_code == 404
