"""How allauth meets our accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import HttpRequest

from sportello.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are born from a registration (citizen, company) or an invitation, never from a bare sign-up form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The account of the credentials; a demonstration account only in the evaluation mode.

        Before its address is proved the account answers as to a wrong password: who has just registered with somebody
        else's address does not learn whether it was known.
        """
        user: User | None = super().authenticate(request, **credentials)
        if user is None or (not settings.DEMO_MODE and user.email.endswith(settings.DEMO_DOMAIN)):
            return None
        if EmailAddress.objects.filter(user=user, primary=True, verified=False).exists():
            return None
        return user

    def set_password(self, user: User, password: str) -> None:
        """Whose address is not proved cannot be signed in, so the new password comes with the link mailed to that address."""
        super().set_password(user, password)
        EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=False).update(verified=True)
