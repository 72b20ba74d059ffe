"""The scope of each request, the audit context of what it writes, and the second factor of staff."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from sportello.accounts.queries import scope_of
from sportello.accounts.scope import Scope
from sportello.core import audit

# Pages a member of staff needs to set the second factor up, or to leave.
_WITHOUT_SECOND_FACTOR = ("mfa_", "account_", "javascript-catalog")


class ScopeMiddleware:
    """Sets `request.scope` and opens the audit context named after the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scope = scope_of(request.user) if request.user.is_authenticated else Scope()
        request.scope = scope  # type: ignore[attr-defined]
        if request.method in ("GET", "HEAD", "OPTIONS"):
            response = self.get_response(request)
        else:
            with audit.acting(scope, request.path_info.split("/")[1] or "home"):
                response = self.get_response(request)
        if not request.session.is_empty():
            # What was typed or shown to one person stays out of every cache, the browser's too.
            patch_cache_control(response, no_store=True, private=True)
        if scope.user_id and not request.user.is_authenticated:
            # A desk's computer is shared: nothing of the person who leaves may remain in the browser.
            response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        scope: Scope = request.scope  # type: ignore[attr-defined]
        if not settings.MFA_REQUIRED or not scope.is_staff:
            return None
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        if name.startswith(_WITHOUT_SECOND_FACTOR) or is_mfa_enabled(request.user):
            return None
        return redirect("mfa_activate_totp")
