"""A person moves from one desk to another, page by page."""

import pytest
from django.urls import reverse

from candidates.models import Candidate, Case, Reorientation
from candidates.states import CaseState, ReorientationState
from tests.support.pacts import a_case
from tests.support.personas import make_operator, make_user, signed_in
from tests.support.queries import asked
from tests.support.reorientation import ask_desk
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_one_asks_the_other_accepts_and_the_case_is_theirs() -> None:
    case, desk = a_case(), make_desk()
    assert case.responsible_operator
    here, there = signed_in(case.responsible_operator), signed_in(make_operator(desk))
    ask = reverse("ask_reorientation", kwargs={"case": case.pk})
    assert here.post(ask, {"desk": case.desk_id, "motive": "M"}).status_code == 422
    assert here.post(ask, {"desk": desk.pk, "motive": "Abita lì"}).status_code == 302
    request = Reorientation.objects.get()
    answer = reverse("answer_reorientation", kwargs={"reorientation": request.pk})
    page = there.get(reverse("reorientations")).content.decode()
    assert str(case.candidate) in page
    assert answer in page
    assert here.get(answer).status_code == 404
    assert there.post(answer, {"accepts": "no"}).status_code == 422
    file = reverse("case_file", kwargs={"candidate": case.candidate_id})
    assert there.get(file).status_code == 404
    assert there.post(answer, {"accepts": "si"}).status_code == 302
    assert there.get(file).status_code == 200
    assert here.get(file).status_code == 404
    assert Case.objects.get(state=CaseState.OPEN).desk == desk


def test_a_no_and_a_withdrawal_leave_the_case_where_it_is() -> None:
    case, desk = a_case(), make_desk()
    assert case.responsible_operator
    here, there = signed_in(case.responsible_operator), signed_in(make_operator(desk))
    first = ask_desk(case, desk)
    there.post(
        reverse("answer_reorientation", kwargs={"reorientation": first.pk}), {"accepts": "no", "answer": "Pieno"}
    )
    second = ask_desk(case, desk)
    here.post(reverse("withdraw_reorientation", kwargs={"reorientation": second.pk}))
    states = set(Reorientation.objects.values_list("state", flat=True))
    assert states == {ReorientationState.DENIED, ReorientationState.WITHDRAWN}
    assert Case.objects.get().desk == case.desk


def test_the_list_costs_the_same_for_one_and_three() -> None:
    desk = make_desk()
    client = signed_in(make_operator(desk))
    costs = []
    for more in (1, 2):
        for _ in range(more):
            ask_desk(a_case(), desk)
        costs.append(asked(client, reverse("reorientations"))[1])
    assert costs[0] == costs[1]
    assert costs[0] <= 10


def test_who_closes_sees_the_balance_first_and_the_person_reads_it_after() -> None:
    case = a_case()
    user = make_user()
    Candidate.objects.filter(pk=case.candidate_id).update(user=user)
    assert case.responsible_operator
    client = signed_in(case.responsible_operator)
    close = reverse("close_case", kwargs={"case": case.pk})
    assert "Il bilancio fino a oggi" in client.get(close).content.decode()
    client.post(close, {"closing": "gave_up", "note": "Si trasferisce"})
    client.post(reverse("reading_reason", kwargs={"candidate": case.candidate_id}), {"purpose": "check"})
    file = client.get(reverse("case_file", kwargs={"candidate": case.candidate_id})).content.decode()
    assert "Bilancio della pratica chiusa" in file
    mine = signed_in(user).get(reverse("my_balance")).content.decode()
    assert "Non desidera più il servizio" in mine
    assert "Si trasferisce" not in mine
