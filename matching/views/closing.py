"""The desk closes a company's service, and opens it again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.forms.closing import ClosingForm, ReopeningForm
from employers.queries.companies import visible_company
from employers.services import closing as service
from employers.services.company import NotAllowed
from employers.states import CompanyState
from employers.views.gate import decision_page
from matching.services.closing import end_company
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted

operators = audience(Role.OPERATOR, Role.COORDINATOR)


@operators
@decision_page
@require_http_methods(["GET", "HEAD", "POST"])
def close_company(request: Request, company: UUID) -> HttpResponse:
    """Close an approved company with its vacancies and applications."""
    found = visible_company(request.scope, company)
    if found.state != CompanyState.APPROVED:
        messages.info(request, _("Questa impresa non si può chiudere: non è tra quelle approvate."))
        return redirect("company_detail", company=found.pk)
    form = ClosingForm(posted(request), initial={"closed_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            end_company(company=found, by=request.scope, **form.cleaned_data)
        except NotAllowed:
            messages.info(request, _("Qualcuno l'ha chiusa in questo momento."))
        else:
            messages.success(request, _("Impresa chiusa. Le persone che si erano candidate sono avvisate."))
        return redirect("company_detail", company=found.pk)
    context = {
        "title": _("Chiudi l'impresa"),
        "submit": _("Chiudi l'impresa"),
        "danger": True,
        "lead": _(
            "Le offerte lasciano la bacheca, le candidature aperte finiscono e le persone lo sanno. "
            "Chi entra per l'impresa legge che il servizio è chiuso. Le chiavi dei programmi non aprono più."
        ),
    }
    return _page(request, found, form, context)


@operators
@decision_page
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_company(request: Request, company: UUID) -> HttpResponse:
    """Serve a closed company again."""
    found = visible_company(request.scope, company)
    if found.state != CompanyState.CLOSED:
        messages.info(request, _("Questa impresa non è chiusa."))
        return redirect("company_detail", company=found.pk)
    form = ReopeningForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            service.reopen_company(company=found, reason=form.cleaned_data["reason"], by=request.scope)
        except NotAllowed:
            messages.info(request, _("Qualcuno l'ha riaperta in questo momento."))
        else:
            messages.success(request, _("Impresa riaperta: può scrivere nuove offerte."))
        return redirect("company_detail", company=found.pk)
    context = {
        "title": _("Riapri l'impresa"),
        "submit": _("Riapri l'impresa"),
        "lead": _("L'impresa può scrivere nuove offerte. Quelle ritirate e le vecchie chiavi non tornano."),
    }
    return _page(request, found, form, context)


def _page(request: Request, company: Any, form: Any, context: dict[str, Any]) -> HttpResponse:
    page = {"company": company, "form": form, **context}
    return render(request, "employers/company_desk_form.html", page, status=422 if form.errors else 200)
