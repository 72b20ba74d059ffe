"""A person books, moves or joins a meeting: first the free hours, then one question, then it is done."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import AppointmentMode
from candidates.forms.agenda import TopicForm
from candidates.models import Appointment, Candidate
from candidates.queries.self_service import own_meeting
from candidates.queries.slots import BookingPage, Hour, booking_page, open_groups, own_desk
from candidates.services import appointment as service
from candidates.views.gate import my_record
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted

DAYS_A_PAGE = 5


@audience(Role.CITIZEN)
@require_safe
def my_hours(request: Request) -> HttpResponse:
    """The free hours of my desk, a few days at a time."""
    return _hours(request, my_record(request))


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def my_hour(request: Request, hour: str) -> HttpResponse:
    """One hour: is it this one? The answer books it."""
    me = my_record(request)
    starts_at, mode = _read(hour)
    desk = own_desk(me)
    if desk is None:
        raise Http404
    form = TopicForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            booked = service.book_hour(
                candidate=me,
                desk=desk,
                starts_at=starts_at,
                mode=mode,
                reason=form.cleaned_data["topic"],
                by=request.scope,
            )
        except service.AlreadyBooked:
            messages.info(request, _("Hai già un appuntamento: se quell'ora non va bene, spostalo."))
            return redirect("home")
        except service.SlotTaken:
            return _hours(request, me, taken=True)
        messages.success(request, _told(booked))
        return redirect("home")
    context = {"starts_at": starts_at, "mode": AppointmentMode(mode), "desk": desk, "form": form, "moved": None}
    return render(request, "candidates/my_hour.html", context, status=422 if form.errors else 200)


@audience(Role.CITIZEN)
@require_safe
def my_new_hours(request: Request, appointment: UUID) -> HttpResponse:
    """The free hours to which my meeting may move."""
    me = my_record(request)
    return _hours(request, me, moved=_movable(me, appointment))


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def my_new_hour(request: Request, appointment: UUID, hour: str) -> HttpResponse:
    """From the old hour to the new one, if nobody was quicker."""
    me = my_record(request)
    moved = _movable(me, appointment)
    starts_at, mode = _read(hour)
    if request.method == "POST":
        try:
            booked = service.move_appointment(appointment=moved, starts_at=starts_at, mode=mode, by=request.scope)
        except service.SlotTaken:
            return _hours(request, me, moved=moved, taken=True)
        except service.NotAllowed:
            messages.info(request, _("Questo appuntamento non si può più spostare: chiama lo sportello."))
            return redirect("home")
        messages.success(request, _told(booked))
        return redirect("home")
    context = {"starts_at": starts_at, "mode": AppointmentMode(mode), "desk": moved.desk, "form": None, "moved": moved}
    return render(request, "candidates/my_hour.html", context)


@audience(Role.CITIZEN)
@require_POST
def join_group(request: Request, group: UUID) -> HttpResponse:
    """Take a seat in a group of my desk."""
    me = my_record(request)
    desk = own_desk(me)
    found = get_object_or_404(open_groups([desk.pk] if desk else []), pk=group)
    try:
        booked = service.join_group(candidate=me, group=found, by=request.scope)
    except service.GroupFull:
        messages.info(request, _("I posti sono finiti mentre sceglievi. Ecco che cosa è ancora libero."))
        return redirect("my_hours")
    except service.SlotTaken:
        messages.info(request, _("A quell'ora hai già un altro appuntamento."))
        return redirect("my_hours")
    messages.success(request, _told(booked))
    return redirect("home")


def _hours(request: Request, me: Candidate, *, moved: Appointment | None = None, taken: bool = False) -> HttpResponse:
    """The page of free hours; 409 where the wanted one has just gone."""
    page = booking_page(me, moves=moved is not None)
    context: dict[str, Any] = {"page": page, "moved": moved, "taken": taken, "days": [], "next_day": None}
    if page is not None:
        context |= _some_days(page, request.GET.get("dal", "") if request.method == "GET" else "", moved)
    return render(request, "candidates/my_hours.html", context, status=409 if taken else 200)


def _some_days(page: BookingPage, wanted: str, moved: Appointment | None) -> dict[str, Any]:
    """A few days from the one asked for, each hour with its address, and the day with which the next few begin."""
    try:
        first = date.fromisoformat(wanted)
    except ValueError:
        first = date.min
    days = [day for day in page.days if day.day >= first]
    shown = [(day.day, [(hour, _address(hour, moved)) for hour in day.hours]) for day in days[:DAYS_A_PAGE]]
    return {"days": shown, "next_day": days[DAYS_A_PAGE].day if len(days) > DAYS_A_PAGE else None}


def _address(hour: Hour, moved: Appointment | None) -> str:
    if moved:
        return reverse("my_new_hour", kwargs={"appointment": moved.pk, "hour": hour.key})
    return reverse("my_hour", kwargs={"hour": hour.key})


def _read(key: str) -> tuple[datetime, str]:
    """The moment and the way of `Hour.key`. Raises Http404."""
    moment, _comma, mode = key.partition(",")
    try:
        starts_at = datetime.strptime(moment, "%Y-%m-%dT%H:%M").replace(tzinfo=UTC)
    except ValueError:
        raise Http404 from None
    if mode not in AppointmentMode:
        raise Http404
    return starts_at, mode


def _movable(me: Candidate, pk: UUID) -> Appointment:
    found = own_meeting(me, pk)
    if found.group_id:
        raise Http404
    return found


def _told(booked: Appointment) -> str:
    return (
        _("Appuntamento prenotato. Ti scriviamo un'e-mail con giorno e ora.")
        if booked.candidate.email
        else _("Appuntamento prenotato. Segnati giorno e ora.")
    )
