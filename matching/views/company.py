"""What a company does with the applications that reached it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from candidates.enums import FilePart, ReadingPurpose
from employers.views.gate import admit, company_page, my_company
from matching.forms.referral import HireForm, RefusalForm, StepForm
from matching.models import Referral
from matching.queries.referrals import applicant, company_referral, is_disclosed, pipeline, pipeline_rows
from matching.services import placement as placement_services
from matching.services import referral as referral_services
from matching.states import REFERRAL_TRANSITIONS, ReferralState
from sportello.accounts.scope import Request
from sportello.core import audit
from sportello.core.paging import Pages

PAGE_SIZE = 25
# Word in the address -> the state it leads to and what its button says.
_STEPS = {
    "vista": (ReferralState.VIEWED, gettext_lazy("Segna come vista")),
    "colloquio": (ReferralState.INTERVIEW, gettext_lazy("Invita a un colloquio")),
    "proposta": (ReferralState.OFFER, gettext_lazy("Proponi il lavoro")),
}


@company_page
@require_safe
def vacancy_pipeline(request: Request, vacancy: UUID) -> HttpResponse:
    """The applications of one of my vacancies."""
    found = get_object_or_404(my_company(request).vacancies.all(), pk=vacancy)
    page = Pages(pipeline(found), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "vacancy": found,
        "page": page,
        "rows": pipeline_rows(list(page.object_list), named=request.part.may_decide),
    }
    return render(request, "matching/pipeline.html", context)


@company_page
@require_safe
def application(request: Request, referral: UUID) -> HttpResponse:
    """One application: the profile, and what may be done with it. The reading is logged for the person."""
    found = _mine(request, referral)
    audit.log_read(
        subject_id=found.candidate_id,
        by=request.scope,
        part=FilePart.APPLICATION,
        purpose=ReadingPurpose.APPLICATION,
    )
    return _page(request, found)


@company_page
@require_POST
def application_step(request: Request, referral: UUID, step: str) -> HttpResponse:
    """Read, invited to talk, or offered the work."""
    found = _mine(request, referral)
    if step not in _STEPS:
        raise Http404
    form = StepForm(request.POST)
    if not form.is_valid():
        return _page(request, found, step_form=form)
    try:
        referral_services.move_referral(
            referral=found,
            to=_STEPS[step][0],
            message_to_person=form.cleaned_data["message_to_person"],
            by=request.scope,
        )
    except referral_services.NotAllowed:
        messages.info(request, _("La candidatura è già andata avanti."))
    else:
        messages.success(request, _("Candidatura aggiornata: la persona lo vede nella sua pagina."))
    return redirect("application", referral=found.pk)


@company_page
@require_POST
def application_refuse(request: Request, referral: UUID) -> HttpResponse:
    """A no, with its reason."""
    found = _mine(request, referral)
    form = RefusalForm(request.POST, auto_id="refusal_%s")
    if not form.is_valid():
        return _page(request, found, refusal_form=form)
    try:
        referral_services.move_referral(referral=found, to=ReferralState.REFUSED, by=request.scope, **form.cleaned_data)
    except referral_services.NotAllowed:
        messages.info(request, _("La candidatura è già chiusa."))
    else:
        messages.success(request, _("Risposta registrata."))
    return redirect("vacancy_pipeline", vacancy=found.vacancy_id)


@company_page
@require_POST
def application_hire(request: Request, referral: UUID) -> HttpResponse:
    """The person begins."""
    found = _mine(request, referral)
    form = HireForm(request.POST, referral=found)
    if not form.is_valid():
        return _page(request, found, hire_form=form)
    try:
        placement_services.hire(referral=found, by=request.scope, **form.cleaned_data)
    except placement_services.NoPostLeft:
        messages.error(request, _("I posti di questa offerta sono già coperti."))
    except placement_services.AlreadyPlaced:
        messages.info(request, _("Questa assunzione è già registrata."))
    except referral_services.NotAllowed:
        messages.info(request, _("La candidatura è già chiusa."))
    else:
        messages.success(
            request, _("Assunzione dichiarata: lo sportello la verifica con la comunicazione obbligatoria.")
        )
    return redirect("vacancy_pipeline", vacancy=found.vacancy_id)


def _mine(request: Request, pk: UUID) -> Referral:
    """An application to my company. Raises Http404, CompanyClosed, NotYourPart."""
    referral = company_referral(request.scope, pk)
    admit(request, referral.vacancy.company)
    return referral


def _page(
    request: Request,
    referral: Referral,
    *,
    step_form: forms.Form | None = None,
    refusal_form: forms.Form | None = None,
    hire_form: HireForm | None = None,
) -> HttpResponse:
    decides = request.part.may_decide
    # Nothing of who it is for who only reads: their work does not need it.
    is_named = decides and is_disclosed(referral)
    following = REFERRAL_TRANSITIONS[ReferralState(referral.state)] if decides else frozenset()
    hire = hire_form or HireForm(
        referral=referral,
        initial={
            "contract_type": referral.vacancy.contract_type_id,
            # "40", not "40.0": as the vacancy says it.
            "weekly_hours": floatformat(referral.vacancy.weekly_hours, "-1u"),
        },
    )
    context = {
        "referral": referral,
        "applicant": applicant(referral.candidate, disclosed=is_named),
        "steps": [(slug, label) for slug, (state, label) in _STEPS.items() if state in following],
        "may_refuse": ReferralState.REFUSED in following,
        # Who has not said yes to this employer cannot be hired by it, and what the desk wrote may name them.
        "may_hire": ReferralState.HIRED in following and is_named,
        "is_named": is_named,
        "step_form": step_form or StepForm(),
        "refusal_form": refusal_form or RefusalForm(auto_id="refusal_%s"),
        "hire_form": hire,
    }
    failed = any(form is not None for form in (step_form, refusal_form, hire_form))
    return render(request, "matching/application.html", context, status=422 if failed else 200)
