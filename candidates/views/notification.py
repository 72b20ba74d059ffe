"""The notices of a person: what was written, how they want to hear from us; and the invitation to book."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from candidates.enums import FilePart
from candidates.forms.agenda import InviteForm
from candidates.forms.notification import PreferenceForm
from candidates.models import BookingInvitation, Candidate
from candidates.queries.notices import notices_of, open_invitation, preference_of
from candidates.queries.people import served_desks, usual_desk
from candidates.services import invitation as invitations
from candidates.services.appointment import NotAllowed, Unreachable
from candidates.services.notification import set_preference
from candidates.views.gate import desk_page, my_record, open_person
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core import sms
from sportello.core.http import audience, posted


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def my_notices(request: Request) -> HttpResponse:
    """What the desk wrote to me, and how I want to hear from it."""
    me = my_record(request)
    form = _form(request, me)
    if _kept(request, me, form):
        messages.success(request, _("Fatto: da ora ti scriviamo così."))
        return redirect("my_notices")
    context = {"form": form, "notices": notices_of(me), "candidate": me}
    return render(request, "candidates/my_notices.html", context, status=422 if form.errors else 200)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def person_notices(request: Request, candidate: UUID) -> HttpResponse:
    """What was written to a person; their wishes, as they say them at the desk."""
    person = open_person(request, candidate, part=FilePart.CONTACT)
    form = _form(request, person)
    if _kept(request, person, form):
        messages.success(request, _("Preferenze salvate."))
        return redirect("person_notices", candidate=person.pk)
    context = {
        "form": form,
        "notices": notices_of(person),
        "candidate": person,
        "invitation": open_invitation(person),
    }
    return render(request, "candidates/person_notices.html", context, status=422 if form.errors else 200)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def invite_to_book(request: Request, candidate: UUID) -> HttpResponse:
    """Ask a person to choose the hour of a meeting."""
    person = open_person(request, candidate, part=FilePart.APPOINTMENT)
    form = InviteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        desk = usual_desk(person, served_desks(request.scope))
        if desk is None:
            raise Http404
        try:
            invitations.invite_to_book(candidate=person, desk=desk, by=request.scope, **form.cleaned_data)
        except invitations.AlreadyInvited:
            messages.info(request, _("La persona ha già un invito o un appuntamento."))
        except Unreachable:
            messages.error(request, _("Non abbiamo un indirizzo a cui scriverle: chiamala."))
        else:
            messages.success(request, _("Invito mandato. Se non risponde, le scriviamo un promemoria."))
        return redirect("person_notices", candidate=person.pk)
    return render(request, "candidates/invite_to_book.html", {"form": form, "candidate": person})


@desk_page
@require_POST
def withdraw_invitation(request: Request, booking_invitation: UUID) -> HttpResponse:
    """Ask no more: it was settled otherwise."""
    found = get_object_or_404(BookingInvitation, pk=booking_invitation)
    person = open_person(request, found.candidate_id, part=FilePart.APPOINTMENT)
    try:
        invitations.withdraw_invitation(invitation=found, by=request.scope)
    except NotAllowed:
        messages.info(request, _("Questo invito è già chiuso."))
    else:
        messages.success(request, _("Invito ritirato: nessun promemoria parte più."))
    return redirect("person_notices", candidate=person.pk)


def _form(request: Request, person: Candidate) -> PreferenceForm:
    chosen = preference_of(person)
    initial: dict[str, Any] = {
        "channel": chosen.channel,
        "language": person.language,
        "reminders_paused": chosen.reminders_paused,
    }
    return PreferenceForm(
        posted(request),
        initial=initial,
        can_text=sms.is_on() and bool(person.phone),
    )


def _kept(request: Request, person: Candidate, form: PreferenceForm) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    set_preference(candidate=person, by=request.scope, **form.cleaned_data)
    return True
