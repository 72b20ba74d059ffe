"""The registration online, and the five steps that every way shares, each saved."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.forms.registration import (
    ConfirmForm,
    JobForm,
    NoticeForm,
    SkillsForm,
    WhereForm,
    WhoForm,
)
from candidates.models import Intake, PrivacyNotice, RegistrationDraft
from candidates.queries.people import own_candidate
from candidates.queries.registration import LAST_STEP, answers, contact_days, summary, typed
from candidates.services.draft import draft_by_token, issue_resume_token, save_step, save_typed, start_draft
from candidates.services.messages import send_resume_message
from candidates.services.registration import registration_of, send_online
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


class Way(enum.Enum):
    """Who fills in the steps: the person alone, online or at the kiosk of a desk, or an operator for them."""

    ONLINE = enum.auto()
    ASSISTED = enum.auto()
    KIOSK = enum.auto()


@dataclass(frozen=True)
class Door:
    """One way through the steps.

    `finish` sends what the last step confirms; `interrupt` may answer in the place of the next step, once one is saved; `confirm` makes
    the form of the last step where it is not the one that people fill in alone.
    """

    way: Way
    draft: RegistrationDraft
    step_url: Callable[[int], str]
    finish: Callable[[Request, "Door", forms.Form], HttpResponse]
    account: User | None = None
    interrupt: Callable[[int], HttpResponse | None] | None = None
    confirm: Callable[[Any], forms.Form] | None = None

    @property
    def assisted(self) -> bool:
        return self.way is Way.ASSISTED


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
    door = Door(Way.ONLINE, draft, lambda n: reverse("registration_step", kwargs={"step": n}), _finish_online, account)
    return run_step(request, door, step)


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
                email_required=door.way is Way.ONLINE,
                asks_permit=answers(door.draft, 1).get("citizenship") == "XX",
            )
        case 3:
            return JobForm(data, initial=saved)
        case 4:
            return SkillsForm(data, initial=saved, occupation_ids=list(answers(door.draft, 3).get("occupations", [])))
        case _:
            if door.confirm:
                return door.confirm(data)
            return NoticeForm(data) if door.account else ConfirmForm(data)


def run_step(request: Request, door: Door, step: int) -> HttpResponse:
    """The page of a step, or what comes after it."""
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
            return door.finish(request, door, form)
        save_step(draft=door.draft, step=step, data=storable(form.cleaned_data))
        other_page = door.interrupt(step) if door.interrupt else None
        return other_page or redirect(door.step_url(step + 1))
    return _step_page(request, door, step, form)


def _leave(request: Request, door: Door, step: int, form: forms.Form) -> HttpResponse:
    """Keep the page as it is and go back a step, or go on another day. The last step holds nothing to keep but a password."""
    if step < LAST_STEP:
        if form.is_valid():
            save_step(draft=door.draft, step=step, data=storable(form.cleaned_data))
        else:
            boxes = tuple(f"{name}_" for name in form.fields)
            written = {
                name: values for name, values in request.POST.lists() if name in form.fields or name.startswith(boxes)
            }
            save_typed(draft=door.draft, step=step, typed=written, email=form.cleaned_data.get("email", ""))
    if "later" in request.POST and door.way is Way.ONLINE:
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
        "base": "candidates/kiosk_base.html" if door.way is Way.KIOSK else "base.html",
        "may_pause": door.way is Way.ONLINE,
        "draft": door.draft,
        "summary": summary(door.draft) if step == LAST_STEP else (),
        "step_urls": [door.step_url(n) for n in range(1, LAST_STEP)],
        "notice": PrivacyNotice.objects.in_force(timezone.localdate()) if step == LAST_STEP else None,
        "municipalities": Municipality.objects.filter(is_metropolitan=True) if step == 2 else (),
    }
    refused = request.method == "POST" and form.errors
    return render(request, "candidates/registration_step.html", context, status=422 if refused else 200)


def storable(cleaned: dict[str, Any]) -> dict[str, Any]:
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


def _finish_online(request: Request, door: Door, form: forms.Form) -> HttpResponse:
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
