"""The status on the person's page and on the desk's."""

import pytest
from django.urls import reverse

from candidates.models import Candidate, WorkSpell
from tests.support.personas import make_candidate, make_case, make_operator, make_user, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.usefixtures("vocabulary")

SAID = {"kind": "job", "starts_on_day": "2", "starts_on_month": "3", "starts_on_year": "2026", "employer": "Rossi"}


@pytest.fixture
def person() -> Candidate:
    desk = make_desk()
    return make_case(desk, candidate=make_candidate(desk, user=make_user()), operator=make_operator(desk)).candidate


def test_the_person_adds_and_takes_back_their_own(person: Candidate) -> None:
    assert person.user
    client, url = signed_in(person.user), reverse("my_status")
    assert client.post(url, {**SAID, "starts_on_month": "13"}).status_code == 422
    page = client.post(url, SAID, follow=True).content.decode()
    assert "Rossi" in page
    spell = WorkSpell.objects.get(candidate=person)
    assert spell.provenance == "self"
    client.post(reverse("remove_my_spell", kwargs={"spell": spell.pk}))
    assert not WorkSpell.objects.exists()


def test_what_a_notice_says_nobody_takes_back(person: Candidate) -> None:
    assert person.user
    case = person.cases.get()
    assert case.responsible_operator
    spell = WorkSpell.objects.create(candidate=person, kind="job", starts_on="2026-03-02", provenance="notice")
    mine = reverse("remove_my_spell", kwargs={"spell": spell.pk})
    theirs = reverse("remove_person_spell", kwargs={"candidate": person.pk, "spell": spell.pk})
    assert signed_in(person.user).post(mine).status_code == 404
    assert signed_in(case.responsible_operator).post(theirs).status_code == 404
    WorkSpell.objects.update(provenance="desk")
    assert signed_in(person.user).post(mine).status_code == 404
    assert signed_in(case.responsible_operator).post(theirs).status_code == 302
    assert not WorkSpell.objects.exists()


def test_both_pages_cost_the_same_for_one_and_three_spells(person: Candidate) -> None:
    assert person.user
    case = person.cases.get()
    assert case.responsible_operator
    pages = (
        (signed_in(person.user), reverse("my_status")),
        (signed_in(case.responsible_operator), reverse("person_status", kwargs={"candidate": person.pk})),
    )
    costs: list[list[int]] = [[], []]
    for day in (1, 2, 3):
        WorkSpell.objects.create(candidate=person, kind="job", starts_on=f"2026-03-0{day}", provenance="desk")
        for number, (client, url) in enumerate(pages):
            html, cost = asked(client, url)
            assert "È un&#x27;indicazione" in html or "È un'indicazione" in html
            costs[number].append(cost)
    for one, _two, three in costs:
        assert one == three <= 10


def test_a_strangers_status_does_not_exist(person: Candidate) -> None:
    stranger = signed_in(make_operator(make_desk()))
    url = reverse("person_status", kwargs={"candidate": person.pk})
    assert stranger.get(url).status_code == 404
    assert signed_in(make_user()).get(reverse("my_status")).status_code == 404
