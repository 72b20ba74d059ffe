"""How allauth meets our accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from sportello.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are born from a registration (citizen, company) or an invitation, never from a bare sign-up form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The account of the credentials; a demonstration account only in the evaluation mode."""
        user: User | None = super().authenticate(request, **credentials)
        if user and not settings.DEMO_MODE and user.email.endswith(settings.DEMO_DOMAIN):
            return None
        return user
