"""A company registers and keeps its own data."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from employers.enums import SettlementState
from employers.forms.company import CompanyForm, ContactForm, CorrectionForm, WhatForm, WorkplaceForm
from employers.services.company import (
    CompanyKnown,
    CompanyRegistration,
    send_registration,
    update_company,
)
from employers.states import CompanyState
from employers.views.gate import administrators_page, my_company
from sportello.accounts.scope import Request
from sportello.accounts.services.address import LinkClosed, confirm_address
from sportello.core.http import limited, public
from sportello.reference.models import Sector
from sportello.territory.models import Municipality
from sportello.territory.queries import desk_for, find_place, metropolitan_municipalities

TITLES = (
    gettext_lazy("La tua impresa"),
    gettext_lazy("Dove si lavora"),
    gettext_lazy("Chi ci risponde"),
)
LAST = len(TITLES)
_SESSION_KEY = "company_registration"
_SENT_KEY = "company_registration_sent"
"""The address to which the last registration of this browser was answered."""


@public
@require_http_methods(["GET", "HEAD", "POST"])
@limited("company_registration")
def register(request: Request, step: int = 1) -> HttpResponse:
    """One step of the registration; the answers of the first two wait in the session."""
    saved: dict[str, Any] = request.session.get(_SESSION_KEY, {})
    if not 1 <= step <= LAST:
        raise Http404
    if step > len(saved) + 1:
        return redirect("company_registration_step", step=len(saved) + 1)
    searching = "search" in request.POST
    form = _form(step, request.POST if request.method == "POST" and not searching else None, saved)
    if searching:
        # "Cerca" only asks for proposals: what else was typed stays, nothing is judged yet.
        form = WhatForm(initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        if step == LAST:
            return _finish(request, saved, form)
        request.session[_SESSION_KEY] = {**saved, str(step): _storable(form.cleaned_data)}
        return redirect("company_registration_step", step=step + 1)
    context = {
        "form": form,
        "step": step,
        "total": LAST,
        "title": TITLES[step - 1],
        "back": reverse("company_registration_step", kwargs={"step": step - 1}) if step > 1 else "",
        "municipalities": metropolitan_municipalities() if step == 2 else (),
    }
    return render(request, "employers/registration_step.html", context, status=422 if form.errors else 200)


@public
@require_safe
def sent(request: Request) -> HttpResponse:
    """The same page for every company that has registered: what became of it is told by e-mail alone."""
    email = request.session.get(_SENT_KEY)
    if not email:
        return redirect("company_registration")
    return render(request, "employers/registration_sent.html", {"email": email})


@public
@limited("accept_invitation")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Request, token: str) -> HttpResponse:
    """Door of the message: only the button confirms, so that a mail program that looks ahead does not."""
    if request.method != "POST":
        return render(request, "employers/address_door.html", {"open": True})
    try:
        user = confirm_address(token=token, by=request.scope)
    except LinkClosed:
        return render(request, "employers/address_door.html", {"open": False})
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session.pop(_SENT_KEY, None)
    messages.success(request, _("Indirizzo confermato. Lo sportello legge la registrazione."))
    return redirect("company_vacancies")


@administrators_page
@require_http_methods(["GET", "HEAD", "POST"])
def company_data(request: Request) -> HttpResponse:
    """What the company may change of itself; one not approved is sent to the desk again."""
    company = my_company(request)
    was_rejected = company.state == CompanyState.REJECTED
    form_class = CorrectionForm if was_rejected else CompanyForm
    searching = was_rejected and "search" in request.POST
    if searching:
        # "Cerca" only asks for proposals: what else was typed stays, nothing is judged yet.
        form = form_class(initial=request.POST.dict(), instance=company)
    else:
        form = form_class(request.POST or None, instance=company)
    if request.method == "POST" and not searching and form.is_valid():
        try:
            update_company(company=company, by=request.scope, **form.cleaned_data)
        except CompanyKnown:
            form.add_error("vat_number", _("Non possiamo usare questa partita IVA: chiama lo sportello."))
        else:
            saved = _("Dati salvati e rimandati allo sportello.") if was_rejected else _("Dati salvati.")
            messages.success(request, saved)
            return redirect("company_vacancies")
    context = {
        "company": company,
        "form": form,
        "title": _("I dati dell'impresa"),
        "submit": _("Salva e rimanda allo sportello") if was_rejected else _("Salva"),
    }
    return render(request, "employers/company_form.html", context, status=422 if form.errors else 200)


def _form(step: int, data: Any, saved: dict[str, Any]) -> forms.Form:
    initial = saved.get(str(step))
    match step:
        case 1:
            return WhatForm(data, initial=initial or {"settlement_state": SettlementState.PRESENT})
        case 2:
            return WorkplaceForm(data, initial=initial)
        case _:
            return ContactForm(data)


def _storable(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Answers as JSON: a municipality in its typed form."""
    return {
        name: f"{value.name} ({value.province_code})" if isinstance(value, Municipality) else value
        for name, value in cleaned.items()
    }


def _finish(request: Request, saved: dict[str, Any], form: forms.Form) -> HttpResponse:
    what, where, contact = saved["1"], saved["2"], form.cleaned_data
    municipality = find_place(where["municipality"]).chosen
    desk = desk_for(municipality) if municipality else None
    if municipality is None or desk is None:
        messages.error(request, _("In questo momento nessuno sportello riceve. Quello che hai scritto resta salvato."))
        return redirect("company_registration_step", step=2)
    registration = CompanyRegistration(
        name=what["name"],
        vat_number=what["vat_number"],
        sector=get_object_or_404(Sector, pk=what["sector"]),
        size_band=what["size_band"],
        settlement_state=what["settlement_state"],
        workplace_name=where["workplace_name"],
        municipality=municipality,
        address=where["address"],
        first_name=contact["first_name"],
        last_name=contact["last_name"],
        email=contact["email"],
        phone=str(contact["phone"]),
    )
    send_registration(registration=registration, password=contact["password"], desk=desk, by=request.scope)
    request.session.pop(_SESSION_KEY, None)
    request.session[_SENT_KEY] = contact["email"]
    return redirect("company_registration_sent")
