"""Who may sign in, and that nobody signs up by a bare form."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from sportello.accounts.adapters import AccountAdapter
from tests.support.personas import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def signs_in(email: str) -> bool:
    answer = Client().post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return answer.status_code == 302


def test_there_is_no_bare_sign_up() -> None:
    assert not AccountAdapter().is_open_for_signup(RequestFactory().get("/"))


@pytest.mark.parametrize("demo", [True, False])
def test_a_demonstration_account_opens_only_a_demonstration(settings: Any, demo: bool) -> None:
    settings.DEMO_MODE = demo
    make_user(email=f"operatore{settings.DEMO_DOMAIN}")
    make_user(email="persona@example.org")
    assert signs_in(f"operatore{settings.DEMO_DOMAIN}") == demo
    assert signs_in("persona@example.org")
