"""Many cases at once: chosen in the list, confirmed on a page that says how many they are."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from candidates.forms.agenda import InviteForm
from candidates.forms.case import CloseCaseForm
from candidates.forms.caseload import REMOVE, AssignForm, TagForm
from candidates.models import Case
from candidates.queries.caseload import LONGEST_LIST, colleagues, filtered_cases, read_filters
from candidates.services.caseload import invite_cases, reassign_cases, tag_cases, untag_cases
from candidates.views.gate import desk_page
from matching.services.case import end_cases
from sportello.accounts.scope import Request
from sportello.core.validators import is_uuid

TITLES = {
    "affida": gettext_lazy("Affida le pratiche"),
    "etichetta": gettext_lazy("Metti o togli un'etichetta"),
    "invita": gettext_lazy("Invita a prenotare"),
    "chiudi": gettext_lazy("Chiudi le pratiche"),
}


@desk_page
@require_POST
def batch(request: Request) -> HttpResponse:
    """First the question with its number, then the answer; what a case's own rules forbid is left as it is."""
    action = request.POST.get("azione", "")
    if action not in TITLES:
        raise Http404
    query = read_filters(request.GET).query
    back = f"{reverse('caseload')}?{query}"
    cases = _chosen(request)
    if not cases:
        messages.info(request, _("Scegli almeno una pratica."))
        return redirect(back)
    form = _form(request, action)
    if form.is_bound and form.is_valid():
        done = _do(request, action, cases, form.cleaned_data)
        messages.success(request, ngettext("Fatto per %(n)d pratica.", "Fatto per %(n)d pratiche.", done) % {"n": done})
        if left := len(cases) - done:
            messages.info(
                request,
                ngettext(
                    "%(n)d pratica è rimasta com'era: lo era già, o non la puoi cambiare tu.",
                    "%(n)d pratiche sono rimaste com'erano: lo erano già, o non le puoi cambiare tu.",
                    left,
                )
                % {"n": left},
            )
        return redirect(back)
    context = {
        "title": TITLES[action],
        "action": action,
        "cases": cases,
        "shown": cases[:20],
        "form": form,
        "back": back,
    }
    return render(request, "matching/batch.html", context, status=422 if form.errors else 200)


def _chosen(request: Request) -> list[Case]:
    """The cases ticked, or all those of the list; only such as the actor may see."""
    if "tutte" in request.POST:
        return list(filtered_cases(request.scope, read_filters(request.GET))[:LONGEST_LIST])
    ticked = filter(is_uuid, request.POST.getlist("pratica"))
    return list(filtered_cases(request.scope, read_filters({})).filter(pk__in=ticked)[:LONGEST_LIST])


def _form(request: Request, action: str) -> Form:
    """The question of an action; answered only where the confirmation page was sent."""
    data = request.POST if "conferma" in request.POST else None
    match action:
        case "affida":
            return AssignForm(data, operators=colleagues(request.scope))
        case "etichetta":
            return TagForm(data)
        case "invita":
            return InviteForm(data)
        case _close:
            return CloseCaseForm(data)


def _do(request: Request, action: str, cases: list[Case], data: dict[str, Any]) -> int:
    by = request.scope
    match action:
        case "affida":
            return reassign_cases(cases=cases, operator_id=data["operator"].pk, reason=data["reason"], by=by)
        case "etichetta":
            write = untag_cases if data["what"] == REMOVE else tag_cases
            return write(cases=cases, name=data["name"], by=by)
        case "invita":
            return invite_cases(cases=cases, convokes=data["convokes"], by=by)
        case _close:
            return end_cases(cases=cases, closing=data["closing"], note=data["note"], by=by)
