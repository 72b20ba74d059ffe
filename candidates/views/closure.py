"""Days on which a whole desk does not receive."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import FilePart, ReadingPurpose
from candidates.forms.agenda import ClosureForm
from candidates.queries.closures import booked_in, closures, led_closure
from candidates.rules import led_desks
from candidates.services import reception as service
from candidates.views.gate import desk_page, note_names
from sportello.accounts.scope import Request
from sportello.core.http import posted
from sportello.territory.models import Desk


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def desk_closures(request: Request) -> HttpResponse:
    """When the desks that I lead are closed; POST closes one."""
    desks = Desk.objects.filter(pk__in=led_desks(request.scope)).order_by("name")
    if not desks:
        raise Http404
    form = ClosureForm(posted(request), desks=desks, initial={"desk": desks[0]})
    if request.method == "POST" and form.is_valid():
        try:
            closure = service.close_desk(by=request.scope, **form.cleaned_data)
        except service.Overlaps:
            form.add_error("first_day", _("In questi giorni lo sportello è già segnato come chiuso."))
        else:
            messages.success(request, _("Chiusura segnata: in quei giorni nessuno può prenotare."))
            return redirect("desk_closure", closure=closure.pk)
    context = {"form": form, "closures": closures(request.scope)}
    return render(request, "candidates/closures.html", context, status=422 if form.errors else 200)


@desk_page
@require_safe
def desk_closure(request: Request, closure: UUID) -> HttpResponse:
    """One closure, with the meetings to move."""
    found = led_closure(request.scope, closure)
    booked = booked_in(request.scope, found)
    note_names(
        request,
        (meeting.candidate_id for meeting in booked if not meeting.is_hidden),
        part=FilePart.APPOINTMENT,
        purpose=ReadingPurpose.APPOINTMENT,
    )
    return render(request, "candidates/closure.html", {"closure": found, "booked": booked})


@desk_page
@require_POST
def reopen_desk(request: Request, closure: UUID) -> HttpResponse:
    """The desk receives after all."""
    service.reopen_desk(closure=led_closure(request.scope, closure), by=request.scope)
    messages.success(request, _("Chiusura tolta: in quei giorni si può di nuovo prenotare."))
    return redirect("desk_closures")
