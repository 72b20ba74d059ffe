"""The desk hands a company over to another one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.forms.passage import PassageForm
from employers.queries.companies import visible_company
from employers.services.company import NotAllowed
from employers.services.passage import NotYours, OwnerNeeded, may_pass
from employers.views.gate import decision_page
from matching.services.passage import hand_on_company
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted

operators = audience(Role.OPERATOR, Role.COORDINATOR)


@operators
@decision_page
@require_http_methods(["GET", "HEAD", "POST"])
def pass_company(request: Request, company: UUID) -> HttpResponse:
    """Choose the desk that serves the company from now on, and say why."""
    found = visible_company(request.scope, company)
    if not may_pass(found, request.scope):
        raise Http404
    form = PassageForm(posted(request), company=found)
    if request.method == "POST" and form.is_valid():
        try:
            passed = hand_on_company(company=found, by=request.scope, **form.cleaned_data)
        except (NotAllowed, NotYours, OwnerNeeded):
            messages.info(request, _("Qualcuno l'ha passata in questo momento: guarda chi la segue ora."))
        else:
            messages.success(
                request, _("Da ora la segue lo sportello %s. L'impresa riceve un'e-mail.") % passed.to_desk.name
            )
        return redirect("company_detail", company=found.pk)
    context = {
        "company": found,
        "form": form,
        "title": _("Passa l'impresa a un altro sportello"),
        "submit": _("Passa l'impresa"),
        "lead": _(
            "Il nuovo sportello legge le sue offerte e la segue. "
            "Gli inserimenti di persone che il vostro sportello conosce restano a voi."
        ),
    }
    return render(request, "employers/company_desk_form.html", context, status=422 if form.errors else 200)
