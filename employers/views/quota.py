"""How many people a company must hire from the lists of targeted placement: a helper, not a legal opinion."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from employers.engine.quota import quota_of
from employers.forms.quota import StaffForm
from employers.models import QuotaReckoning
from employers.render.quota import quota_rules
from employers.services.quota import forget_reckoning, save_reckoning
from employers.views.gate import company_page, my_company
from sportello.accounts.scope import Request
from sportello.core.http import posted


@company_page
@require_http_methods(["GET", "HEAD", "POST"])
def quota(request: Request) -> HttpResponse:
    """Tell of the staff and read the duty; nothing is kept unless the company presses "Salva"."""
    company = my_company(request)
    saved = QuotaReckoning.objects.filter(company=company).first()
    rules, rows, due_on = quota_rules(on=timezone.localdate())
    form = StaffForm(posted(request), initial=saved.told if saved else None)
    found = None
    if request.method == "POST" and form.is_valid():
        if "save" in request.POST:
            save_reckoning(company=company, staff=form.staff, by=request.scope)
            messages.success(request, _("Calcolo salvato: lo ritrovate qui."))
            return redirect("quota")
        found = quota_of(form.staff, rules)
    context: dict[str, Any] = {
        "company": company,
        "form": form,
        "found": found,
        "saved": saved,
        "limits": rules,
        "rules": rows,
        "due_on": due_on,
    }
    return render(request, "employers/quota.html", context, status=422 if form.errors else 200)


@company_page
@require_POST
def quota_forget(request: Request) -> HttpResponse:
    """Take the saved reckoning away."""
    forget_reckoning(company=my_company(request), by=request.scope)
    messages.success(request, _("Calcolo cancellato."))
    return redirect("quota")
