"""Asking after some months whether the work goes on."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from candidates.enums import FilePart, ReadingPurpose
from candidates.views.gate import desk_page, note_names, open_person
from matching.forms.referral import FollowUpForm
from matching.queries.placements import check_terms, due_checks, visible_placement
from matching.services import placement as service
from matching.services.referral import NotAllowed
from matching.states import PlacementState
from sportello.accounts.scope import Request
from sportello.core.http import posted
from sportello.core.paging import Pages

PAGE_SIZE = 25


@desk_page
@require_safe
def due_list(request: Request) -> HttpResponse:
    """Who began to work so many months ago that somebody should ask."""
    page = Pages(due_checks(request.scope), PAGE_SIZE).get_page(request.GET.get("pagina"))
    note_names(
        request,
        {placement.candidate_id for placement in page},
        part=FilePart.PLACEMENT,
        purpose=ReadingPurpose.PLACEMENT,
    )
    return render(request, "matching/due_checks.html", {"page": page})


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: Request, placement: UUID, months: int) -> HttpResponse:
    """Write down what one placement has become."""
    found = visible_placement(request.scope, placement)
    if found.state != PlacementState.VERIFIED or months not in check_terms():
        raise Http404
    person = open_person(request, found.candidate_id, part=FilePart.PLACEMENT, purpose=ReadingPurpose.PLACEMENT)
    form = FollowUpForm(posted(request), placement=found)
    if request.method == "POST" and form.is_valid():
        try:
            service.follow_up(placement=found, months=months, by=request.scope, **form.cleaned_data)
        except service.AlreadyFollowed:
            messages.info(request, _("Qualcuno ha già registrato questa verifica."))
        except NotAllowed:
            messages.info(request, _("Questo inserimento è cambiato: ricontrollalo."))
        else:
            messages.success(request, _("Verifica registrata."))
        return redirect("due_checks")
    title = ngettext("Dopo %(n)s mese", "Dopo %(n)s mesi", months) % {"n": months}
    context = {"placement": found, "candidate": person, "form": form, "title": title}
    return render(request, "matching/follow_up.html", context, status=422 if form.errors else 200)
