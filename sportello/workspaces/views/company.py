"""The company's home: its vacancies with their pipeline, and what waits for an answer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from employers.models import Company
from employers.states import CompanyState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience
from sportello.workspaces.queries import vacancy_cards


@audience(Role.COMPANY)
@require_safe
def company_home(request: Request) -> HttpResponse:
    """The first of the companies I act for."""
    company = (
        Company.objects.visible_to(request.scope).select_related("organisation").order_by("registered_on", "pk").first()
    )
    context = {
        "company": company,
        "cards": vacancy_cards(company) if company else [],
        "approved": company is not None and company.state == CompanyState.APPROVED,
        "keeps_team": bool(request.scope.kept_organisation_ids),
    }
    return render(request, "workspaces/company_home.html", context)
