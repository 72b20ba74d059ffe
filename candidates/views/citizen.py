"""What a citizen sees of their own file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candidates.forms.case import CancelForm
from candidates.queries.balance import own_balances
from candidates.queries.people import pact_page
from candidates.queries.self_service import own_accesses, own_meeting
from candidates.queries.signing import own_versions, pact_to_sign
from candidates.services.appointment import NotAllowed, cancel_appointment
from candidates.views.gate import my_record
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.calendars import Entry, calendar_file
from sportello.core.http import audience, posted


@audience(Role.CITIZEN)
@require_safe
def my_pact(request: Request) -> HttpResponse:
    """My signed pact and its actions, what waits for my signature, the versions I signed."""
    candidate = my_record(request)
    case = candidate.cases.order_by("-opened_on").first()
    page = pact_page(case) if case else None
    context = {
        "case": case,
        "pact": page.signed if page else None,
        "to_sign": pact_to_sign(candidate),
        "versions": own_versions(candidate),
    }
    return render(request, "candidates/my_pact.html", context)


@audience(Role.CITIZEN)
@require_safe
def my_balance(request: Request) -> HttpResponse:
    """What was done with me in each case that has closed."""
    return render(request, "candidates/my_balance.html", {"balances": own_balances(my_record(request))})


@audience(Role.CITIZEN)
@require_safe
def my_accesses(request: Request) -> HttpResponse:
    """Who opened my file, when and why."""
    return render(request, "candidates/my_accesses.html", {"accesses": own_accesses(my_record(request))})


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_my_appointment(request: Request, appointment: UUID) -> HttpResponse:
    """Say that I cannot come; the reason is mine to give."""
    found = own_meeting(my_record(request), appointment)
    form = CancelForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            cancel_appointment(appointment=found, by=request.scope, **form.cleaned_data)
        except NotAllowed:
            messages.info(request, _("Questo appuntamento non si può più disdire: chiama lo sportello."))
        else:
            messages.success(request, _("Appuntamento disdetto. Quando vuoi, prenotane un altro qui."))
            return redirect("my_hours")
        return redirect("home")
    context = {"appointment": found, "form": form}
    return render(request, "candidates/cancel_appointment.html", context, status=422 if form.errors else 200)


@audience(Role.CITIZEN)
@require_safe
def my_appointment_calendar(request: Request, appointment: UUID) -> HttpResponse:
    """One meeting as a calendar file (RFC 5545), for the phone's own agenda."""
    found = own_meeting(my_record(request), appointment)
    desk = found.desk
    # A calendar is often seen by others: no reason, no service, only where and when.
    entry = Entry(
        uid=f"{found.pk}@sportello",
        starts=found.starts_at,
        ends=found.ends_at,
        summary=_("Appuntamento: %(desk)s") % {"desk": desk.name},
        location=f"{desk.address}, {desk.municipality}",
        description=_("Non puoi venire? Disdici dalla tua pagina o chiama %(phone)s.") % {"phone": desk.phone}
        if desk.phone
        else "",
    )
    return calendar_file("appuntamento.ics", [entry])
