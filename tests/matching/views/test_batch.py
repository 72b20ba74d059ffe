"""A batch asks first, says how many, and does no more than each case allows."""

import pytest
from django.urls import reverse

from candidates.models import BookingInvitation, Case, CaseTag
from sportello.accounts.enums import Role
from tests.support.agenda import make_rules
from tests.support.personas import make_case, make_member, make_operator, signed_in
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_cases_chosen_are_confirmed_then_handed_over() -> None:
    make_rules()
    desk = make_desk()
    leaves, takes = make_operator(desk), make_operator(desk)
    client = signed_in(make_member(Role.COORDINATOR, desk.managed_by, desk))
    cases = [make_case(desk, operator=leaves) for _ in range(2)]
    stranger = make_case(make_desk(), operator=leaves)
    url = f"{reverse('batch')}?responsabile={leaves.pk}"
    keys = [str(case.pk) for case in (*cases, stranger)]
    page = client.post(url, {"azione": "affida", "pratica": [*keys, "nulla"]})
    assert (page.status_code, "2 pratiche scelte" in page.content.decode()) == (200, True)
    asked = {"azione": "affida", "pratica": keys, "conferma": "1"}
    assert client.post(url, asked).status_code == 422
    done = client.post(url, {**asked, "operator": takes.pk, "reason": "congedo"}, follow=True)
    assert "Fatto per 2 pratiche." in done.content.decode()
    assert set(Case.objects.filter(responsible_operator=takes)) == set(cases)


def test_all_of_the_list_are_those_of_its_filters() -> None:
    make_rules()
    desk = make_desk()
    operator = make_operator(desk)
    client = signed_in(operator)
    young = make_case(desk, operator=operator, target_area="youth")
    make_case(desk, operator=operator)
    url = f"{reverse('batch')}?area=youth"
    page = client.post(url, {"azione": "etichetta", "tutte": "1"})
    assert [case.pk for case in page.context["cases"]] == [young.pk]
    words = {"azione": "etichetta", "pratica": [str(young.pk)], "conferma": "1", "what": "metti", "name": "marzo"}
    client.post(url, words)
    again = client.post(url, words, follow=True)
    assert "1 pratica è rimasta com'era" in again.content.decode().replace("&#x27;", "'")
    assert [tag.case for tag in CaseTag.objects.all()] == [young]
    client.post(url, {**words, "what": "togli"})
    assert CaseTag.objects.count() == 0


def test_people_are_invited_and_cases_closed() -> None:
    make_rules()
    desk = make_desk()
    operator = make_operator(desk)
    client = signed_in(operator)
    case = make_case(desk, operator=operator)
    chosen = {"pratica": [str(case.pk)], "conferma": "1"}
    client.post(reverse("batch"), {"azione": "invita", **chosen})
    assert BookingInvitation.objects.get().candidate == case.candidate
    client.post(reverse("batch"), {"azione": "chiudi", "closing": "placed", **chosen})
    case.refresh_from_db()
    assert (case.state, case.closing) == ("closed", "placed")


def test_nothing_chosen_and_nothing_known_do_nothing() -> None:
    make_rules()
    client = signed_in(make_operator())
    nobody = client.post(reverse("batch"), {"azione": "chiudi"}, follow=True)
    assert "Scegli almeno una pratica" in nobody.content.decode()
    assert client.post(reverse("batch"), {"azione": "cancella"}).status_code == 404
