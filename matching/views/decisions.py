"""Where the operator decides whom to propose the work to: with the ranking, or otherwise and saying why."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candidates.enums import FilePart, ReadingPurpose
from candidates.views.gate import desk_page, note_names, open_person
from employers.views.gate import decision_page
from matching.forms.referral import ReasonForm, ReferForm
from matching.queries.overrides import overrides, standing_of, tally, vacancy_to_fill
from matching.services.override import NotRanked, ReasonNeeded, set_aside
from matching.services.referral import AgainstTheLaw, AlreadyReferred, VacancyClosed
from matching.services.referral import refer as refer_person
from matching.states import OverrideKind
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.core.paging import Pages

PAGE_SIZE = 25
PERIODS = (30, 90, 365)
"""Days for which a coordinator may ask."""


@desk_page
@decision_page
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: Request, vacancy: UUID, candidate: UUID) -> HttpResponse:
    """Propose the work to a person: nothing goes to the company before their yes. Whom the ranking does not hold asks for a reason."""
    job = vacancy_to_fill(request.scope, vacancy)
    person = open_person(request, candidate, part=FilePart.REFERRALS, purpose=ReadingPurpose.PROPOSAL)
    standing = standing_of(job, person)
    form = ReferForm(posted(request), is_outside=standing.is_outside)
    if request.method == "POST" and form.is_valid():
        try:
            refer_person(vacancy=job, candidate=person, by=request.scope, **form.cleaned_data)
        except AlreadyReferred:
            messages.info(request, _("Questo lavoro è già stato proposto alla persona."))
        except VacancyClosed:
            messages.error(request, _("L'offerta non accetta più candidature."))
        except AgainstTheLaw:
            messages.error(request, _("Questo lavoro non si può proporre: lo esclude una regola di legge."))
        except ReasonNeeded:
            messages.error(request, _("L'elenco è cambiato in questo momento: rileggi e riprova."))
            return redirect("refer", vacancy=job.pk, candidate=person.pk)
        else:
            messages.success(request, _("Proposta inviata: ora aspettiamo il sì della persona."))
        return redirect("person_referrals", candidate=person.pk)
    context = {"vacancy": job, "candidate": person, "form": form, "standing": standing}
    return render(request, "matching/refer.html", context, status=422 if form.errors else 200)


@desk_page
@decision_page
@require_http_methods(["GET", "HEAD", "POST"])
def put_aside(request: Request, vacancy: UUID, candidate: UUID) -> HttpResponse:
    """Take a person out of the list of a vacancy, and say why."""
    job = vacancy_to_fill(request.scope, vacancy)
    person = open_person(request, candidate, part=FilePart.MATCH, purpose=ReadingPurpose.PROPOSAL)
    form = ReasonForm(posted(request), kind=OverrideKind.SET_ASIDE)
    if request.method == "POST" and form.is_valid():
        try:
            set_aside(vacancy=job, candidate=person, by=request.scope, **form.cleaned_data)
        except NotRanked:
            messages.info(request, _("La persona non è più nell'elenco, o il lavoro le è già stato proposto."))
        else:
            messages.success(request, _("Fatto. La decisione resta scritta sotto l'elenco, con il motivo."))
        return redirect("vacancy_matches", vacancy=job.pk)
    context = {"vacancy": job, "candidate": person, "form": form}
    return render(request, "matching/set_aside.html", context, status=422 if form.errors else 200)


@audience(Role.COORDINATOR)
@require_safe
def decisions(request: Request) -> HttpResponse:
    """How often, and why, somebody decided otherwise than a ranking about people of my desks."""
    asked = request.GET.get("giorni", "")
    days = int(asked) if asked in map(str, PERIODS) else PERIODS[1]
    page = Pages(overrides(request.scope, days), PAGE_SIZE).get_page(request.GET.get("pagina"))
    named = {override.candidate_id for override in page}
    note_names(request, named, part=FilePart.MATCH, purpose=ReadingPurpose.CHECK)
    context = {"tally": tally(request.scope, days), "page": page, "periods": PERIODS}
    return render(request, "matching/decisions.html", context)
