"""The registration, online or with an operator: five steps, each saved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import FilePart, ReadingPurpose
from candidates.forms.registration import (
    AssistedConfirmForm,
    ConfirmForm,
    DeskForm,
    JobForm,
    NoticeForm,
    SkillsForm,
    WhereForm,
    WhoForm,
)
from candidates.models import Candidate, Intake, PrivacyNotice, RegistrationDraft
from candidates.queries.people import own_candidate, served_desks
from candidates.queries.registration import LAST_STEP, answers, contact_days, summary, typed
from candidates.services.messages import send_resume_message
from candidates.services.registration import (
    AlreadyRegistered,
    draft_by_token,
    issue_resume_token,
    registration_of,
    save_step,
    save_typed,
    send_assisted,
    send_online,
    start_draft,
)
from candidates.views.gate import desk_page, give_reason, open_person
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Request
from sportello.core.http import audience, limited, public
from sportello.territory.models import Municipality
from sportello.territory.queries import desk_for

TITLES = (
    _("Chi sei"),
    _("Dove vivi e come ti troviamo"),
    _("Che lavoro cerchi"),
    _("Che cosa sai fare"),
    _("Controlla e invia"),
)
JOB_STEP = 3
_SESSION_KEY = "registration_draft"


@dataclass(frozen=True)
class Door:
    """The two ways through the same steps: alone online, with an account or without one, or with an operator at the desk."""

    assisted: bool
    draft: RegistrationDraft
    step_url: Callable[[int], str]
    account: User | None = None


@public
@limited("registration")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request) -> HttpResponse:
    """What is needed and how long it takes; POST opens the draft. Who is registered is led to their page."""
    if own_candidate(request.scope):
        return redirect("home")
    if request.method == "POST":
        draft = start_draft()
        request.session[_SESSION_KEY] = str(draft.pk)
        return redirect("registration_step", step=1)
    return render(request, "candidates/registration_start.html", {"draft": _own_draft(request)})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, step: int) -> HttpResponse:
    """One step of the online registration."""
    draft = _own_draft(request)
    if draft is None:
        if _sent_draft(request):
            return redirect("registration_sent")
        messages.info(request, _("La registrazione è scaduta o già conclusa. Puoi cominciarne un'altra."))
        return redirect("registration_start")
    account = User.objects.get(pk=request.scope.account_id) if request.scope.has(Role.CITIZEN) else None
    door = Door(False, draft, lambda n: reverse("registration_step", kwargs={"step": n}), account)
    return _step(request, door, step)


@public
@limited("registration_link")
@require_POST
def send_resume_link(request: Request) -> HttpResponse:
    """E-mail the link that resumes the draft on another device."""
    draft = _own_draft(request)
    if draft is None or not draft.email:
        raise Http404
    send_resume_message(
        draft=draft, token=issue_resume_token(draft=draft), language=get_language() or settings.LANGUAGE_CODE
    )
    return render(request, "candidates/registration_saved.html", {"draft": draft, "sent": True})


@public
@require_safe
def saved(request: Request) -> HttpResponse:
    """What was typed is kept: until when, and the ways to go on."""
    draft = _own_draft(request)
    if draft is None:
        return redirect("registration_start")
    return render(request, "candidates/registration_saved.html", {"draft": draft})


@public
@require_safe
def resume(request: Request, token: str) -> HttpResponse:
    """Door of the e-mailed link."""
    draft = draft_by_token(token)
    if draft is None:
        messages.info(request, _("Questo collegamento è scaduto. Puoi cominciare una nuova registrazione."))
        return redirect("registration_start")
    request.session[_SESSION_KEY] = str(draft.pk)
    return redirect("registration_step", step=draft.step)


@audience(Role.CITIZEN)
@require_safe
def receipt(request: Request) -> HttpResponse:
    """Receipt of the signed-in person's registration."""
    intake = (
        Intake.objects.filter(candidate__user_id=request.scope.account_id).select_related("desk", "candidate").first()
    )
    if intake is None:
        raise Http404
    return render(request, "candidates/receipt.html", {"intake": intake, "contact_days": contact_days()})


