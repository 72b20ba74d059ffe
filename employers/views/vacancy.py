"""A company writes its vacancies and follows them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.enums import WordedField
from employers.forms.vacancy import ConditionsForm, JobForm, MotivesForm, RequirementsForm, WithdrawalForm, WordedForm
from employers.models import Company, Vacancy
from employers.queries.board import accreditation_of
from employers.queries.vacancies import open_remarks, own_vacancies, own_vacancy
from employers.rules import missing_parts, wording_findings
from employers.services import vacancy as vacancies
from employers.services import wording
from employers.states import EDITABLE, VACANCY_TRANSITIONS, CompanyState, VacancyState
from employers.views.gate import company_page, deciders_page, my_company, my_draft
from sportello.accounts.scope import Request
from sportello.core.http import posted
from sportello.core.paging import Pages

PAGE_SIZE = 25
TITLES = (
    gettext_lazy("Il lavoro"),
    gettext_lazy("Contratto, orario e retribuzione"),
    gettext_lazy("Che cosa serve"),
    gettext_lazy("Controlla e invia"),
)
LAST = len(TITLES)
LONGEST_TEXT = 5000  # as the longest text of the form
_NOT_NOW = gettext_lazy("In questo momento l'offerta non permette questo passaggio.")
_CHANGES = {
    "pausa": (vacancies.pause_vacancy, gettext_lazy("L'offerta è in pausa: non è più in bacheca.")),
    "riprendi": (vacancies.resume_vacancy, gettext_lazy("L'offerta è di nuovo in bacheca.")),
    "conferma": (vacancies.confirm_vacancy, gettext_lazy("Offerta confermata: resta in bacheca.")),
    "invia": (vacancies.submit_vacancy, gettext_lazy("Offerta inviata: lo sportello la legge e ti risponde.")),
}


@company_page
@require_safe
def company_vacancies(request: Request) -> HttpResponse:
    """My company's vacancies with their state."""
    company = my_company(request)
    page = Pages(own_vacancies(company), PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "employers/company_vacancies.html", {"company": company, "page": page})


@deciders_page
@require_http_methods(["GET", "HEAD", "POST"])
def vacancy_new(request: Request) -> HttpResponse:
    """The first step of a new vacancy; once valid it is a draft."""
    return _job_step(request, my_company(request), None)


@deciders_page
@require_http_methods(["GET", "HEAD", "POST"])
def vacancy_step(request: Request, vacancy: UUID, step: int) -> HttpResponse:
    """One step of a draft, or of a vacancy the desk gave back."""
    found = my_draft(request, vacancy)
    if not 1 <= step <= LAST:
        raise Http404
    if found.state not in EDITABLE:
        return _closed(request, found)
    try:
        return _step(request, found, step)
    except vacancies.NotEditable:
        # Sent from another tab while this one was open.
        return _closed(request, found)


def _closed(request: Request, vacancy: Vacancy) -> HttpResponse:
    messages.info(request, _("Questa offerta non si può più modificare."))
    return redirect("vacancy_manage", vacancy=vacancy.pk)


