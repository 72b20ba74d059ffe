"""How allauth meets our accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are born from a registration (citizen, company) or an invitation, never from a bare sign-up form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        return str(super().clean_email(email)).lower()

    def get_client_ip(self, request: HttpRequest) -> Any:
        return super().get_client_ip(request)
