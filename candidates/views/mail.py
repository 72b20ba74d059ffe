"""The box of arriving e-mails: read, register, link, reject."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import FilePart, ReadingPurpose
from candidates.forms.mail import RejectMailForm
from candidates.forms.registration import DeskForm
from candidates.models import InboundMessage
from candidates.queries.mail import known_writers, mail_file, mailbox, mailbox_counts, mailboxes, visible_mail
from candidates.queries.people import search_people, served_desks, visible_candidate
from candidates.services import mail_work
from candidates.states import InboundState
from candidates.views.gate import desk_page, note_names
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.files import hand_out
from sportello.core.http import audience
from sportello.core.paging import Pages
from sportello.territory.models import Desk

PAGE_SIZE = 25


@desk_page
@require_safe
def inbox(request: Request) -> HttpResponse:
    """The letters of my desks, by what became of them."""
    view = request.GET.get("vista", "")
    state = InboundState(view) if view in InboundState.values else InboundState.NEW
    counts = mailbox_counts(request.scope)
    context = {
        "page": Pages(mailbox(request.scope, state), PAGE_SIZE).get_page(request.GET.get("pagina")),
        "state": state,
        "mailboxes": mailboxes(),
        "views": [(each.value, each.label, counts[each.value]) for each in InboundState],
    }
    return render(request, "candidates/inbox.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: Request, inbound: UUID) -> HttpResponse:
    """One letter with what can be done; POST looks for a person, whose words travel in the body."""
    message = visible_mail(request.scope, inbound)
    return _letter_page(request, message, RejectMailForm())


@desk_page
@require_POST
def register_writer(request: Request, inbound: UUID) -> HttpResponse:
    """Begin the registration of whoever wrote, at the desk of the letter or of the operator."""
    message = visible_mail(request.scope, inbound)
    desk = _desk(request, message)
    if desk is None:
        desks = served_desks(request.scope)
        form = DeskForm(request.POST if "desk" in request.POST else None, desks=desks)
        status = 422 if form.errors else 200
        return render(request, "candidates/assisted_start.html", {"form": form, "way": ""}, status=status)
    try:
        draft = mail_work.begin_registration(message=message, desk=desk, by=request.scope)
    except mail_work.AlreadyHandled:
        return _already(request, message)
    return redirect("assisted_registration_step", draft=draft.pk, step=1)


@desk_page
@require_POST
def link_writer(request: Request, inbound: UUID, candidate: UUID) -> HttpResponse:
    """The letter is of a person on file."""
    message, person = visible_mail(request.scope, inbound), visible_candidate(request.scope, candidate)
    desk = _desk(request, message) or served_desks(request.scope)[0]
    try:
        mail_work.link_mail(message=message, candidate=person, desk=desk, by=request.scope)
    except mail_work.AlreadyHandled:
        return _already(request, message)
    messages.success(request, _("Il messaggio è collegato a %(name)s.") % {"name": person})
    return redirect("inbox")


@desk_page
@require_POST
def reject_letter(request: Request, inbound: UUID) -> HttpResponse:
    """Nothing comes of the letter, and why."""
    message = visible_mail(request.scope, inbound)
    form = RejectMailForm(request.POST)
    if not form.is_valid():
        return _letter_page(request, message, form, status=422)
    try:
        mail_work.reject_mail(message=message, by=request.scope, **form.cleaned_data)
    except mail_work.AlreadyHandled:
        return _already(request, message)
    messages.success(request, _("Messaggio scartato. Lo ritrovi tra i messaggi scartati."))
    return redirect("inbox")


@desk_page
@require_POST
def restore_letter(request: Request, inbound: UUID) -> HttpResponse:
    """Take a rejected letter up again."""
    message = visible_mail(request.scope, inbound)
    try:
        mail_work.restore_mail(message=message, by=request.scope)
    except mail_work.AlreadyHandled:
        return _already(request, message)
    messages.success(request, _("Il messaggio è di nuovo da rivedere."))
    return redirect("inbound_letter", inbound=message.pk)


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_safe
def letter_file(request: Request, attachment: UUID) -> FileResponse:
    """A file of a letter, as a download."""
    file = mail_file(request.scope, attachment)
    return hand_out(file.content, name=file.name or "allegato")


def _desk(request: Request, message: InboundMessage) -> Desk | None:
    """The desk of the letter, else the one that the operator serves or has named."""
    if message.desk:
        return message.desk
    form = DeskForm(request.POST, desks=served_desks(request.scope))
    return form.cleaned_data["desk"] if form.is_valid() else None


def _letter_page(request: Request, message: InboundMessage, form: RejectMailForm, *, status: int = 200) -> HttpResponse:
    text = request.POST.get("persona", "")
    people = known_writers(request.scope, message)
    found = search_people(request.scope, text) if text else []
    shown = [message.candidate] if message.candidate else []
    note_names(
        request,
        {person.pk for person in (*people, *found, *shown)},
        part=FilePart.CONTACT,
        purpose=ReadingPurpose.CONTACT,
    )
    context = {
        "letter": message,
        "files": message.attachments.all(),
        "people": people,
        "found": found,
        "text": text,
        "form": form,
        "open": message.state != InboundState.LINKED,
        "rejected": message.state == InboundState.REJECTED,
    }
    return render(request, "candidates/letter.html", context, status=status)


def _already(request: Request, message: InboundMessage) -> HttpResponse:
    messages.info(request, _("Nel frattempo qualcuno ha già deciso su questo messaggio."))
    return redirect("inbound_letter", inbound=message.pk)
