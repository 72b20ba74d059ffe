"""The company's home: its vacancies with their pipeline, and what waits for an answer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from employers.queries.companies import own_company
from employers.states import CompanyState
from employers.views.gate import admit, company_page
from sportello.accounts.scope import Request
from sportello.workspaces.queries.company import vacancy_cards


@company_page
@require_safe
def company_home(request: Request) -> HttpResponse:
    """The first of the companies I act for that is not closed."""
    company = own_company(request.scope)
    if company:
        admit(request, company)
    context = {
        "company": company,
        "cards": vacancy_cards(company) if company else [],
        "approved": company is not None and company.state == CompanyState.APPROVED,
    }
    return render(request, "workspaces/company_home.html", context)
