"""A person's applications, as they read and steer them."""

import pytest

from matching.models import Referral
from matching.states import ReferralState
from tests.support.employers import make_vacancy
from tests.support.matching import citizen_of, make_referral
from tests.support.personas import make_candidate, make_user, signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db


def test_my_applications_cost_the_same_for_one_and_three() -> None:
    first = make_referral()
    client = citizen_of(first)
    costs = [asked(client, "/mia-pagina/candidature/")[1]]
    for _ in range(2):
        make_referral(candidate=first.candidate)
    make_referral()
    html, cost = asked(client, "/mia-pagina/candidature/")
    assert html.count('<h2 class="h5 mb-1">') == 3
    assert costs[0] == cost <= 10


def test_my_jobs_are_mine() -> None:
    assert "Lavori per te" in asked(citizen_of(make_referral()), "/mia-pagina/lavori/")[0]
    assert signed_in(make_user()).get("/mia-pagina/lavori/").status_code == 404


def test_person_answers_and_takes_back() -> None:
    referral = make_referral(state=ReferralState.CONSENT_ASKED)
    client = citizen_of(referral)
    url = f"/mia-pagina/candidature/{referral.pk}/"
    assert referral.candidate.last_name in asked(client, url)[0]
    assert client.post(url, {"agreed": ""}).status_code == 422
    assert client.post(url, {"agreed": "yes"}).status_code == 302
    referral.refresh_from_db()
    assert referral.state == ReferralState.SENT
    assert client.post(f"{url}ritira/").status_code == 302
    referral.refresh_from_db()
    assert referral.state == ReferralState.WITHDRAWN


def test_another_persons_question_does_not_exist() -> None:
    client = citizen_of(make_referral())
    other = make_referral(state=ReferralState.CONSENT_ASKED)
    assert client.get(f"/mia-pagina/candidature/{other.pk}/").status_code == 404
    assert client.post(f"/mia-pagina/candidature/{other.pk}/", {"agreed": "yes"}).status_code == 404


def test_interest_shows_first_and_sends_on_the_yes() -> None:
    vacancy = make_vacancy()
    user = make_user()
    make_candidate(vacancy.desk, user=user)
    client = signed_in(user)
    html = client.get(f"/offerte/{vacancy.pk}/").content.decode()
    assert f"/offerte/{vacancy.pk}/mi-interessa/" in html
    client.get(f"/offerte/{vacancy.pk}/mi-interessa/")
    assert not Referral.objects.exists()
    client.post(f"/offerte/{vacancy.pk}/mi-interessa/")
    assert Referral.objects.get().state == ReferralState.SENT
