"""The registration, online or with an operator: five steps, each saved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from candidates.enums import FilePart, IntakeChannel, ReadingPurpose
from candidates.forms.registration import (
    AssistedConfirmForm,
    ConfirmForm,
    JobForm,
    SkillsForm,
    WhereForm,
    WhoForm,
)
from candidates.models import Candidate, Intake, PrivacyNotice, RegistrationDraft
from candidates.queries.people import served_desks
from candidates.queries.registration import answers, summary
from candidates.services.messages import send_resume_message
from candidates.services.registration import (
    AlreadyRegistered,
    draft_by_token,
    finish_draft,
    issue_resume_token,
    register_candidate,
    register_online,
    registration_of,
    save_step,
    start_draft,
)
from candidates.views.gate import desk_page, give_reason, open_person
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Request
from sportello.core.http import audience, public
from sportello.territory.models import Municipality
from sportello.territory.queries import desk_for

TITLES = (
    _("Chi sei"),
    _("Dove vivi e come ti troviamo"),
    _("Che lavoro cerchi"),
    _("Che cosa sai fare"),
    _("Controlla e invia"),
)
LAST = len(TITLES)
_SESSION_KEY = "registration_draft"


@dataclass(frozen=True)
class Door:
    """The two ways through the same steps: alone online, or with an operator at the desk."""

    assisted: bool
    draft: RegistrationDraft
    step_url: Callable[[int], str]


@public
@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """What is needed and how long it takes; POST opens the draft."""
    if request.method == "POST":
        draft = start_draft()
        request.session[_SESSION_KEY] = str(draft.pk)
        return redirect("registration_step", step=1)
    return render(request, "candidates/registration_start.html", {"draft": _own_draft(request)})


@public
@require_http_methods(["GET", "POST"])
def step(request: Request, step: int) -> HttpResponse:
    """One step of the online registration."""
    draft = _own_draft(request)
    if draft is None:
        messages.info(request, _("La registrazione è scaduta o già conclusa. Puoi cominciarne un'altra."))
        return redirect("registration_start")
    door = Door(False, draft, lambda n: reverse("registration_step", kwargs={"step": n}))
    return _step(request, door, step)


@public
@require_POST
def send_resume_link(request: Request) -> HttpResponse:
    """E-mail the link that resumes the draft on another device."""
    draft = _own_draft(request)
    if draft is None or not draft.email:
        raise Http404
    send_resume_message(
        draft=draft, token=issue_resume_token(draft=draft), language=get_language() or settings.LANGUAGE_CODE
    )
    return render(request, "candidates/registration_saved.html", {"draft": draft})


@public
@require_GET
def resume(request: Request, token: str) -> HttpResponse:
    """Door of the e-mailed link."""
    draft = draft_by_token(token)
    if draft is None:
        messages.info(request, _("Questo collegamento è scaduto. Puoi cominciare una nuova registrazione."))
        return redirect("registration_start")
    request.session[_SESSION_KEY] = str(draft.pk)
    return redirect("registration_step", step=min(draft.step, LAST))


@audience(Role.CITIZEN)
@require_GET
def receipt(request: Request) -> HttpResponse:
    """Receipt of the signed-in person's registration."""
    intake = (
        Intake.objects.filter(candidate__user_id=request.scope.account_id).select_related("desk", "candidate").first()
    )
    if intake is None:
        raise Http404
    return render(request, "candidates/receipt.html", {"intake": intake})


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_POST
def assisted_start(request: Request) -> HttpResponse:
    """An operator opens a draft for the person in front of them."""
    desk = served_desks(request.scope).first()
    if desk is None:
        raise Http404
    operator = get_object_or_404(User, pk=request.scope.account_id)
    draft = start_draft(desk=desk, started_by=operator)
    return redirect("assisted_registration_step", draft=draft.pk, step=1)


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_http_methods(["GET", "POST"])
def assisted_step(request: Request, draft: UUID, step: int) -> HttpResponse:
    """One step of the registration filled in by an operator."""
    found = get_object_or_404(
        RegistrationDraft.objects.select_related("desk"),
        pk=draft,
        started_by_id=request.scope.account_id,
        finished_at__isnull=True,
    )
    door = Door(True, found, lambda n: reverse("assisted_registration_step", kwargs={"draft": draft, "step": n}))
    return _step(request, door, step)


