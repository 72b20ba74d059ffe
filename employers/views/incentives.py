"""Hints on hiring incentives, for everybody; operators also see what is about to end."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.enums import HoursKind
from employers.render.incentives import ending_hints, hints
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, public
from sportello.reference.models import ContractType
from sportello.reference.rules import parameter

PAGE_SIZE = 25


@public
@require_safe
def incentive_list(request: Request) -> HttpResponse:
    """What holds today, for all jobs or for one of the contract and hours in the address."""
    contract = ContractType.objects.filter(code=request.GET.get("contratto", "")).first()
    asked = request.GET.get("orario", "")
    hours = HoursKind(asked) if asked in HoursKind else None
    found = hints(on=timezone.localdate(), contract=contract.code if contract else "", hours=hours or "")
    job = ", ".join(str(part) for part in (contract, hours and hours.label) if part)
    return render(request, "employers/incentives.html", {"hints": found, "job": job})


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_safe
def incentives_ending(request: Request) -> HttpResponse:
    """What companies should hear of before it ends."""
    today = timezone.localdate()
    rule = parameter("incentive_expiry_warning_days", on=today)
    found = ending_hints(on=today, within_days=int(rule.value))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "employers/incentives_ending.html", {"page": page, "days": int(rule.value)})
