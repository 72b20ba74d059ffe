"""The proof of an address: the signed link that its owner receives, and what its return opens."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core import signing

from sportello.accounts.models import INVITATION_DAYS, User
from sportello.accounts.scope import Scope
from sportello.core import audit

LINK_AGE = timedelta(days=INVITATION_DAYS)
"""How long a signed link in a mail opens, as an invitation does."""

_SALT = "accounts.address"


class LinkClosed(Exception):
    """The link was used, is too old, or the address it was sent to has changed."""


def address_token(user: User) -> str:
    """Secret of the link that proves the address of `user`."""
    return signing.dumps(str(user.pk), salt=_SALT)


def signed_value(token: str, *, salt: str) -> str:
    """What a link of a mail carries. Raises LinkClosed."""
    try:
        return str(signing.loads(token, salt=salt, max_age=LINK_AGE))
    except signing.BadSignature as error:
        raise LinkClosed from error


@audit.service("account.confirm_address")
def confirm_address(*, token: str, by: Scope) -> User:
    """The link came back: the address is its owner's. Raises LinkClosed; the link opens once."""
    owner = signed_value(token, salt=_SALT)
    address = EmailAddress.objects.select_for_update(of=("self",)).filter(user=owner).first()
    if address is None or address.verified:
        raise LinkClosed
    address.verified = True
    address.save(update_fields=["verified"])
    user: User = address.user
    return user
