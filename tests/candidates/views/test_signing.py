"""The signature page by page: a colleague approves, the operator confirms who they are, the person signs."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from candidates.models import Candidate, PactReview, ServicePact
from candidates.services import signing as service
from candidates.states import PactState, ReviewState
from sportello.accounts.models import User
from sportello.core.models import AccessLogEntry, Message
from tests.support.pacts import BY, a_case, a_draft, frozen, make_status_rules, sign_both
from tests.support.personas import PASSWORD, make_operator, make_user, scope, signed_in
from tests.support.queries import asked, queries_of

pytestmark = pytest.mark.django_db

LINE = "M10 10" + "".join(f"L{20 + 7 * n} {30 + 5 * n}" for n in range(20))


def at_the_desk(**desk: Any) -> tuple[ServicePact, User, Client]:
    pact = a_draft(a_case(**desk))
    operator = pact.case.responsible_operator
    assert operator
    return pact, operator, signed_in(operator)


def url(name: str, pact: ServicePact) -> str:
    return reverse(name, kwargs={"pact": pact.pk})


def test_the_operator_signs_with_the_password_and_the_person_with_a_drawing() -> None:
    pact, operator, client = at_the_desk()
    make_status_rules()
    asked_again = client.post(url("freeze_pact", pact))
    assert asked_again["Location"].startswith(reverse("account_reauthenticate"))
    assert ServicePact.objects.get().operator_signed_at is None
    done = client.post(asked_again["Location"], {"password": PASSWORD})
    assert done["Location"] == url("sign_pact", pact)
    assert ServicePact.objects.get().operator_signed_by == operator
    page = client.get(done["Location"])
    assert page.status_code == 200
    assert "Tre candidature alla settimana" in page.content.decode()
    assert client.post(done["Location"], {"way": "drawn", "drawing": "M1 1"}).status_code == 422
    assert client.post(done["Location"], {"way": "drawn", "drawing": LINE}).status_code == 302
    assert ServicePact.objects.get().drawing == LINE


def test_a_wrong_password_signs_nothing() -> None:
    pact, _operator, client = at_the_desk()
    make_status_rules()
    asked_again = client.post(url("freeze_pact", pact))
    assert client.post(asked_again["Location"], {"password": "sbagliata"}).status_code == 200
    assert ServicePact.objects.get().operator_signed_at is None


def test_the_person_types_the_code_at_the_desk() -> None:
    pact, _operator, client = at_the_desk()
    frozen(pact)
    address = url("sign_pact", pact)
    assert client.post(url("send_signing_code", pact))["Location"] == address
    found = re.search(r"^\d{6}$", Message.objects.get(kind="signing_code").body, re.MULTILINE)
    assert found
    wrong = client.post(address, {"way": "code", "code": f"{(int(found[0]) + 1) % 1_000_000:06d}"})
    assert (wrong.status_code, ServicePact.objects.get().state) == (422, PactState.DRAFT)
    assert client.post(address, {"way": "code", "code": found[0]}).status_code == 302
    assert ServicePact.objects.get().person_signed_how == "code"


def test_without_a_code_the_page_says_to_send_one() -> None:
    pact, _operator, client = at_the_desk()
    frozen(pact)
    page = client.post(url("sign_pact", pact), {"way": "code", "code": "123456"})
    assert page.status_code == 422
    assert "mandane un altro" in page.content.decode()


def test_on_paper_both_say_that_they_read_it() -> None:
    pact, _operator, client = at_the_desk()
    frozen(pact)
    assert client.post(url("sign_pact", pact), {"way": "paper"}).status_code == 422
    client.post(url("sign_pact", pact), {"way": "paper", "read_together": "on"})
    assert ServicePact.objects.get().state == PactState.SIGNED


def test_before_the_operator_there_is_nothing_to_sign() -> None:
    pact, _operator, client = at_the_desk()
    back = client.get(url("sign_pact", pact))
    assert back["Location"] == reverse("pact", kwargs={"case": pact.case_id})


def test_a_colleague_approves_and_never_who_wrote_it() -> None:
    pact, operator, client = at_the_desk(reviews_pacts=True)
    ServicePact.objects.update(written_by=operator)
    page = reverse("pact", kwargs={"case": pact.case_id})
    assert "Pronto per la verifica" in client.get(page).content.decode()
    client.post(url("ask_pact_review", pact))
    review = PactReview.objects.get()
    answer = reverse("decide_pact_review", kwargs={"review": review.pk})
    assert answer not in client.get(page).content.decode()
    client.post(answer, {"approves": "si"})
    review.refresh_from_db()
    assert review.state == ReviewState.ASKED
    colleague = signed_in(make_operator(pact.case.desk))
    colleague.post(reverse("reading_reason", kwargs={"candidate": pact.case.candidate_id}), {"purpose": "check"})
    html = colleague.get(reverse("pacts_to_review")).content.decode()
    assert str(pact.case.candidate) in html
    assert answer in colleague.get(page).content.decode()
    colleague.post(answer, {"approves": "no"})
    review.refresh_from_db()
    assert review.state == ReviewState.ASKED
    colleague.post(answer, {"approves": "si"})
    review.refresh_from_db()
    assert review.state == ReviewState.APPROVED
    assert "Firma come operatore" in client.get(page).content.decode()


def test_drafts_to_review_cost_the_same_for_one_and_three() -> None:
    case = a_case(reviews_pacts=True)
    client = signed_in(make_operator(case.desk))
    costs = []
    for more in (1, 2):
        for _ in range(more):
            other = a_case()
            type(other).objects.filter(pk=other.pk).update(desk=case.desk)
            other.refresh_from_db()
            service.ask_review(pact=a_draft(other), by=scope(make_operator(case.desk)))
        costs.append(asked(client, reverse("pacts_to_review"))[1])
    assert costs[0] == costs[1]
    assert costs[0] <= 10


def test_the_person_signs_from_home_with_their_own_password() -> None:
    pact, _operator, _client = at_the_desk()
    user = make_user()
    Candidate.objects.filter(pk=pact.case.candidate_id).update(user=user)
    frozen(pact)
    home = signed_in(user)
    assert url("sign_my_pact", pact) in home.get(reverse("my_pact")).content.decode()
    assert home.get(url("sign_my_pact", pact)).status_code == 200
    asked_again = home.post(url("sign_my_pact", pact), {"agrees": "on"})
    assert asked_again["Location"].startswith(reverse("account_reauthenticate"))
    home.post(asked_again["Location"], {"password": PASSWORD})
    signed = ServicePact.objects.get()
    assert (signed.state, signed.person_signed_how) == (PactState.SIGNED, "account")
    assert home.get(url("sign_my_pact", pact)).status_code == 404


def test_nobody_signs_for_another() -> None:
    pact, _operator, _client = at_the_desk()
    frozen(pact)
    stranger = make_user()
    other = a_case()
    Candidate.objects.filter(pk=other.candidate_id).update(user=stranger)
    assert signed_in(stranger).get(url("sign_my_pact", pact)).status_code == 404


def test_both_download_the_print_and_the_reading_is_noted() -> None:
    pact, _operator, client = at_the_desk()
    user = make_user()
    Candidate.objects.filter(pk=pact.case.candidate_id).update(user=user)
    signed = service.print_pact(pact=sign_both(pact), by=BY)
    AccessLogEntry.objects.all().delete()
    for browser, name in ((client, "pact_file"), (signed_in(user), "my_pact_file")):
        answer = browser.get(url(name, signed))
        assert answer["Content-Type"] == "application/pdf"
        assert answer.getvalue().startswith(b"%PDF")
    assert AccessLogEntry.objects.get().subject_id == pact.case.candidate_id


def test_the_page_of_the_pact_shows_its_versions_within_ten_queries() -> None:
    pact, _operator, client = at_the_desk()
    service.print_pact(pact=sign_both(pact), by=BY)
    sign_both(a_draft(pact.case))
    a_draft(pact.case)
    page = reverse("pact", kwargs={"case": pact.case_id})
    client.get(page)
    with queries_of() as queries:
        html = client.get(page).content.decode()
    assert [n for n in (1, 2) if f"Versione {n}," in html] == [1, 2]
    assert url("pact_file", pact) in html
    assert len(queries) <= 10