@public
@require_safe
def sent(request: Request) -> HttpResponse:
    """The same page for everybody who has sent a registration: what became of it is told by e-mail alone."""
    draft = _sent_draft(request)
    if draft is None:
        return redirect("registration_start")
    return render(request, "candidates/registration_sent.html", {"email": draft.email})


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_POST
def assisted_start(request: Request) -> HttpResponse:
    """An operator opens a draft for the person in front of them, at the desk where they are."""
    desks = served_desks(request.scope)
    form = DeskForm(request.POST, desks=desks)
    if not form.is_valid():
        asked = DeskForm(desks=desks) if "desk" not in request.POST else form
        return render(request, "candidates/assisted_start.html", {"form": asked}, status=422 if asked.errors else 200)
    operator = get_object_or_404(User, pk=request.scope.account_id)
    draft = start_draft(desk=form.cleaned_data["desk"], started_by=operator)
    return redirect("assisted_registration_step", draft=draft.pk, step=1)


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def assisted_step(request: Request, draft: UUID, step: int) -> HttpResponse:
    """One step of the registration filled in by an operator."""
    found = get_object_or_404(
        RegistrationDraft.objects.select_related("desk", "intake"), pk=draft, started_by_id=request.scope.account_id
    )
    if found.intake:
        return redirect("assisted_receipt", candidate=found.intake.candidate_id)
    door = Door(True, found, lambda n: reverse("assisted_registration_step", kwargs={"draft": draft, "step": n}))
    return _step(request, door, step)


@desk_page
@require_safe
def assisted_receipt(request: Request, candidate: UUID) -> HttpResponse:
    """Receipt to print and hand over at the desk."""
    person = open_person(request, candidate, part=FilePart.RECEIPT)
    intake = get_object_or_404(Intake.objects.filter(candidate=person).select_related("desk", "candidate")[:1])
    return render(request, "candidates/receipt.html", {"intake": intake, "contact_days": contact_days()})


def _own_draft(request: Request) -> RegistrationDraft | None:
    key = request.session.get(_SESSION_KEY)
    if not key:
        return None
    return RegistrationDraft.objects.filter(
        pk=key, finished_at__isnull=True, started_by__isnull=True, expires_at__gt=timezone.now()
    ).first()


def _sent_draft(request: Request) -> RegistrationDraft | None:
    key = request.session.get(_SESSION_KEY)
    if not key:
        return None
    return RegistrationDraft.objects.filter(pk=key, finished_at__isnull=False, started_by__isnull=True).first()


def _form(door: Door, step: int, data: Any = None) -> forms.Form:
    saved = answers(door.draft, step)
    match step:
        case 1:
            return WhoForm(data, initial=saved)
        case 2:
            mine = {"email": door.account.email} if door.account else {}
            return WhereForm(
                data,
                initial={**mine, **saved},
                email_required=not door.assisted,
                asks_permit=answers(door.draft, 1).get("citizenship") == "XX",
            )
        case 3:
            return JobForm(data, initial=saved)
        case 4:
            return SkillsForm(data, initial=saved, occupation_ids=list(answers(door.draft, 3).get("occupations", [])))
        case _:
            if door.assisted:
                return AssistedConfirmForm(data)
            return NoticeForm(data) if door.account else ConfirmForm(data)


def _step(request: Request, door: Door, step: int) -> HttpResponse:
    if not 1 <= step <= LAST_STEP:
        raise Http404
    if step > door.draft.step:
        return redirect(door.step_url(door.draft.step))
    if request.method != "POST":
        return _step_page(request, door, step, _form_left(door, step))
    form = _form(door, step, request.POST)
    if "back" in request.POST or "later" in request.POST:
        return _leave(request, door, step, form)
    if step == JOB_STEP and "search" in request.POST:
        # "Cerca" only asks for proposals: what else was typed stays, nothing is judged yet.
        form = JobForm(initial={**request.POST.dict(), "occupations": request.POST.getlist("occupations")})
    elif form.is_valid():
        if step == LAST_STEP:
            return _finish(request, door, form)
        save_step(draft=door.draft, step=step, data=_storable(form.cleaned_data))
        return redirect(door.step_url(step + 1))
    return _step_page(request, door, step, form)


