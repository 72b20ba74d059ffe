"""What every page shares: the declared audience of a view, the form renderer, the site's context."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.decorators import reauthentication_required
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.forms.renderers import TemplatesSetting
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase

V = TypeVar("V", bound=Callable[..., HttpResponseBase])

PUBLIC = "public"
SIGNED_IN = "signed_in"
KEYED = "keyed"


def public(view: V) -> V:
    """Declare that anybody may open the view."""
    view.audience = frozenset({PUBLIC})  # type: ignore[attr-defined]
    return login_not_required(view)


def audience(*roles: str) -> Callable[[V], V]:
    """Declare the roles that may open the view; to all others it does not exist (404)."""

    def decorate(view: V) -> V:
        @functools.wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.scope.has_any(roles):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.audience = frozenset(roles)  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def keyed(view: V) -> V:
    """Declare that a key of the API opens the view, and nothing else: whoever signs in gains nothing by it."""
    view.audience = frozenset({KEYED})  # type: ignore[attr-defined]
    return login_not_required(view)


def limited(action: str, *, reads: bool = False) -> Callable[[V], V]:
    """Answer 429 to whoever posts (`reads`: also reads) more often than ACCOUNT_RATE_LIMITS allows for `action`."""
    decorate: Callable[[V], V] = rate_limit(action=action, limit_get=reads)
    return decorate


def confirmed(view: V) -> V:
    """Before a POST, ask for the password or second factor again of whoever has not given it in the last minutes."""
    decorate: Callable[[V], V] = reauthentication_required(allow_get=True)
    return decorate(view)


class FormRenderer(TemplatesSetting):
    """Fields in Bootstrap Italia's markup, from our own templates."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if empty, for a form that must then be checked; None for who only looks."""
    return request.POST if request.method == "POST" else None


def site(request: HttpRequest) -> dict[str, object]:
    """Template context of every page."""
    return {
        "demo_logins": settings.DEMO_LOGINS,
        "demo_password": settings.DEMO_PASSWORD,
        "scope": getattr(request, "scope", None),
    }