def _step(request: Request, found: Vacancy, step: int) -> HttpResponse:
    if step == 1:
        return _job_step(request, found.company, found)
    if step == LAST:
        return _preview(request, found.company, own_vacancy(found.company, found.pk))
    form = (ConditionsForm if step == 2 else RequirementsForm)(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        if isinstance(form, RequirementsForm):
            _save_requirements(request, found, form)
        else:
            vacancies.edit_vacancy(vacancy=found, by=request.scope, **form.cleaned_data)
        return _after(request, form, found, step)
    return _step_page(request, form, step, found)


@company_page
@require_safe
def vacancy_manage(request: Request, vacancy: UUID) -> HttpResponse:
    """A vacancy as citizens see it, its story, and what the company may do."""
    company = my_company(request)
    found = own_vacancy(company, vacancy)
    context = {
        "company": company,
        "vacancy": found,
        "accreditation": accreditation_of(found.desk.managed_by),
        "editable": found.state in EDITABLE,
        "transitions": found.transitions.order_by("at"),
    }
    return render(request, "employers/vacancy_manage.html", context)


@company_page
@require_POST
def vacancy_change(request: Request, vacancy: UUID, change: str) -> HttpResponse:
    """Submit, pause, resume or confirm."""
    found = own_vacancy(my_company(request), vacancy)
    if change not in _CHANGES:
        raise Http404
    service, done = _CHANGES[change]
    try:
        service(vacancy=found, by=request.scope)
    except vacancies.Incomplete:
        messages.error(request, _("L'offerta non è ancora completa."))
        return redirect("vacancy_step", vacancy=found.pk, step=LAST)
    except (wording.Unlawful, wording.Unexplained):
        # The submission was undone with all it wrote: the page shows what a reading of its own finds.
        wording.check_vacancy(vacancy=found, by=request.scope)
        messages.error(request, _("Prima di inviare l'offerta guarda le parole segnalate."))
        return redirect("vacancy_wording", vacancy=found.pk)
    except vacancies.NotAllowed:
        messages.error(request, _NOT_NOW)
    else:
        messages.success(request, done)
    return redirect("vacancy_manage", vacancy=found.pk)


@deciders_page
@require_http_methods(["GET", "HEAD", "POST"])
def vacancy_withdraw(request: Request, vacancy: UUID) -> HttpResponse:
    """Take a vacancy back for good, and say why if it has ever been on the board."""
    found = my_draft(request, vacancy)
    if VacancyState.WITHDRAWN not in VACANCY_TRANSITIONS[VacancyState(found.state)]:
        messages.error(request, _NOT_NOW)
        return redirect("vacancy_manage", vacancy=found.pk)
    form = WithdrawalForm(posted(request), asks_why=found.was_published)
    if request.method == "POST" and form.is_valid():
        try:
            vacancies.withdraw_vacancy(vacancy=found, by=request.scope, **form.cleaned_data)
        except vacancies.NotAllowed:
            messages.error(request, _NOT_NOW)
        else:
            messages.success(request, _("L'offerta è ritirata."))
        return redirect("vacancy_manage", vacancy=found.pk)
    context = {"vacancy": found, "form": form}
    return render(request, "employers/vacancy_withdraw.html", context, status=422 if form.errors else 200)


@deciders_page
@require_http_methods(["GET", "HEAD", "POST"])
def vacancy_wording(request: Request, vacancy: UUID) -> HttpResponse:
    """What the wording check found in a vacancy: what to rewrite, and the motives of what stays."""
    found = my_draft(request, vacancy)
    if found.state not in EDITABLE | {VacancyState.EXPIRED}:
        return _closed(request, found)
    form = MotivesForm(request.POST or None, vacancy=found)
    if request.method == "POST" and form.is_valid():
        try:
            wording.explain_remarks(vacancy=found, motives=form.motives(), by=request.scope)
        except wording.NotExplainable:
            return _closed(request, found)
        messages.success(request, _("Motivi salvati: lo sportello li legge con l'offerta."))
        if found.state in EDITABLE:
            return redirect("vacancy_step", vacancy=found.pk, step=LAST)
        return redirect("vacancy_manage", vacancy=found.pk)
    context = {"vacancy": found, "form": form, "hard": open_remarks(found)[0], "editable": found.state in EDITABLE}
    return render(request, "employers/vacancy_wording.html", context, status=422 if form.errors else 200)


@company_page
@require_POST
def wording_check(request: Request, field: str) -> HttpResponse:
    """The findings in one text while it is typed; nothing is kept."""
    my_company(request)
    if field not in WordedField:
        raise Http404
    text = request.POST.get(field, "")[:LONGEST_TEXT]
    return render(request, "employers/includes/findings.html", {"findings": wording_findings(text)})


def _job_step(request: Request, company: Company, draft: Vacancy | None) -> HttpResponse:
    searching = "search" in request.POST
    form = JobForm(
        request.POST if request.method == "POST" and not searching else None,
        instance=draft,
        company=company,
        initial=request.POST.dict() if searching else None,
    )
    if request.method == "POST" and not searching and form.is_valid():
        if draft is None:
            try:
                draft = vacancies.start_vacancy(company=company, by=request.scope, **form.cleaned_data)
            except vacancies.NotAllowed:
                # Closed while this page was open: the next one says it.
                return redirect("company_vacancies")
        else:
            vacancies.edit_vacancy(vacancy=draft, by=request.scope, **form.cleaned_data)
        return _after(request, form, draft, 1)
    return _step_page(request, form, 1, draft)


def _after(request: Request, form: Any, draft: Vacancy, step: int) -> HttpResponse:
    """The next step; or the same one where saved words cannot be sent, with what to write instead beside its field."""
    if isinstance(form, WordedForm) and form.has_unlawful_words():
        messages.warning(request, _("La bozza è salvata, ma così non si può inviare: guarda le parole segnalate."))
        return redirect("vacancy_step", vacancy=draft.pk, step=step)
    return redirect("vacancy_step", vacancy=draft.pk, step=step + 1)


def _save_requirements(request: Request, vacancy: Vacancy, form: RequirementsForm) -> None:
    vacancies.set_requirements(
        vacancy=vacancy,
        skills=form.skills(),
        languages=form.languages(),
        licences=form.cleaned_data["licences"],
        years_experience=form.cleaned_data["years_experience"],
        education_level=form.cleaned_data["education_level"],
        by=request.scope,
    )


def _preview(request: Request, company: Company, vacancy: Vacancy) -> HttpResponse:
    missing = missing_parts(vacancy)
    hard, to_explain = open_remarks(vacancy)
    context = {
        "vacancy": vacancy,
        "accreditation": accreditation_of(vacancy.desk.managed_by),
        "missing": missing,
        "hard": hard,
        "to_explain": to_explain,
        "company": company,
        "may_submit": not missing and company.state == CompanyState.APPROVED,
        **_step_context(LAST, vacancy),
    }
    return render(request, "employers/vacancy_preview.html", context)


def _step_page(request: Request, form: Any, step: int, vacancy: Vacancy | None) -> HttpResponse:
    context = {"form": form, "vacancy": vacancy, **_step_context(step, vacancy)}
    return render(request, "employers/vacancy_step.html", context, status=422 if form.errors else 200)


def _step_context(step: int, vacancy: Vacancy | None) -> dict[str, Any]:
    back = reverse("vacancy_step", kwargs={"vacancy": vacancy.pk, "step": step - 1}) if vacancy and step > 1 else ""
    returned = vacancy.moderation_reason if vacancy and vacancy.state == VacancyState.RETURNED else ""
    return {
        "step": step,
        "total": LAST,
        "next": step + 1,
        "title": TITLES[step - 1],
        "back": back,
        "returned": returned,
    }
