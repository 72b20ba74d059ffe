"""Pages for everybody: the home, and the door that leads each one to their own."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
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
@require_GET
def public_home(request: Request) -> HttpResponse:
    """What the desk offers, and the nearest doors."""
    return render(request, "workspaces/public_home.html", {"desks": desk_cards(limit=4)})


@audience(SIGNED_IN)
@require_GET
def home(request: Request) -> HttpResponse:
    """Lead each one to the home of their role."""
    return redirect(next(name for role, name in HOMES if request.scope.has(role)))
