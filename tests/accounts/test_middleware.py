"""The scope of a request, what stays out of caches, the second factor of staff."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.employers import make_rule
from tests.support.personas import make_candidate, make_operator, make_user, signed_in
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def test_scope_costs_one_query() -> None:
    client = signed_in(make_operator())
    with queries_of() as queries:
        client.get(reverse("home"))
    assert [q for q in queries if "accounts_membership" in q] == queries[-1:]


def test_leaving_clears_the_shared_browser() -> None:
    client = signed_in(make_user())
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "Clear-Site-Data" not in client.get(reverse("public_home"))


def test_pages_of_one_person_stay_out_of_caches() -> None:
    user = make_user()
    make_candidate(user=user)
    make_rule("first_contact_days", 30)
    assert "no-store" in signed_in(user).get(reverse("citizen_home"))["Cache-Control"]
    assert "Cache-Control" not in Client().get(reverse("public_home"))


def test_staff_without_second_factor_are_led_to_it(settings: object) -> None:
    settings.MFA_REQUIRED = True  # type: ignore[attr-defined]
    answer = signed_in(make_operator()).get(reverse("operator_home"))
    assert answer.url == reverse("mfa_activate_totp")  # type: ignore[attr-defined]


def test_citizens_need_no_second_factor(settings: object) -> None:
    settings.MFA_REQUIRED = True  # type: ignore[attr-defined]
    user = make_user()
    make_candidate(user=user)
    make_rule("first_contact_days", 30)
    assert signed_in(user).get(reverse("citizen_home")).status_code == 200


def test_demonstration_account_enters_only_in_the_evaluation_mode(settings: object) -> None:
    user = make_user(email="operatore@sportello.example")
    data = {"login": user.email, "password": "una frase lunga per i test"}
    assert Client().post(reverse("account_login"), data).status_code == 302
    settings.DEMO_MODE = False  # type: ignore[attr-defined]
    assert Client().post(reverse("account_login"), data).status_code == 200
