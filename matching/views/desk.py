"""What operators do: look for people, propose the work to them, follow, check the placements, close the case."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import FilePart, ReadingPurpose
from candidates.forms.case import CloseCaseForm
from candidates.models import Candidate
from candidates.services.case import NotOpen
from candidates.views.gate import desk_page, note_names, open_case, open_person
from employers.queries.vacancies import visible_vacancy
from employers.views.gate import decision_page
from matching.engine.strategies import Strategy
from matching.forms.referral import AnswerForm, CheckForm
from matching.forms.strategy import StrategyForm
from matching.models import Placement
from matching.queries import placements as placement_queries
from matching.queries.matches import match_page
from matching.queries.news import NEWS_DAYS, new_matches
from matching.queries.outcomes import balance_today
from matching.queries.referrals import own_referrals, told, visible_referral
from matching.queries.strategies import LABELS
from matching.services import placement as placement_services
from matching.services import referral as referral_services
from matching.services.case import end_case
from matching.services.run import request_match
from matching.states import OPEN_REFERRALS, PlacementState
from sportello.accounts.scope import Request
from sportello.core.paging import Pages

PAGE_SIZE = 25
MATCHES_SHOWN = 10
"""People on one page of a search: the best ones are read one by one."""


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def vacancy_matches(request: Request, vacancy: UUID) -> HttpResponse:
    """The last run of the engine for a vacancy; POST asks for a new one, which a worker makes."""
    found = visible_vacancy(request.scope, vacancy)
    if request.method == "POST":
        form = StrategyForm(request.POST)
        if not form.is_valid():
            raise SuspiciousOperation
        request_match(vacancy=found, strategy=form.cleaned_data["strategy"], by=request.scope)
        return redirect("vacancy_matches", vacancy=found.pk)
    matches = match_page(found, request.scope)
    only_own = request.GET.get("chi") == "sportello"
    page = Paginator(matches.own_rows if only_own else matches.rows, MATCHES_SHOWN).get_page(request.GET.get("pagina"))
    note_names(request, matches.named(page.object_list), part=FilePart.MATCH, purpose=ReadingPurpose.PROPOSAL)
    context = {
        "vacancy": found,
        "matches": matches,
        "only_own": only_own,
        "page": page,
        "is_under_way": matches.search is not None and not matches.search.has_failed,
        "form": StrategyForm(initial={"strategy": matches.run.strategy if matches.run else Strategy.STANDARD}),
        "strategy": LABELS[Strategy(matches.run.strategy)] if matches.run else "",
    }
    return render(request, "matching/vacancy_matches.html", context)


@desk_page
@require_safe
def news(request: Request) -> HttpResponse:
    """People I follow, newly proposed for a vacancy with many points."""
    page = Pages(new_matches(request.scope), PAGE_SIZE).get_page(request.GET.get("pagina"))
    named = {proposal.candidate_id for proposal in page}
    note_names(request, named, part=FilePart.MATCH, purpose=ReadingPurpose.PROPOSAL)
    return render(request, "matching/news.html", {"page": page, "days": NEWS_DAYS})


@desk_page
@require_safe
def person_referrals(request: Request, candidate: UUID) -> HttpResponse:
    """All that was proposed to a person."""
    return _referrals_page(request, open_person(request, candidate, part=FilePart.REFERRALS))


@desk_page
@require_POST
def answer_on_behalf(request: Request, referral: UUID) -> HttpResponse:
    """Write down the answer that the person gave to the operator."""
    found = visible_referral(request.scope, referral)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Non abbiamo registrato nulla: scegli se la persona ha detto sì o no."))
        return _referrals_page(request, open_person(request, found.candidate_id, part=FilePart.REFERRALS), status=422)
    try:
        referral_services.answer_referral(referral=found, agreed=form.cleaned_data["agreed"], by=request.scope)
    except referral_services.NotAllowed:
        messages.info(request, _("La persona aveva già risposto."))
    except referral_services.VacancyClosed:
        messages.error(request, _("L'offerta non accetta più candidature."))
    else:
        messages.success(request, _("Risposta registrata."))
    return redirect("person_referrals", candidate=found.candidate_id)


@desk_page
@require_POST
def withdraw_on_behalf(request: Request, referral: UUID) -> HttpResponse:
    """Take the application back for a person who asked the operator to."""
    found = visible_referral(request.scope, referral)
    try:
        referral_services.withdraw_referral(referral=found, by=request.scope)
    except referral_services.NotAllowed:
        messages.info(request, _("Questa candidatura è già chiusa."))
    else:
        messages.success(request, _("Candidatura ritirata: l'impresa non vede più il nome della persona."))
    return redirect("person_referrals", candidate=found.candidate_id)


@desk_page
@require_safe
def placement_list(request: Request) -> HttpResponse:
    """Placements of my desks: those to check, or all of a state."""
    state = request.GET.get("stato", PlacementState.DECLARED)
    page = Pages(placement_queries.placements(request.scope, state=state), PAGE_SIZE).get_page(
        request.GET.get("pagina")
    )
    states = [*PlacementState.choices, ("", _("Tutti"))]
    return render(request, "matching/placements.html", {"page": page, "state": state, "states": states})


@desk_page
@decision_page
@require_http_methods(["GET", "HEAD", "POST"])
def placement_check(request: Request, placement: UUID) -> HttpResponse:
    """Check one with its mandatory notice."""
    found = placement_queries.visible_placement(request.scope, placement)
    open_person(request, found.candidate_id, part=FilePart.PLACEMENT, purpose=ReadingPurpose.PLACEMENT)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if data["outcome"] == "verify":
                placement_services.verify_placement(placement=found, notice_code=data["notice_code"], by=request.scope)
            else:
                placement_services.reject_placement(placement=found, reason=data["reason"], by=request.scope)
        except placement_services.NoticeUsed:
            form.add_error(
                "notice_code", _("Questo codice ha già confermato un altro inserimento: ricontrollalo sulla ricevuta.")
            )
            return _check_page(request, found, form)
        except placement_services.NotYours:
            messages.error(request, _("L'hai dichiarato tu: deve controllarlo un'altra persona."))
        except referral_services.NotAllowed:
            messages.info(request, _("Questo inserimento è già stato controllato."))
        else:
            messages.success(
                request, _("Controllo registrato. La pratica resta aperta: la chiudi dalla scheda della persona.")
            )
        return redirect("placements")
    return _check_page(request, found, form)


def _referrals_page(request: Request, person: Candidate, *, status: int = 200) -> HttpResponse:
    page = Pages(own_referrals(person), PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "matching/person_referrals.html",
        {"candidate": person, "page": page, "rows": told(page), "open_states": OPEN_REFERRALS},
        status=status,
    )


def _check_page(request: Request, placement: Placement, form: CheckForm) -> HttpResponse:
    context = {"placement": placement, "form": form, "to_check": placement.state == PlacementState.DECLARED}
    return render(request, "matching/placement.html", context, status=422 if form.errors else 200)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def close_case(request: Request, case: UUID) -> HttpResponse:
    """Close the case with its outcome, and what was proposed with it; the balance is there before the choice."""
    found = open_case(request, case, part=FilePart.CASE_FILE)
    form = CloseCaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_case(case=found, by=request.scope, **form.cleaned_data)
        except NotOpen:
            messages.info(request, _("La pratica è chiusa: non si può più scrivere."))
        else:
            messages.success(request, _("Pratica chiusa."))
        return redirect("case_file", candidate=found.candidate_id)
    context = {
        "candidate": found.candidate,
        "form": form,
        "balance": balance_today(found),
    }
    return render(request, "matching/close_case.html", context, status=422 if form.errors else 200)
