"""Pages for everybody: the home, and the door that leads each one to their own."""

from email.utils import parseaddr

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from candidates.models import PrivacyNotice
from employers.models import Vacancy
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.catalogue import record
from sportello.core.http import SIGNED_IN, audience, public
from sportello.territory.queries import desk_cards

HOMES: tuple[tuple[Role, str], ...] = (
    (Role.OPERATOR, "operator_home"),
    (Role.COORDINATOR, "operator_home"),
    (Role.CONTROL_ROOM, "control_room_home"),
    (Role.OFFICIAL, "official_home"),
    (Role.ADMINISTRATOR, "administrator_home"),
    (Role.COMPANY, "company_home"),
    (Role.CITIZEN, "citizen_home"),
)
"""Role -> its home, in the order that decides when somebody holds several."""


@public
@require_safe
def public_home(request: Request) -> HttpResponse:
    """What the desk offers, and the nearest doors."""
    newest = (
        Vacancy.objects.published()
        .select_related("company__organisation", "workplace__municipality")
        .order_by("-published_on", "-number")[:5]
    )
    return render(request, "workspaces/public_home.html", {"desks": desk_cards(limit=4), "vacancies": newest})


@audience(SIGNED_IN)
@require_safe
def home(request: Request) -> HttpResponse:
    """Lead each one to the home of their role."""
    return redirect(next(name for role, name in HOMES if request.scope.has(role)))


@public
@require_safe
def privacy(request: Request) -> HttpResponse:
    """The information on personal data in force, and what the code itself says of each kind of data."""
    notice = PrivacyNotice.objects.in_force(timezone.localdate())
    return render(request, "workspaces/privacy.html", {"notice": notice, "record": record()})


@public
@require_safe
def accessibility(request: Request) -> HttpResponse:
    """The accessibility declaration (L. 4/2004) and how to report a barrier."""
    return render(request, "workspaces/accessibility.html", {"address": parseaddr(settings.DEFAULT_FROM_EMAIL)[1]})