@desk_page
@require_GET
def assisted_receipt(request: Request, candidate: UUID) -> HttpResponse:
    """Receipt to print and hand over at the desk."""
    person = open_person(request, candidate, part=FilePart.RECEIPT)
    intake = get_object_or_404(Intake.objects.filter(candidate=person).select_related("desk", "candidate")[:1])
    return render(request, "candidates/receipt.html", {"intake": intake})


def _own_draft(request: Request) -> RegistrationDraft | None:
    key = request.session.get(_SESSION_KEY)
    if not key:
        return None
    return RegistrationDraft.objects.filter(
        pk=key, finished_at__isnull=True, started_by__isnull=True, expires_at__gt=timezone.now()
    ).first()


def _form(door: Door, step: int, data: Any = None) -> forms.Form:
    saved = answers(door.draft, step)
    match step:
        case 1:
            return WhoForm(data, initial=saved)
        case 2:
            return WhereForm(data, initial=saved, email_required=not door.assisted)
        case 3:
            return JobForm(data, initial=saved)
        case 4:
            return SkillsForm(data, initial=saved, occupation_ids=list(answers(door.draft, 3).get("occupations", [])))
        case _:
            return (AssistedConfirmForm if door.assisted else ConfirmForm)(data)


def _step(request: Request, door: Door, step: int) -> HttpResponse:
    if not 1 <= step <= LAST:
        raise Http404
    if step > door.draft.step:
        return redirect(door.step_url(door.draft.step))
    form = _form(door, step, request.POST if request.method == "POST" else None)
    if request.method == "POST" and "search" not in request.POST and form.is_valid():
        if step == LAST:
            return _finish(request, door, form)
        save_step(draft=door.draft, step=step, data=_storable(form.cleaned_data))
        return redirect(door.step_url(step + 1))
    if "search" in request.POST:
        # "Cerca" only asks for proposals: what else was typed stays, nothing is judged yet.
        form = JobForm(initial={**request.POST.dict(), "occupations": request.POST.getlist("occupations")})
    context = {
        "form": form,
        "step": step,
        "steps": TITLES,
        "title": TITLES[step - 1],
        "assisted": door.assisted,
        "draft": door.draft,
        "back": door.step_url(step - 1) if step > 1 else "",
        "summary": summary(door.draft) if step == LAST else (),
        "step_urls": [door.step_url(n) for n in range(1, LAST)],
        "notice": PrivacyNotice.objects.first() if step == LAST else None,
        "municipalities": Municipality.objects.filter(is_metropolitan=True) if step == 2 else (),
    }
    return render(request, "candidates/registration_step.html", context, status=422 if form.errors else 200)


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
    registration = registration_of(door.draft)
    desk = door.draft.desk or desk_for(registration.residence)
    if desk is None:
        messages.error(request, _("In questo momento nessuno sportello riceve. Quello che hai scritto resta salvato."))
        return redirect(door.step_url(LAST))
    try:
        if door.assisted:
            intake = register_candidate(
                registration=registration, channel=IntakeChannel.DESK, desk=desk, by=request.scope
            )
        else:
            intake = register_online(
                registration=registration, password=form.cleaned_data["password"], desk=desk, by=request.scope
            )
    except AlreadyRegistered:
        return _already_registered(request, door, registration.tax_code)
    finish_draft(draft=door.draft)
    if intake.candidate.user is None:
        give_reason(request, intake.candidate_id, ReadingPurpose.REGISTRATION)
        return redirect("assisted_receipt", candidate=intake.candidate_id)
    request.session.pop(_SESSION_KEY, None)
    login(request, intake.candidate.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("registration_receipt")


def _already_registered(request: Request, door: Door, tax_code: str) -> HttpResponse:
    """A way forward, never a dead end: the operator opens the record, the citizen signs in or calls the desk."""
    known = None
    if door.assisted and tax_code:
        known = Candidate.objects.visible_to(request.scope).filter(tax_code=tax_code).first()
    return render(
        request, "candidates/registration_known.html", {"known": known, "assisted": door.assisted}, status=409
    )
