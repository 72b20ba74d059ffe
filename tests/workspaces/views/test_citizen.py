"""My page: mine alone, within its queries."""

import pytest
from django.urls import reverse

from candidates.queries.registration import contact_days
from tests.support.employers import make_rule, make_vacancy
from tests.support.matching import make_referral
from tests.support.personas import make_candidate, make_case, make_operator, make_user, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

HOME = reverse("citizen_home")


def test_an_account_without_a_record_is_led_to_the_registration() -> None:
    assert signed_in(make_user()).get(HOME).url == reverse("registration_start")  # type: ignore[attr-defined]


def test_who_waits_reads_within_how_many_days_the_desk_calls() -> None:
    make_rule("first_contact_days", 5)
    user, desk = make_user(), make_desk()
    person = make_candidate(desk, user=user)
    client = signed_in(user)
    assert client.get(HOME).context["contact_days"] == contact_days()
    make_case(desk, candidate=person)
    assert client.get(HOME).context["contact_days"] is None


def test_it_costs_the_same_with_one_and_three_applications_and_shows_no_others() -> None:
    user, desk = make_user(), make_desk()
    person = make_case(desk, candidate=make_candidate(desk, user=user)).candidate
    client = signed_in(user)
    make_referral(make_vacancy(title="Lavoro di altri"))
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_referral(make_vacancy(), person)
        html, cost = asked(client, HOME)
        assert "Lavoro di altri" not in html
        costs.append(cost)
    assert costs[0] == costs[1] <= 10


def test_it_is_no_page_of_the_staff() -> None:
    assert signed_in(make_operator()).get(HOME).status_code == 404
