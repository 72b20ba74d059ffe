"""The people of a body, page by page."""

import pytest
from django.test import Client
from django.urls import reverse

from employers.models import Company
from sportello.accounts.enums import Part, Role
from sportello.accounts.models import ApiKey, Membership
from sportello.accounts.scope import Scope
from sportello.accounts.services.keys import make_key
from tests.support.employers import make_company, make_company_user
from tests.support.personas import make_member, signed_in
from tests.support.queries import asked, queries_of
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def test_a_large_body_shows_its_people_by_pages_of_equal_cost() -> None:
    desk = make_desk()
    keeper = make_member(Role.ADMINISTRATOR, desk.managed_by, last_name="Aa")
    Membership.objects.filter(user=keeper).update(is_admin=True)
    client, url = signed_in(keeper), reverse("team", kwargs={"organisation": desk.managed_by_id})
    make_member(Role.OPERATOR, desk.managed_by, desk, last_name="Bb")
    with queries_of() as few:
        client.get(url)
    for number in range(24):
        make_member(Role.OPERATOR, desk.managed_by, desk, last_name=f"Cc{number:02}")
    stranger = make_member(Role.OPERATOR, make_desk().managed_by, last_name="Dd")
    with queries_of() as many:
        first = client.get(url)
    second = client.get(url, {"pagina": "2"})
    assert len(many) == len(few) <= 10
    names = [m.user.last_name for page in (first, second) for m in page.context["page"]]
    assert names == ["Aa", "Bb", *(f"Cc{number:02}" for number in range(24))]
    assert stranger.email not in second.content.decode()


def keeper_of(company: Company) -> Client:
    user = make_company_user(company)
    Membership.objects.filter(user=user).update(is_admin=True)
    return signed_in(user)


def test_a_new_key_is_shown_once_and_opens() -> None:
    company = make_company()
    client, url = keeper_of(company), reverse("api_keys", kwargs={"organisation": company.organisation_id})
    page = client.post(url, {"name": "Gestionale", "scopes": ["vacancies:read"], "days": "30"})
    secret = page.context["secret"]
    assert (page.content.decode().count(secret), page["Cache-Control"]) == (1, "no-store, private")
    again = client.get(url).content.decode()
    assert secret not in again
    assert ApiKey.objects.get().prefix in again
    door = Client().get("/api/v1/company/workplaces", headers={"Authorization": f"Bearer {secret}"})
    assert door.status_code == 200


def test_a_revoked_key_opens_nothing() -> None:
    company = make_company()
    client = keeper_of(company)
    page = client.post(
        reverse("api_keys", kwargs={"organisation": company.organisation_id}),
        {"name": "Gestionale", "scopes": ["vacancies:read"], "days": "30"},
    )
    client.post(reverse("revoke_api_key", kwargs={"api_key": ApiKey.objects.get().pk}))
    headers = {"Authorization": f"Bearer {page.context['secret']}"}
    assert Client().get("/api/v1/company/workplaces", headers=headers).status_code == 401


def test_only_a_companys_own_administrator_makes_its_keys() -> None:
    company, other = make_company(), make_company()
    portal = make_member(Role.ADMINISTRATOR, company.desk.managed_by)
    Membership.objects.filter(user=portal).update(is_admin=True)
    url = reverse("api_keys", kwargs={"organisation": company.organisation_id})
    clients = [signed_in(make_company_user(company)), keeper_of(other), signed_in(portal)]
    assert [client.get(url).status_code for client in clients] == [404, 404, 404]
    desk_url = reverse("api_keys", kwargs={"organisation": company.desk.managed_by_id})
    assert signed_in(portal).get(desk_url).status_code == 404


def test_a_key_that_does_nothing_is_not_made() -> None:
    company = make_company()
    url = reverse("api_keys", kwargs={"organisation": company.organisation_id})
    assert keeper_of(company).post(url, {"name": "x", "days": "30"}).status_code == 422
    assert ApiKey.objects.count() == 0


def test_the_page_of_keys_costs_the_same_for_one_and_three() -> None:
    company = make_company()
    client, url = keeper_of(company), reverse("api_keys", kwargs={"organisation": company.organisation_id})
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_key(organisation=company.organisation, name="x", scopes=["vacancies:read"], days=9, by=BY)
        html, cost = asked(client, url)
        assert html.count('scope="row"') == ApiKey.objects.count()
        costs.append(cost)
    assert costs[0] == costs[1] <= 10


def test_an_administrator_of_a_company_says_what_each_may_do() -> None:
    company = make_company()
    client, reader = keeper_of(company), make_company_user(company, Part.READS)
    membership = Membership.objects.get(user=reader)
    team = reverse("team", kwargs={"organisation": company.organisation_id})
    there = reverse("change_part", kwargs={"membership": membership.pk})
    html = client.get(team).content.decode()
    assert there in html
    assert str(Part.READS.label) in html
    assert client.get(there).context["form"]["part"].value() == Part.READS
    assert client.post(there).status_code == 422
    assert client.post(there, {"part": "2"}).url == team  # type: ignore[attr-defined]
    membership.refresh_from_db()
    assert membership.part == Part.DECIDES
    keeper = Membership.objects.get(organisation=company.organisation, is_admin=True)
    last = reverse("change_part", kwargs={"membership": keeper.pk})
    assert "ultima persona" in client.post(last, {"part": "1"}, follow=True).content.decode()
    keeper.refresh_from_db()
    assert keeper.part == Part.ADMINISTERS


def test_nobody_else_gives_parts_and_only_a_company_has_them() -> None:
    company, other = make_company(), make_company()
    decides = make_company_user(company)
    there = reverse("change_part", kwargs={"membership": Membership.objects.get(user=decides).pk})
    for client in (signed_in(decides), keeper_of(other)):
        assert client.post(there, {"part": "3"}).status_code == 404
    desk = make_desk()
    keeper = make_member(Role.COORDINATOR, desk.managed_by, desk)
    Membership.objects.filter(user=keeper).update(is_admin=True)
    mine = reverse("change_part", kwargs={"membership": Membership.objects.get(user=keeper).pk})
    assert signed_in(keeper).post(mine, {"part": "1"}).status_code == 404
