"""What operators do with companies and vacancies: approve, read, visit."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.enums import CLOSED_BY_THE_DESK
from employers.forms.company import DecisionForm, VisitForm
from employers.forms.vacancy import ConfirmForm, ReturnForm
from employers.queries.board import accreditation_of
from employers.queries.certificates import certificates_of
from employers.queries.companies import companies, desks_of, story_of, visible_company, visits_of
from employers.queries.vacancies import (
    desk_vacancies,
    moderation_queue,
    time_to_decision,
    vacancy_to_review,
    visible_vacancy,
)
from employers.render.certificate import by_worth
from employers.services import company as company_services
from employers.services import vacancy as vacancy_services
from employers.services.passage import may_pass
from employers.services.wording import Unconfirmed
from employers.states import CompanyState, VacancyState
from employers.views.gate import decision_page
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.core.paging import Pages

PAGE_SIZE = 25
operators = audience(Role.OPERATOR, Role.COORDINATOR)


@operators
@require_safe
def company_list(request: Request) -> HttpResponse:
    """Companies by state, searched by name or VAT number."""
    state, text = request.GET.get("stato", ""), request.GET.get("cerca", "")
    only_certified = request.GET.get("certificate") == "si"
    found = companies(request.scope, state=state, text=text, only_certified=only_certified)
    page = Pages(found, PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "state": state,
        "text": text,
        "only_certified": only_certified,
        "states": [("", _("Tutte")), *CompanyState.choices],
    }
    return render(request, "employers/companies.html", context)


@operators
@decision_page
@require_http_methods(["GET", "HEAD", "POST"])
def company_detail(request: Request, company: UUID) -> HttpResponse:
    """All of a company, and the decision on a new one."""
    found = visible_company(request.scope, company)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        approved = form.cleaned_data["decision"] == "approve"
        try:
            company_services.decide_company(
                company=found, approved=approved, reason=form.cleaned_data["reason"], by=request.scope
            )
        except company_services.NotAllowed:
            messages.info(request, _("Su questa impresa c'è già una decisione."))
        else:
            messages.success(request, _("Impresa approvata.") if approved else _("Impresa non approvata."))
        return redirect("company_detail", company=found.pk)
    context = {
        "company": found,
        "form": form,
        "to_decide": found.state == CompanyState.SUBMITTED,
        "workplaces": found.workplaces.select_related("municipality"),
        "vacancies": found.vacancies.exclude(state=VacancyState.DRAFT).order_by("-submitted_at"),
        "story": story_of(found),
        "may_reopen": found.closing_reason in CLOSED_BY_THE_DESK,
        "may_pass": may_pass(found, request.scope),
        "last_visits": visits_of(found)[:5],
        "papers": by_worth(certificates_of(found), on=timezone.localdate()),
    }
    return render(request, "employers/company_detail.html", context, status=422 if form.errors else 200)


@operators
@require_http_methods(["GET", "HEAD", "POST"])
def company_visits(request: Request, company: UUID) -> HttpResponse:
    """Meetings with a company, and a new one."""
    found = visible_company(request.scope, company)
    form = VisitForm(posted(request), desks=desks_of(request.scope), at=found.desk_id)
    if request.method == "POST" and form.is_valid():
        company_services.log_visit(met=found, by=request.scope, **form.cleaned_data)
        messages.success(request, _("Visita registrata."))
        return redirect("company_visits", company=found.pk)
    page = Pages(visits_of(found), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {"company": found, "form": form, "page": page}
    return render(request, "employers/company_visits.html", context, status=422 if form.errors else 200)


@operators
@require_safe
def vacancy_list(request: Request) -> HttpResponse:
    """Vacancies to read, the oldest first; or all those of a state."""
    state = request.GET.get("stato", VacancyState.SUBMITTED)
    if state == VacancyState.SUBMITTED:
        found = moderation_queue(request.scope)
    else:
        found = desk_vacancies(request.scope, state=state)
    page = Pages(found, PAGE_SIZE).get_page(request.GET.get("pagina"))
    states = [
        (s.value, s.label)
        for s in (VacancyState.SUBMITTED, VacancyState.PUBLISHED, VacancyState.PAUSED, VacancyState.RETURNED)
    ]
    decided_in = time_to_decision()
    context = {
        "page": page,
        "state": state,
        "states": [*states, ("", _("Tutte"))],
        "decided_since": timezone.now() - decided_in if decided_in is not None else None,
    }
    return render(request, "employers/moderation.html", context)


@operators
@require_safe
def vacancy_review(request: Request, vacancy: UUID) -> HttpResponse:
    """A vacancy as citizens will see it, with the decision to take."""
    return _review(request, vacancy)


@operators
@decision_page
@require_POST
def vacancy_publish(request: Request, vacancy: UUID) -> HttpResponse:
    """Put it on the board."""
    found = visible_vacancy(request.scope, vacancy)
    confirm = ConfirmForm(request.POST)
    word = confirm.cleaned_data["word"] if confirm.is_valid() else ""
    try:
        published = vacancy_services.publish_vacancy(vacancy=found, word=word, by=request.scope)
    except Unconfirmed:
        return _review(request, vacancy, confirm=confirm)
    except vacancy_services.NotAllowed:
        messages.info(request, _("Questa offerta non aspetta più una risposta."))
        return redirect("moderation")
    messages.success(request, _("Offerta pubblicata: %s.") % published.reference)
    return redirect("vacancy_matches", vacancy=found.pk)


@operators
@decision_page
@require_POST
def vacancy_return(request: Request, vacancy: UUID) -> HttpResponse:
    """Give it back with what to correct."""
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _review(request, vacancy, form=form)
    found = visible_vacancy(request.scope, vacancy)
    try:
        vacancy_services.return_vacancy(vacancy=found, reason=form.cleaned_data["reason"], by=request.scope)
    except vacancy_services.NotAllowed:
        messages.info(request, _("Questa offerta non aspetta più una risposta."))
    else:
        messages.success(request, _("Offerta rimandata all'impresa."))
    return redirect("moderation")


def _review(
    request: Request, pk: UUID, *, form: ReturnForm | None = None, confirm: ConfirmForm | None = None
) -> HttpResponse:
    vacancy = vacancy_to_review(request.scope, pk)
    context = {
        "vacancy": vacancy,
        "accreditation": accreditation_of(vacancy.desk.managed_by),
        "form": form or ReturnForm(),
        "confirm": confirm or ConfirmForm(),
        "to_decide": vacancy.state == VacancyState.SUBMITTED,
        "transitions": vacancy.transitions.order_by("at"),
    }
    return render(request, "employers/vacancy_review.html", context, status=422 if form or confirm else 200)
