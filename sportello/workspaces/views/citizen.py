"""My page: what is asked of me next, and what the desk does for me."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from candidates.queries.people import own_candidate
from candidates.queries.registration import contact_days
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience
from sportello.workspaces.queries.person import person_page


@audience(Role.CITIZEN)
@require_safe
def citizen_home(request: Request) -> HttpResponse:
    """The person's own page; an account without a record is led to the registration."""
    candidate = own_candidate(request.scope)
    if candidate is None:
        return redirect("registration_start")
    page = person_page(candidate)
    context = {
        "page": page,
        "candidate": candidate,
        "contact_days": None if page.case else contact_days(),
        "now": timezone.now(),
    }
    return render(request, "workspaces/citizen_home.html", context)
