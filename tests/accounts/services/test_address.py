"""The link that proves an address: its owner's, for a while, once."""

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import signing
from django.utils import timezone

from sportello.accounts.scope import Scope
from sportello.accounts.services.address import LINK_AGE, LinkClosed, address_token, confirm_address, signed_value
from tests.support.personas import make_user

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def test_the_link_of_an_address_opens_once() -> None:
    user, other = make_user(), make_user()
    for owner in (user, other):
        EmailAddress.objects.create(user=owner, email=owner.email, primary=True)
    token = address_token(user)
    assert confirm_address(token=token, by=BY) == user
    assert list(EmailAddress.objects.filter(verified=True).values_list("user", flat=True)) == [user.pk]
    with pytest.raises(LinkClosed):
        confirm_address(token=token, by=BY)


def test_a_link_without_its_address_opens_nothing() -> None:
    with pytest.raises(LinkClosed):
        confirm_address(token=address_token(make_user()), by=BY)


def test_only_our_own_signature_counts() -> None:
    for token in ("", "inventato", signing.dumps("x", salt="another")):
        with pytest.raises(LinkClosed):
            signed_value(token, salt="mine")


def test_a_link_grows_old() -> None:
    token = signing.dumps("x", salt="mine")
    assert signed_value(token, salt="mine") == "x"
    with time_machine.travel(timezone.now() + LINK_AGE * 1.01), pytest.raises(LinkClosed):
        signed_value(token, salt="mine")
