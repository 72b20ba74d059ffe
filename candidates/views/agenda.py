"""What operators keep of the agenda: their hours, their absences, groups, and a person's booking."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import FilePart, ReadingPurpose
from candidates.forms.agenda import AbsenceForm, GroupForm, ReceptionForm
from candidates.models import Absence, Appointment, Candidate, GroupMeeting, ReceptionHours
from candidates.queries.people import served_desks
from candidates.queries.slots import (
    SlotChoice,
    absences_of,
    group_meetings,
    open_groups,
    reception_of,
    seats_of_group,
    slot_choices,
)
from candidates.rules import appointment_steps, led_desks
from candidates.services import appointment as appointments
from candidates.services import reception as service
from candidates.states import AppointmentState, GroupMeetingState
from candidates.views.gate import desk_page, note_names, open_person
from sportello.accounts.scope import Request
from sportello.core.http import posted
from sportello.core.paging import Pages

PAGE_SIZE = 25


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def reception(request: Request) -> HttpResponse:
    """My week and my absences; a new span of hours is written here."""
    desks = served_desks(request.scope)
    form = ReceptionForm(
        posted(request),
        desks=desks,
        initial={"desk": desks.first(), "valid_from": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            service.add_reception(operator_id=request.scope.account_id, by=request.scope, **form.cleaned_data)
        except service.Overlaps:
            form.add_error(
                "begins",
                _("In parte di queste ore ricevi già, a questo o a un altro sportello: guarda la tua settimana."),
            )
        else:
            messages.success(request, _("Orario aggiunto: da quel giorno le persone possono prenotare."))
            return redirect("reception")
    return _reception_page(request, form=form, absence_form=AbsenceForm())


@desk_page
@require_POST
def end_reception(request: Request, hours: UUID) -> HttpResponse:
    """I do not receive any more at these hours."""
    found = get_object_or_404(ReceptionHours, pk=hours, operator=request.scope.user_id)
    service.end_reception(hours=found, by=request.scope)
    messages.success(request, _("Orario tolto. Gli appuntamenti già presi restano."))
    return redirect("reception")


@desk_page
@require_POST
def add_absence(request: Request) -> HttpResponse:
    """I am away; who had booked in that time is named, for the operator to see to."""
    form = AbsenceForm(request.POST)
    desks = served_desks(request.scope)
    empty = ReceptionForm(desks=desks, initial={"desk": desks.first(), "valid_from": timezone.localdate()})
    if not form.is_valid():
        return _reception_page(request, form=empty, absence_form=form)
    try:
        _absence, booked = service.add_absence(
            operator_id=request.scope.account_id,
            starts_at=form.cleaned_data["starts_at"],
            ends_at=form.cleaned_data["ends_at"],
            by=request.scope,
        )
    except service.Overlaps:
        form.add_error("first_day", _("In questi giorni hai già segnato un'assenza."))
        return _reception_page(request, form=empty, absence_form=form)
    messages.success(request, _("Assenza segnata: in quel tempo nessuno può prenotare."))
    if booked:
        note_names(
            request,
            (appointment.candidate_id for appointment in booked if not appointment.is_hidden),
            part=FilePart.APPOINTMENT,
            purpose=ReadingPurpose.APPOINTMENT,
        )
        messages.warning(
            request,
            ngettext(
                "In quel tempo hai già %(n)d appuntamento: %(names)s. Spostalo o annullalo.",
                "In quel tempo hai già %(n)d appuntamenti: %(names)s. Spostali o annullali.",
                len(booked),
            )
            % {"n": len(booked), "names": ", ".join(_who(appointment) for appointment in booked)},
        )
    return redirect("reception")


@desk_page
@require_POST
def remove_absence(request: Request, absence: UUID) -> HttpResponse:
    """I am there after all."""
    found = get_object_or_404(Absence, pk=absence, operator=request.scope.user_id)
    service.remove_absence(absence=found, by=request.scope)
    messages.success(request, _("Assenza tolta."))
    return redirect("reception")


def _reception_page(request: Request, *, form: ReceptionForm, absence_form: AbsenceForm) -> HttpResponse:
    operator = request.scope.account_id
    context = {
        "hours": reception_of(operator),
        "absences": absences_of(operator),
        "form": form,
        "absence_form": absence_form,
        "today": timezone.localdate(),
        "leads": bool(led_desks(request.scope)),
    }
    refused = form.errors or absence_form.errors
    return render(request, "candidates/reception.html", context, status=422 if refused else 200)


@desk_page
@require_safe
def groups(request: Request) -> HttpResponse:
    """Groups of my desks, the latest first."""
    page = Pages(group_meetings(request.scope), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {"page": page, "planned": GroupMeetingState.PLANNED, "now": timezone.now()}
    return render(request, "candidates/groups.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def plan_group(request: Request) -> HttpResponse:
    """A new meeting with several people."""
    desks = served_desks(request.scope)
    form = GroupForm(posted(request), desks=desks, initial={"desk": desks.first()})
    if request.method == "POST" and form.is_valid():
        wanted = {
            name: form.cleaned_data[name]
            for name in ("desk", "title", "place", "starts_at", "ends_at", "mode", "seats")
        }
        try:
            group = service.plan_group(operator_id=request.scope.account_id, by=request.scope, **wanted)
        except service.OperatorBusy:
            form.add_error("hour", _("A quest'ora hai già un appuntamento o un altro gruppo: scegli un'altra ora."))
        else:
            messages.success(request, _("Incontro aperto: le persone dello sportello lo vedono e possono iscriversi."))
            return redirect("group", group=group.pk)
    return render(request, "candidates/group_form.html", {"form": form}, status=422 if form.errors else 200)


@desk_page
@require_safe
def group(request: Request, group: UUID) -> HttpResponse:
    """One group: who has a seat, and for each whether they came."""
    found = get_object_or_404(group_meetings(request.scope), pk=group)
    now = timezone.now()
    seats = seats_of_group(request.scope, found)
    note_names(
        request,
        (seat.candidate_id for seat in seats if not seat.is_hidden),
        part=FilePart.APPOINTMENT,
        purpose=ReadingPurpose.APPOINTMENT,
    )
    context = {
        "group": found,
        "seats": [(seat, appointment_steps(seat, now)) for seat in seats],
        "logs_service": any(seat.state == AppointmentState.SEEN and not seat.is_hidden for seat in seats),
        "can_revoke": found.state == GroupMeetingState.PLANNED and found.starts_at > now,
    }
    return render(request, "candidates/group.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_group(request: Request, group: UUID) -> HttpResponse:
    """The group does not meet: one question, then everybody is told."""
    found = get_object_or_404(group_meetings(request.scope), pk=group)
    if request.method == "POST":
        try:
            service.revoke_group(group=found, by=request.scope)
        except appointments.NotAllowed:
            messages.info(request, _("Questo incontro è già cominciato o già annullato."))
        else:
            messages.success(request, _("Incontro annullato: chi aveva un posto riceve un messaggio."))
        return redirect("group", group=found.pk)
    return render(request, "candidates/group_revoke.html", {"group": found})


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def choose_hour(request: Request, candidate: UUID) -> HttpResponse:
    """A free hour of my desks, or a seat in a group, for a person."""
    person = open_person(request, candidate, part=FilePart.APPOINTMENT)
    days = slot_choices(request.scope)
    if request.method == "POST":
        return _book_for(request, person, [choice for _day, found in days for choice in found])
    context = {"candidate": person, "days": days, "groups": open_groups(request.scope.desk_ids), "taken": False}
    return render(request, "candidates/choose_hour.html", context)


def _book_for(request: Request, person: Candidate, choices: list[SlotChoice]) -> HttpResponse:
    wanted = request.POST.get("orario", "")
    choice = next((choice for choice in choices if choice.key == wanted), None)
    try:
        if choice is None:
            raise appointments.SlotTaken
        appointments.book_appointment(
            candidate=person,
            desk=choice.desk,
            operator_id=choice.operator.pk,
            starts_at=choice.starts_at,
            ends_at=choice.ends_at,
            mode=choice.mode,
            reason=request.POST.get("motivo", "").strip()[:150] or _("Incontro con lo sportello"),
            by=request.scope,
        )
    except appointments.SlotTaken:
        context: dict[str, Any] = {
            "candidate": person,
            "days": slot_choices(request.scope),
            "groups": open_groups(request.scope.desk_ids),
            "taken": True,
        }
        return render(request, "candidates/choose_hour.html", context, status=409)
    messages.success(request, _("Appuntamento prenotato."))
    return redirect("case_file", candidate=person.pk)


@desk_page
@require_POST
def seat_person(request: Request, candidate: UUID, group: UUID) -> HttpResponse:
    """Give a person a seat in a group of my desks."""
    person = open_person(request, candidate, part=FilePart.APPOINTMENT)
    found = get_object_or_404(GroupMeeting, pk=group, desk__in=request.scope.desk_ids)
    try:
        appointments.join_group(candidate=person, group=found, by=request.scope)
    except appointments.GroupFull:
        messages.error(request, _("Non ci sono più posti in questo incontro."))
    except appointments.SlotTaken:
        messages.error(request, _("A quell'ora la persona ha già un appuntamento."))
    else:
        messages.success(request, _("Posto preso."))
    return redirect("case_file", candidate=person.pk)


def _who(appointment: Appointment) -> str:
    return _("appuntamento riservato") if appointment.is_hidden else str(appointment.candidate)
