"""The services that a person received."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from candidates.enums import AppointmentMode, FilePart, ReadingPurpose
from candidates.forms.delivered import GroupServiceForm, ServiceForm
from candidates.models import GroupMeeting, ServiceDelivered
from candidates.queries.delivered import deliveries, received_in, seats_seen, visible_delivery
from candidates.rules import may_correct
from candidates.services import delivered as service
from candidates.services.case import NotOpen
from candidates.states import CaseState
from candidates.views.gate import desk_page, note_names, open_case
from sportello.accounts.scope import Request
from sportello.core.http import posted
from sportello.reference.rules import parameter


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def services_delivered(request: Request, case: UUID) -> HttpResponse:
    """What the person received in this case, and one more."""
    found = open_case(request, case, part=FilePart.SERVICES)
    initial = {"delivered_on": timezone.localdate(), "mode": AppointmentMode.IN_PERSON}
    form = ServiceForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            service.record_service(case=found, by=request.scope, **form.cleaned_data)
        except NotOpen:
            messages.info(request, _("La pratica è chiusa: non si può più scrivere."))
        else:
            messages.success(request, _("Servizio registrato."))
        return redirect("services_delivered", case=found.pk)
    now, days = timezone.now(), int(parameter("service_correction_days", on=timezone.localdate()).value)
    rows = deliveries(found)
    for row in rows:
        row.case = found
    context = {
        "case": found,
        "candidate": found.candidate,
        "is_open": found.state == CaseState.OPEN,
        "form": form,
        "received": received_in(found),
        "rows": [(row, may_correct(request.scope, row, days=days, now=now)) for row in rows],
        "days": days,
    }
    return render(request, "candidates/services.html", context, status=422 if form.errors else 200)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def correct_service(request: Request, delivered: UUID) -> HttpResponse:
    """Correct what I recorded in the last days."""
    found = _mine(request, delivered)
    form = ServiceForm(posted(request), instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            service.correct_service(delivered=found, by=request.scope, **form.cleaned_data)
        except (service.TooLate, NotOpen):
            messages.info(request, _("Questo servizio non si può più correggere."))
        else:
            messages.success(request, _("Servizio corretto."))
        return redirect("services_delivered", case=found.case_id)
    context = {
        "candidate": found.case.candidate,
        "form": form,
        "title": _("Correggi il servizio"),
        "submit": _("Salva"),
        "back": reverse("services_delivered", kwargs={"case": found.case_id}),
    }
    return render(request, "candidates/person_form.html", context, status=422 if form.errors else 200)


@desk_page
@require_POST
def remove_service(request: Request, delivered: UUID) -> HttpResponse:
    """Take back what I recorded by mistake."""
    found = _mine(request, delivered)
    try:
        service.remove_service(delivered=found, by=request.scope)
    except (service.TooLate, NotOpen):
        messages.info(request, _("Questo servizio non si può più correggere."))
    else:
        messages.success(request, _("Servizio tolto."))
    return redirect("services_delivered", case=found.case_id)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def group_service(request: Request, group: UUID) -> HttpResponse:
    """One service for all who came to a group."""
    found = get_object_or_404(GroupMeeting, pk=group, desk__in=request.scope.desk_ids)
    came = seats_seen(request.scope, found.pk)
    if not came:
        raise Http404
    lasted = int((found.ends_at - found.starts_at).total_seconds() // 60)
    form = GroupServiceForm(posted(request), initial={"minutes": lasted})
    if request.method == "POST" and form.is_valid():
        done = service.record_group_service(group=found, by=request.scope, **form.cleaned_data)
        messages.success(request, _("Servizio registrato per %(n)s persone.") % {"n": done})
        return redirect("group", group=found.pk)
    note_names(request, came, part=FilePart.SERVICES, purpose=ReadingPurpose.APPOINTMENT)
    context = {"group": found, "people": [case.candidate for case in came.values()], "form": form}
    return render(request, "candidates/group_service.html", context, status=422 if form.errors else 200)


def _mine(request: Request, pk: UUID) -> ServiceDelivered:
    """A delivery that the actor may still correct. Raises Http404, ReasonMissing."""
    found = visible_delivery(request.scope, pk)
    open_case(request, found.case_id, part=FilePart.SERVICES)
    days = int(parameter("service_correction_days", on=timezone.localdate()).value)
    if not may_correct(request.scope, found, days=days, now=timezone.now()):
        raise Http404
    return found
