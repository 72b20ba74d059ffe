"""The pipeline of companies to be won, and the page of one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.forms.company import VisitForm
from employers.forms.target import LinkForm, StepForm, TargetForm
from employers.models import TargetCompany
from employers.queries.companies import desks_of, visits_of
from employers.queries.targets import target_counts, target_of, targets
from employers.services import target as service
from employers.services.company import log_visit
from employers.states import TargetState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.core.paging import Pages

PAGE_SIZE = 25
VISITS_SHOWN = 5
operators = audience(Role.OPERATOR, Role.COORDINATOR)


@operators
@require_safe
def target_list(request: Request) -> HttpResponse:
    """The pipeline: how many in each state, and one state's companies, all or mine."""
    state, mine = request.GET.get("stato", ""), request.GET.get("mie") == "1"
    owner = request.scope.account_id if mine else None
    page = Pages(targets(state=state, owner=owner), PAGE_SIZE).get_page(request.GET.get("pagina"))
    counts = target_counts(owner=owner)
    context = {
        "page": page,
        "state": state,
        "mine": mine,
        "states": [("", _("Tutte"), sum(counts.values()))] + [(s.value, s.label, counts[s.value]) for s in TargetState],
        "today": timezone.localdate(),
    }
    return render(request, "employers/targets.html", context)


@operators
@require_http_methods(["GET", "HEAD", "POST"])
def target_new(request: Request) -> HttpResponse:
    """One more company to be won."""
    return _write(request, None)


@operators
@require_http_methods(["GET", "HEAD", "POST"])
def target_change(request: Request, target: UUID) -> HttpResponse:
    """Who follows it, whom to call, what comes next."""
    return _write(request, target_of(target))


@operators
@require_safe
def target_detail(request: Request, target: UUID) -> HttpResponse:
    """One company to be won, with its steps and the visits to it."""
    return _detail(request, target_of(target))


@operators
@require_http_methods(["GET", "HEAD", "POST"])
def target_visits(request: Request, target: UUID) -> HttpResponse:
    """Meetings with a company to be won, and a new one; once it is registered they are the company's."""
    found = target_of(target)
    if found.company_id:
        return redirect("company_visits", company=found.company_id)
    form = VisitForm(posted(request), desks=desks_of(request.scope), at=found.desk_id)
    if request.method == "POST" and form.is_valid():
        log_visit(met=found, by=request.scope, **form.cleaned_data)
        messages.success(request, _("Visita registrata."))
        return redirect("target_visits", target=found.pk)
    page = Pages(visits_of(found), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {"target": found, "form": form, "page": page}
    return render(request, "employers/target_visits.html", context, status=422 if form.errors else 200)


@operators
@require_POST
def target_step(request: Request, target: UUID) -> HttpResponse:
    """Write down a step."""
    found = target_of(target)
    form = StepForm(request.POST, target=found)
    if not form.is_valid():
        return _detail(request, found, step_form=form)
    try:
        service.move_target(target=found, by=request.scope, **form.cleaned_data)
    except service.NotAllowed:
        messages.info(request, _("Qualcuno l'ha spostata in questo momento: guarda a che punto è."))
    else:
        messages.success(request, _("Passo registrato."))
    return redirect("target_detail", target=found.pk)


@operators
@require_POST
def target_link(request: Request, target: UUID) -> HttpResponse:
    """Join it to the company's record."""
    found = target_of(target)
    form = LinkForm(request.POST, auto_id="link_%s")
    if not form.is_valid():
        return _detail(request, found, link_form=form)
    try:
        service.link_company(target=found, company=form.cleaned_data["vat_number"], by=request.scope)
    except service.AlreadyTarget:
        messages.info(request, _("Questa impresa è già seguita da un'altra scheda."))
    except service.NotAllowed:
        messages.info(request, _("Questa scheda è già collegata a un'impresa."))
    else:
        messages.success(request, _("Collegata: qui vedi le visite e le offerte dell'impresa."))
    return redirect("target_detail", target=found.pk)


def _write(request: Request, target: TargetCompany | None) -> HttpResponse:
    data = posted(request)
    form = TargetForm(data, instance=target, desks=request.scope.desk_ids, me=request.scope.account_id)
    if request.method == "POST" and form.is_valid():
        try:
            written = service.write_target(target=target, by=request.scope, **form.cleaned_data)
        except service.AlreadyTarget:
            form.add_error("name", _("Un'impresa con questo nome, in questo Comune, è già seguita."))
        else:
            messages.success(request, _("Scheda salvata."))
            return redirect("target_detail", target=written.pk)
    back = reverse("target_detail", kwargs={"target": target.pk}) if target else reverse("targets")
    title = _("Correggi la scheda") if target else _("Nuova impresa da conquistare")
    context = {"form": form, "title": title, "back": back}
    return render(request, "employers/target_form.html", context, status=422 if form.errors else 200)


def _detail(
    request: Request, target: TargetCompany, *, step_form: forms.Form | None = None, link_form: forms.Form | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "target": target,
        "transitions": target.transitions.order_by("at"),
        "visits": visits_of(target)[:VISITS_SHOWN],
        "step_form": step_form or StepForm(target=target, initial={"happened_on": timezone.localdate()}),
        "link_form": link_form or LinkForm(auto_id="link_%s"),
        "today": timezone.localdate(),
    }
    return render(request, "employers/target_detail.html", context, status=422 if step_form or link_form else 200)
