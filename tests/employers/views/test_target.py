"""The desk follows companies to be won."""

import pytest
from django.urls import reverse
from django.utils import timezone

from employers.models import TargetCompany
from employers.services.company import log_visit
from employers.services.target import link_company
from sportello.accounts.scope import Scope
from tests.employers.forms.test_settlement import days
from tests.support.employers import make_company, make_target
from tests.support.personas import make_official, make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_the_pipeline_costs_the_same_for_one_and_three() -> None:
    desk = make_desk()
    me, costs = make_operator(desk), []
    client = signed_in(me)
    for more in (1, 2):
        for _ in range(more):
            make_target(me, desk)
        html, cost = asked(client, reverse("targets"))
        assert html.count('<th scope="row">') == TargetCompany.objects.count()
        costs.append(cost)
    assert costs[0] == costs[1] <= 10


def test_one_is_written_moved_joined_and_has_its_visits() -> None:
    desk = make_desk()
    me = make_operator(desk)
    client, town = signed_in(me), desk.municipality
    said = {"name": "Forno", "municipality": f"{town.name} ({town.province_code})", "desk": desk.pk, "owner": me.pk}
    assert client.post(reverse("target_new"), {**said, "name": ""}).status_code == 422
    assert client.post(reverse("target_new"), said).status_code == 302
    assert client.post(reverse("target_new"), said).status_code == 422  # the same company twice
    made = TargetCompany.objects.get()
    page, step, link = (
        reverse(name, kwargs={"target": made.pk}) for name in ("target_detail", "target_step", "target_link")
    )
    today = timezone.localdate()
    when = days(happened_on=(today.day, today.month, today.year))
    assert client.post(step, {"to": "hired", **when}).status_code == 422
    assert client.post(step, {"to": "contacted", "note": "Detto di sì", **when}).status_code == 302
    company = make_company(desk, vat_number="12345670017")
    assert client.post(link, {"vat_number": "00743110157"}).status_code == 422
    assert client.post(link, {"vat_number": "12345670017"}).status_code == 302
    log_visit(
        met=company,
        kind="on_site",
        visited_on=today,
        desk=desk,
        municipality=town,
        notes="",
        by=Scope.of_process("tests"),
    )
    html, cost = asked(client, page)
    assert [words in html for words in ("Detto di sì", str(company), "In azienda")] == [True] * 3
    assert cost <= 10
    change = reverse("target_change", kwargs={"target": made.pk})
    assert client.post(change, {**said, "name": "Forno Bianchi"}).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.state, made.company) == ("Forno Bianchi", "contacted", company)


def test_a_visit_is_written_before_the_company_is_registered_and_read_on_its_page_afterwards() -> None:
    desk = make_desk()
    me = make_operator(desk)
    made, client, today = make_target(me, desk), signed_in(me), timezone.localdate()
    there = reverse("target_visits", kwargs={"target": made.pk})
    town = desk.municipality
    said = {
        "kind": "on_site",
        "desk": desk.pk,
        "municipality": f"{town.name} ({town.province_code})",
        "notes": "Cercano due cuoche",
    }
    assert client.post(there, {"kind": "on_site"}).status_code == 422
    assert client.post(there, said | days(visited_on=(today.day, today.month, today.year))).status_code == 302
    html, cost = asked(client, there)
    assert "Cercano due cuoche" in html
    assert cost <= 10
    assert "In azienda" in client.get(reverse("target_detail", kwargs={"target": made.pk})).content.decode()
    company = make_company(desk)
    link_company(target=made, company=company, by=Scope.of_process("tests"))
    visits = reverse("company_visits", kwargs={"company": company.pk})
    assert client.get(there).headers["Location"] == visits
    assert "Cercano due cuoche" in client.get(visits).content.decode()
    assert "In azienda" in client.get(reverse("company_detail", kwargs={"company": company.pk})).content.decode()


def test_mine_and_a_state_narrow_the_list_and_what_is_late_says_so() -> None:
    desk = make_desk()
    me, other = make_operator(desk), make_operator(desk)
    make_target(me, desk, name="Mia", next_step="Chiamare", next_step_on=timezone.localdate().replace(year=2020))
    make_target(other, desk, name="Sua", state="contacted")
    client = signed_in(me)

    def named(query: str) -> list[bool]:
        html = client.get(reverse("targets") + query).content.decode()
        return [f">{name}</a>" in html for name in ("Mia", "Sua")]

    assert [named(q) for q in ("", "?mie=1", "?stato=contacted")] == [[True, True], [True, False], [False, True]]
    assert "in ritardo" in client.get(reverse("targets")).content.decode()


def test_it_is_for_the_desk_alone() -> None:
    assert signed_in(make_official()).get(reverse("targets")).status_code == 404