def _leave(request: Request, door: Door, step: int, form: forms.Form) -> HttpResponse:
    """Keep the page as it is and go back a step, or go on another day. The last step holds nothing to keep but a password."""
    if step < LAST_STEP:
        if form.is_valid():
            save_step(draft=door.draft, step=step, data=_storable(form.cleaned_data))
        else:
            boxes = tuple(f"{name}_" for name in form.fields)
            written = {
                name: values for name, values in request.POST.lists() if name in form.fields or name.startswith(boxes)
            }
            save_typed(draft=door.draft, step=step, typed=written, email=form.cleaned_data.get("email", ""))
    if "later" in request.POST and not door.assisted:
        return redirect("registration_saved")
    return redirect(door.step_url(max(step - 1, 1)))


def _form_left(door: Door, step: int) -> forms.Form:
    """The form of a step as it was left: what was wrong is told again, what was not yet answered is not."""
    left = typed(door.draft, step)
    if not left:
        return _form(door, step)
    data = QueryDict(mutable=True)
    for name, values in left.items():
        data.setlist(name, values)
    form = _form(door, step, data)
    for name, errors in form.errors.as_data().items():
        if all(error.code in ("required", "incomplete") for error in errors):
            del form.errors[name]
    return form


def _step_page(request: Request, door: Door, step: int, form: forms.Form) -> HttpResponse:
    context = {
        "form": form,
        "step": step,
        "steps": TITLES,
        "title": TITLES[step - 1],
        "assisted": door.assisted,
        "draft": door.draft,
        "summary": summary(door.draft) if step == LAST_STEP else (),
        "step_urls": [door.step_url(n) for n in range(1, LAST_STEP)],
        "notice": PrivacyNotice.objects.in_force(timezone.localdate()) if step == LAST_STEP else None,
        "municipalities": Municipality.objects.filter(is_metropolitan=True) if step == 2 else (),
    }
    refused = request.method == "POST" and form.errors
    return render(request, "candidates/registration_step.html", context, status=422 if refused else 200)


def _storable(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Cleaned answers as JSON: rows become ids, dates ISO texts, a municipality its typed form."""
    stored: dict[str, Any] = {}
    for name, value in cleaned.items():
        if isinstance(value, Municipality):
            stored[name] = f"{value.name} ({value.province_code})"
        elif hasattr(value, "values_list"):
            stored[name] = [str(pk) for pk in value.values_list("pk", flat=True)]
        elif hasattr(value, "pk"):
            stored[name] = str(value.pk)
        elif hasattr(value, "isoformat"):
            stored[name] = value.isoformat()
        elif isinstance(value, (list, int, bool)) or value is None:
            stored[name] = value
        else:
            stored[name] = str(value)
    return stored


def _finish(request: Request, door: Door, form: forms.Form) -> HttpResponse:
    if door.assisted:
        return _finish_assisted(request, door)
    desk = desk_for(registration_of(door.draft).residence)
    if desk is None:
        messages.error(request, _("In questo momento nessuno sportello riceve. Quello che hai scritto resta salvato."))
        return redirect(door.step_url(LAST_STEP))
    password = form.cleaned_data.get("password", "")
    intake = send_online(
        draft=door.draft,
        desk=desk,
        password=password,
        user=door.account,
        language=get_language() or settings.LANGUAGE_CODE,
        by=request.scope,
    )
    return redirect("registration_receipt" if intake and door.account else "registration_sent")


def _finish_assisted(request: Request, door: Door) -> HttpResponse:
    try:
        intake = send_assisted(draft=door.draft, by=request.scope)
    except AlreadyRegistered:
        tax_code = answers(door.draft, 1)["tax_code"]
        known = Candidate.objects.visible_to(request.scope).filter(tax_code=tax_code).first() if tax_code else None
        return render(request, "candidates/registration_known.html", {"known": known}, status=409)
    give_reason(request, intake.candidate_id, ReadingPurpose.REGISTRATION)
    return redirect("assisted_receipt", candidate=intake.candidate_id)
