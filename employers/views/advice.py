"""The Punto Parità: a company asks and answers its checklist, an adviser keeps the queue."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.forms.advice import AdviceClosingForm, AdviceForm, AdviceHourForm, AreaForm
from employers.queries.advice import advice_queue, checklist_of, requests_of, visible_advice
from employers.render.readiness import AREAS, shown_readiness
from employers.rules import readiness_questions
from employers.services import advice as service
from employers.states import AdvisoryState
from employers.views.gate import company_page, deciders_page, my_company
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.core.paging import Pages

PAGE_SIZE = 25
operators = audience(Role.OPERATOR, Role.COORDINATOR)
OPEN = (AdvisoryState.ASKED, AdvisoryState.CONFIRMED)


@company_page
@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: Request) -> HttpResponse:
    """My company's requests, and a new one when none is open."""
    company = my_company(request)
    form = AdviceForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            service.ask_advice(company=company, by=request.scope, **form.cleaned_data)
        except service.AlreadyAsked:
            messages.info(request, _("Avete già una richiesta aperta."))
        else:
            messages.success(request, _("Richiesta inviata. Il Punto Parità vi scrive con il giorno e l'ora."))
        return redirect("advice")
    found = list(requests_of(company))
    context = {
        "company": company,
        "form": form,
        "requests": found,
        "waits": any(asked.state in OPEN for asked in found),
        "open_states": OPEN,
    }
    return render(request, "employers/advice.html", context, status=422 if form.errors else 200)


@company_page
@require_POST
def advice_withdraw(request: Request, advice: UUID) -> HttpResponse:
    """We no longer need it."""
    try:
        asked = get_object_or_404(my_company(request).advisory_requests.all(), pk=advice)
        service.withdraw_advice(request=asked, by=request.scope)
    except service.NotAllowed:
        messages.info(request, _("Questa richiesta è già chiusa."))
    else:
        messages.success(request, _("Richiesta ritirata."))
    return redirect("advice")


@company_page
@require_safe
def readiness(request: Request) -> HttpResponse:
    """How ready we say we are, area by area."""
    company = my_company(request)
    checklist = checklist_of(company)
    context = {
        "company": company,
        "checklist": checklist,
        "readiness": shown_readiness(checklist, on=timezone.localdate()),
    }
    return render(request, "employers/readiness.html", context)


@deciders_page
@require_http_methods(["GET", "HEAD", "POST"])
def readiness_area(request: Request, area: str) -> HttpResponse:
    """The questions of one area; saved at each step."""
    company = my_company(request)
    questions = readiness_questions()
    if area not in questions:
        raise Http404
    checklist = checklist_of(company)
    form = AreaForm(posted(request), questions=questions[area], initial=checklist.answers if checklist else None)
    names = list(questions)
    position = names.index(area)
    if request.method == "POST" and form.is_valid():
        service.save_answers(company=company, answers=form.answers, by=request.scope)
        if position + 1 < len(names):
            return redirect("readiness_area", area=names[position + 1])
        return redirect("readiness")
    context = {
        "form": form,
        "title": AREAS[area],
        "step": position + 1,
        "total": len(names),
        "before": names[position - 1] if position else "",
    }
    return render(request, "employers/readiness_area.html", context, status=422 if form.errors else 200)


@operators
@require_safe
def advice_list(request: Request) -> HttpResponse:
    """The queue of the Punto Parità."""
    state = request.GET.get("stato", AdvisoryState.ASKED)
    page = Pages(advice_queue(request.scope, state=state), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {"page": page, "state": state, "states": [*AdvisoryState.choices, ("", _("Tutte"))]}
    return render(request, "employers/advice_list.html", context)


@operators
@require_http_methods(["GET", "HEAD", "POST"])
def advice_review(request: Request, advice: UUID) -> HttpResponse:
    """One request with the company's checklist: set the hour, or answer and close."""
    found = visible_advice(request.scope, advice)
    is_closing = "outcome" in request.POST or "answer" in request.POST
    hour_form = AdviceHourForm(None if is_closing else posted(request), initial=_initial(found))
    closing_form = AdviceClosingForm(posted(request) if is_closing else None)
    form: Any = closing_form if is_closing else hour_form
    if request.method == "POST" and form.is_valid():
        return _answer(request, found, form)
    checklist = checklist_of(found.company)
    context = {
        "advice": found,
        "hour_form": hour_form,
        "closing_form": closing_form,
        "is_open": found.state in OPEN,
        "checklist": checklist,
        "readiness": shown_readiness(checklist, on=timezone.localdate()),
    }
    return render(request, "employers/advice_review.html", context, status=422 if form.errors else 200)


def _answer(request: Request, found: Any, form: Any) -> HttpResponse:
    try:
        if isinstance(form, AdviceClosingForm):
            service.close_advice(request=found, by=request.scope, **form.cleaned_data)
        else:
            place = form.cleaned_data["place"]
            service.confirm_advice(request=found, meets_at=form.meets_at, place=place, by=request.scope)
    except service.NotAllowed:
        messages.info(request, _("Questa richiesta è già chiusa."))
    else:
        messages.success(request, _("Salvato: l'impresa riceve un messaggio."))
    return redirect("advice_review", advice=found.pk)


def _initial(found: Any) -> dict[str, Any]:
    """The hour set so far; for a meeting at the desk, its address."""
    moment = timezone.localtime(found.meets_at) if found.meets_at else None
    desk = found.company.desk
    address = f"{desk.name}, {desk.address}" if found.channel == "in_person" else ""
    return {
        "day": moment and moment.date(),
        "hour": moment and moment.time(),
        "place": found.place or address,
    }
