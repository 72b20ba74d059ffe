"""The desk writes down that one company has taken the place of another."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.enums import SuccessionKind
from employers.forms.succession import SuccessionForm, SuccessorForm
from employers.queries.companies import visible_company
from employers.services.company import NotAllowed
from employers.services.succession import SuccessionRefused
from employers.states import CompanyState
from employers.views.gate import decision_page
from matching.queries.succession import preview
from matching.services.succession import pass_on_company
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted

operators = audience(Role.OPERATOR, Role.COORDINATOR)


@operators
@require_http_methods(["GET", "HEAD", "POST"])
def choose_successor(request: Request, company: UUID) -> HttpResponse:
    """Which company on file goes on; nothing is written yet."""
    found = visible_company(request.scope, company)
    if found.state != CompanyState.APPROVED:
        messages.info(request, _("Questa impresa non è tra quelle approvate."))
        return redirect("company_detail", company=found.pk)
    form = SuccessorForm(posted(request), company=found)
    if request.method == "POST" and form.is_valid():
        return redirect(
            "pass_on_company",
            company=found.pk,
            successor=form.cleaned_data["vat_number"].pk,
            kind=form.cleaned_data["kind"],
        )
    context = {
        "company": found,
        "form": form,
        "title": _("Unisci l'impresa a un'altra"),
        "submit": _("Guarda che cosa succede"),
        "lead": _("Questa impresa finisce e un'altra va avanti. Prima di decidere vedi che cosa passa e che cosa no."),
    }
    return render(request, "employers/company_desk_form.html", context, status=422 if form.errors else 200)


@operators
@decision_page
@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: Request, company: UUID, successor: UUID, kind: str) -> HttpResponse:
    """What will happen, and the decision, which nothing takes back."""
    found, other = visible_company(request.scope, company), visible_company(request.scope, successor)
    if kind not in SuccessionKind or found == other:
        raise Http404
    if {found.state, other.state} != {CompanyState.APPROVED}:
        messages.info(request, _("Si uniscono solo due imprese approvate."))
        return redirect("company_detail", company=found.pk)
    form = SuccessionForm(posted(request), company=found)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("since", "motive")}
        try:
            pass_on_company(company=found, successor=other, kind=kind, by=request.scope, **told)
        except SuccessionRefused as refused:
            form.add_error(None, str(refused.words))
        except NotAllowed:
            messages.info(request, _("Qualcuno ha cambiato una delle due imprese in questo momento."))
            return redirect("company_detail", company=found.pk)
        else:
            messages.success(request, _("Fatto. Le due imprese e le persone candidate ricevono un messaggio."))
            return redirect("company_detail", company=other.pk)
    context = {
        "company": found,
        "successor": other,
        "kind": SuccessionKind(kind),
        "preview": preview(found, other, kind),
        "form": form,
    }
    return render(request, "matching/pass_on_company.html", context, status=422 if form.errors else 200)
