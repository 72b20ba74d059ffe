"""What a citizen sees of their own file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candidates.models import Candidate
from candidates.queries.people import own_candidate, pact_page
from candidates.queries.self_service import own_accesses
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience


@audience(Role.CITIZEN)
@require_safe
def my_pact(request: Request) -> HttpResponse:
    """My signed pact and its actions."""
    candidate = _me(request)
    case = candidate.cases.order_by("-opened_on").first()
    page = pact_page(case) if case else None
    return render(request, "candidates/my_pact.html", {"case": case, "pact": page.signed if page else None})


@audience(Role.CITIZEN)
@require_safe
def my_accesses(request: Request) -> HttpResponse:
    """Who opened my file, when and why."""
    return render(request, "candidates/my_accesses.html", {"accesses": own_accesses(_me(request))})


def _me(request: Request) -> Candidate:
    candidate = own_candidate(request.scope)
    if candidate is None:
        raise Http404
    return candidate
