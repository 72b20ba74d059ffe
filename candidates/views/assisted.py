"""The registration that an operator fills in: the same steps, with whom on file the person resembles."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import FilePart, IntakeChannel, ReadingPurpose
from candidates.forms.assisted import PhoneConfirmForm, WalkInForm
from candidates.forms.duplicates import MotiveForm
from candidates.forms.registration import AssistedConfirmForm, DeskForm
from candidates.models import Candidate, Intake, PrivacyNotice, RegistrationDraft
from candidates.queries.duplicates import holder_of, lookalikes_for
from candidates.queries.people import served_desks
from candidates.queries.registration import (
    WALK_IN,
    answers,
    contact_days,
    draft_lines,
    half_done,
    traits_of,
    unanswered_lookalikes,
)
from candidates.services.draft import answer_lookalikes, discard_draft, save_walk_in, start_draft, take_over_draft
from candidates.services.registration import AlreadyRegistered, LooksKnown, send_assisted
from candidates.views.gate import desk_page, give_reason, note_names, open_person
from candidates.views.registration import Door, Way, run_step, storable
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.core.models import MessageChannel
from sportello.core.paging import Pages
from sportello.territory.models import Municipality

PAGE_SIZE = 25
CONTACT_STEP = 2
"""From here on the person can be told from those on file."""


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_POST
def assisted_start(request: Request) -> HttpResponse:
    """An operator opens a draft at the desk where they are: in front of the person, for one page only, or on the telephone."""
    desks = served_desks(request.scope)
    form = DeskForm(request.POST, desks=desks)
    way = request.POST.get("way", "")
    if not form.is_valid():
        asked = DeskForm(desks=desks) if "desk" not in request.POST else form
        context = {"form": asked, "way": way}
        return render(request, "candidates/assisted_start.html", context, status=422 if asked.errors else 200)
    draft = start_draft(
        desk=form.cleaned_data["desk"],
        started_by=get_object_or_404(User, pk=request.scope.account_id),
        channel=IntakeChannel.PHONE if way == IntakeChannel.PHONE else IntakeChannel.DESK,
        is_walk_in=way == WALK_IN,
    )
    return _page_of(draft)


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_safe
def half_done_list(request: Request) -> HttpResponse:
    """The registrations that were begun at my desks and not sent."""
    drafts = half_done(request.scope).select_related("desk", "started_by").order_by("-updated_at", "pk")
    page = Pages(drafts, PAGE_SIZE).get_page(request.GET.get("pagina"))
    lines = draft_lines(request.scope, page)
    return render(request, "candidates/half_done.html", {"page": page, "lines": lines})


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_POST
def resume_draft(request: Request, draft: UUID) -> HttpResponse:
    """Go on with a registration of my desks, from where it was left."""
    return _page_of(take_over_draft(draft=get_object_or_404(half_done(request.scope), pk=draft), by=request.scope))


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_POST
def drop_draft(request: Request, draft: UUID) -> HttpResponse:
    """Nothing comes of a registration half done."""
    discard_draft(draft=get_object_or_404(half_done(request.scope), pk=draft), by=request.scope)
    messages.success(request, _("Registrazione eliminata, con tutto quello che era scritto."))
    return redirect("half_done_list")


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: Request, draft: UUID) -> HttpResponse:
    """The one page of who walks in; sent, it leads to the receipt."""
    found = _own_draft(request, draft)
    if found.intake:
        return redirect("assisted_receipt", candidate=found.intake.candidate_id)
    if WALK_IN not in found.data:
        raise Http404
    kept = {**answers(found, 1), **answers(found, 2), **found.data[WALK_IN]}
    form = WalkInForm(posted(request), initial=kept)
    if request.method == "POST" and form.is_valid():
        who, where, came = (storable(part) for part in form.parts)
        save_walk_in(draft=found, who=who, where=where, came=came)
        return _send(request, found)
    context = {
        "form": form,
        "draft": found,
        "municipalities": Municipality.objects.filter(is_metropolitan=True),
        "notice": PrivacyNotice.objects.in_force(timezone.localdate()),
    }
    return render(request, "candidates/walk_in.html", context, status=422 if form.errors else 200)


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def assisted_step(request: Request, draft: UUID, step: int) -> HttpResponse:
    """One step of the registration filled in by an operator."""
    found = _own_draft(request, draft)
    if found.intake:
        return redirect("assisted_receipt", candidate=found.intake.candidate_id)

    def interrupt(saved: int) -> HttpResponse | None:
        if holder_of(answers(found, 1)["tax_code"]):
            return _known(request, found)
        if saved == CONTACT_STEP and unanswered_lookalikes(found):
            return redirect("lookalikes", draft=found.pk)
        return None

    def step_url(number: int) -> str:
        return reverse("assisted_registration_step", kwargs={"draft": draft, "step": number})

    def confirm(data: Any) -> forms.Form:
        if found.channel != IntakeChannel.PHONE:
            return AssistedConfirmForm(data)
        where = answers(found, CONTACT_STEP)
        return PhoneConfirmForm(data, email=where["email"], phone=where["phone"])

    if WALK_IN in found.data:
        return redirect("walk_in", draft=found.pk)
    door = Door(Way.ASSISTED, found, step_url, _finish, interrupt=interrupt, confirm=confirm)
    return run_step(request, door, step)


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def lookalikes(request: Request, draft: UUID) -> HttpResponse:
    """Whom on file the person resembles; POST says that they are somebody else, and why."""
    found = _own_draft(request, draft)
    traits = traits_of(found)
    if found.intake or traits is None:
        raise Http404
    resembling = lookalikes_for(request.scope, traits)
    form = MotiveForm(posted(request))
    if request.method == "POST" and form.is_valid():
        others = [each.candidate for each in resembling]
        answer_lookalikes(draft=found, others=others, motive=form.cleaned_data["motive"])
        return _send(request, found) if WALK_IN in found.data else _page_of(found)
    note_names(
        request,
        {each.candidate.pk for each in resembling if each.visible},
        part=FilePart.IDENTITY,
        purpose=ReadingPurpose.DUPLICATE,
    )
    context = {
        "lookalikes": resembling,
        "form": form,
        "name": f"{traits.first_name} {traits.last_name}",
        "back": _page_of(found, step=1).url,
    }
    return render(request, "candidates/lookalikes.html", context, status=422 if form.errors else 200)


@desk_page
@require_safe
def assisted_receipt(request: Request, candidate: UUID) -> HttpResponse:
    """Receipt to print and hand over at the desk."""
    person = open_person(request, candidate, part=FilePart.RECEIPT)
    intake = get_object_or_404(Intake.objects.filter(candidate=person).select_related("desk", "candidate")[:1])
    return render(request, "candidates/receipt.html", {"intake": intake, "contact_days": contact_days()})


def _own_draft(request: Request, pk: UUID) -> RegistrationDraft:
    return get_object_or_404(
        RegistrationDraft.objects.select_related("desk", "intake"), pk=pk, started_by_id=request.scope.account_id
    )


def _page_of(draft: RegistrationDraft, *, step: int = 0) -> HttpResponseRedirect:
    """Where the draft goes on: its one page, else the named step, else the one that was reached."""
    if WALK_IN in draft.data:
        return redirect("walk_in", draft=draft.pk)
    return redirect("assisted_registration_step", draft=draft.pk, step=step or draft.step)


def _finish(request: Request, door: Door, form: forms.Form) -> HttpResponse:
    return _send(request, door.draft, MessageChannel(form.cleaned_data.get("receipt_by") or MessageChannel.EMAIL))


def _send(
    request: Request, draft: RegistrationDraft, receipt_by: MessageChannel = MessageChannel.EMAIL
) -> HttpResponse:
    try:
        intake = send_assisted(draft=draft, receipt_by=receipt_by, by=request.scope)
    except LooksKnown:
        return redirect("lookalikes", draft=draft.pk)
    except AlreadyRegistered:
        return _known(request, draft)
    give_reason(request, intake.candidate_id, ReadingPurpose.REGISTRATION)
    return redirect("assisted_receipt", candidate=intake.candidate_id)


def _known(request: Request, draft: RegistrationDraft) -> HttpResponse:
    """The tax code is on file: the way to that record, for who may see it."""
    holder = holder_of(answers(draft, 1)["tax_code"])
    known = Candidate.objects.visible_to(request.scope).filter(pk=holder.pk).first() if holder else None
    return render(request, "candidates/registration_known.html", {"known": known}, status=409)
