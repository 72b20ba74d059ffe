"""Who gets in by which link, and whom a registration tells what."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import signing

from candidates.models import Candidate
from candidates.services import account
from candidates.services.messages import DOOR_SALT, door_key
from sportello.accounts.scope import Scope
from sportello.accounts.services.address import LinkClosed
from sportello.core.models import Message
from tests.support.personas import PASSWORD, make_candidate, make_user

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def link_of(person: Candidate) -> str:
    return signing.dumps(door_key(person), salt=DOOR_SALT)


def test_an_account_of_a_citizen_has_an_address_still_to_be_proved() -> None:
    user = account.open_citizen_account(
        email="Nuova@Example.org", password=PASSWORD, first_name="Ada", last_name="Riva", by=BY
    )
    assert (user.email, str(user), user.check_password(PASSWORD)) == ("nuova@example.org", "Ada Riva", True)
    assert EmailAddress.objects.values_list("email", "primary", "verified").get(user=user) == (user.email, True, False)
    with pytest.raises(account.AccountExists):
        account.open_citizen_account(email="NUOVA@example.org", password="x", first_name="", last_name="", by=BY)


def test_a_token_of_one_kind_is_not_one_of_the_other() -> None:
    person = make_candidate()
    with pytest.raises(LinkClosed):
        account.candidate_by_token(signing.dumps(door_key(person), salt="another"))
    assert account.candidate_by_token(link_of(person)) == person


@pytest.mark.parametrize("closing", ["erased", "address", "account"])
def test_a_link_closes_with_what_it_stood_for(closing: str) -> None:
    person = make_candidate()
    token = link_of(person)
    changes: dict[str, dict[str, Any]] = {
        "erased": {"erased_at": "2026-05-04T10:00Z"},
        "address": {"email": "altra@example.org"},
    }
    change = changes.get(closing) or {"user": make_user()}
    Candidate.objects.filter(pk=person.pk).update(**change)
    with pytest.raises(LinkClosed):
        account.enter_by_link(token=token, password=PASSWORD, by=BY)


def test_one_account_is_one_persons() -> None:
    owner = make_user(email="mia@example.org")
    make_candidate(user=owner)
    person = make_candidate(email="mia@example.org")
    with pytest.raises(LinkClosed):
        account.enter_by_link(token=link_of(person), user=owner, by=BY)
    person.refresh_from_db()
    assert person.user is None


def test_whoever_has_an_account_is_not_invited() -> None:
    with pytest.raises(account.AccountExists):
        account.invite_to_account(candidate=make_candidate(user=make_user()), by=BY)
    with pytest.raises(account.NoAddress):
        account.invite_to_account(candidate=make_candidate(email=""), by=BY)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("with an account", "account_known"),
        ("without an account", "account_door"),
        ("without an address", None),
        ("an address with an account", "account_known"),
        ("nobody", None),
    ],
)
def test_the_owner_of_the_data_hears_of_it_once_a_day(who: str, kind: str | None) -> None:
    code = "RSSMRA85T10A562S"
    if who == "with an account":
        make_candidate(tax_code=code, user=make_user(email="mia@example.org"))
    elif who == "without an account":
        make_candidate(tax_code=code, email="mia@example.org")
    elif who == "without an address":
        make_candidate(tax_code=code, email="")
    elif who == "an address with an account":
        make_user(email="mia@example.org")
    for _ in range(2):
        account.write_to_known(tax_code=code, email="MIA@example.org", by=BY)
    assert list(Message.objects.values_list("kind", "recipient")) == ([(kind, "mia@example.org")] if kind else [])


def test_a_known_person_is_written_to_at_their_own_address_alone() -> None:
    make_candidate(tax_code="RSSMRA85T10A562S", email="")
    make_user(email="altrui@example.org")
    account.write_to_known(tax_code="RSSMRA85T10A562S", email="altrui@example.org", by=BY)
    assert not Message.objects.exists()
