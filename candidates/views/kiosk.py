"""The kiosk of a desk: opened by an operator, who leaves no right on the device; used by people, who leave no trace on it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.forms.registration import DeskForm, NoticeForm
from candidates.models import Kiosk, RegistrationDraft
from candidates.queries.people import served_desks
from candidates.queries.registration import RECEIPT, contact_days
from candidates.services.kiosk import (
    IDLE_SECONDS,
    WARNED_SECONDS,
    begin_at_kiosk,
    bind_kiosk,
    end_kiosk,
    keep_alive,
    kiosk_by_token,
    open_kiosk,
    send_at_kiosk,
    wipe,
)
from candidates.views.registration import Door, Way, run_step
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, limited, posted, public

_NONE = UUID(int=0)
"""No draft's key."""

_KIOSK, _DRAFT, _NUMBER, _COUNTS = "kiosk", "kiosk_draft", "kiosk_number", "kiosk_counts"


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def kiosks(request: Request) -> HttpResponse:
    """The kiosks of my desks; POST makes one of this device, and signs me out of it."""
    desks = served_desks(request.scope)
    form = DeskForm(posted(request), desks=desks)
    if request.method == "POST" and form.is_valid():
        token = open_kiosk(desk=form.cleaned_data["desk"], by=request.scope)
        logout(request)
        return redirect("kiosk_door", token=token)
    opened = Kiosk.objects.in_use().filter(desk__in=request.scope.desk_ids).select_related("desk", "opened_by")
    context = {"form": form, "kiosks": opened.order_by("-opened_at", "pk"), "asks": len(desks) > 1}
    return render(request, "candidates/kiosks.html", context, status=422 if form.errors else 200)


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_POST
def close_kiosk(request: Request, kiosk: UUID) -> HttpResponse:
    """End a kiosk from any device."""
    found = get_object_or_404(Kiosk.objects.in_use().filter(desk__in=request.scope.desk_ids), pk=kiosk)
    end_kiosk(kiosk=found, by=request.scope)
    messages.success(request, _("Totem chiuso."))
    return redirect("kiosks")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk_door(request: Request, token: str) -> HttpResponse:
    """Nobody is signed in any more: the device becomes the kiosk, once."""
    if request.method == "POST" and not request.scope.user_id:
        own = bind_kiosk(token=token, by=request.scope)
        if own:
            request.session.flush()
            request.session[_KIOSK] = own
            return redirect("kiosk_home")
    is_good = kiosk_by_token(token) is not None and not request.scope.user_id
    return render(request, "candidates/kiosk_door.html", {"is_good": is_good}, status=200 if is_good else 404)


@public
@limited("registration")
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk_home(request: Request) -> HttpResponse:
    """The page that waits for the next person; POST begins their registration."""
    kiosk = _kiosk(request)
    if request.method == "POST":
        _forget(request)
        request.session[_DRAFT] = str(begin_at_kiosk(kiosk=kiosk).pk)
        return redirect("kiosk_step", step=1)
    is_over = _DRAFT in request.session and _draft(request) is None
    return render(request, "candidates/kiosk_home.html", {"kiosk": kiosk, "is_over": is_over})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk_step(request: Request, step: int) -> HttpResponse:
    """One step, while somebody touches the screen."""
    _kiosk(request)
    draft = _draft(request)
    if draft is None:
        return redirect("kiosk_receipt" if _NUMBER in request.session else "kiosk_home")
    if request.method == "POST":
        keep_alive(draft=draft)

    def confirm(data: Any) -> forms.Form:
        return NoticeForm(data)

    def step_url(number: int) -> str:
        return reverse("kiosk_step", kwargs={"step": number})

    page = run_step(request, Door(Way.KIOSK, draft, step_url, _finish, confirm=confirm), step)
    return _leaving(request, page, WARNED_SECONDS, "kiosk_waiting")


@public
@require_POST
def kiosk_here(request: Request) -> HttpResponse:
    """Somebody is there: the time begins anew. Asked by a program (204) or by a person, who goes on where they were.

    A program that counts by itself says so on the first page: from then on no page leaves by its own header.
    """
    _kiosk(request)
    if "counts" in request.POST:
        request.session[_COUNTS] = True
        return HttpResponse(status=204)
    draft = _draft(request)
    if draft is None:
        return redirect("kiosk_home")
    keep_alive(draft=draft)
    return redirect("kiosk_step", step=draft.step) if "goes_on" in request.POST else HttpResponse(status=204)


@public
@require_safe
def kiosk_waiting(request: Request) -> HttpResponse:
    """Is anybody there? Without an answer the page goes back to the start by itself."""
    _kiosk(request)
    if _draft(request) is None:
        return redirect("kiosk_home")
    left = IDLE_SECONDS - WARNED_SECONDS
    return _leaving(request, render(request, "candidates/kiosk_waiting.html", {"left": left}), left, "kiosk_home")


@public
@require_POST
def kiosk_wipe(request: Request) -> HttpResponse:
    """The person has gone: nothing of them stays on the device."""
    _kiosk(request)
    _forget(request)
    return redirect("kiosk_home")


@public
@require_safe
def kiosk_receipt(request: Request) -> HttpResponse:
    """The number, and what happens next; the same page for everybody who has sent."""
    kiosk = _kiosk(request)
    if _NUMBER not in request.session:
        return redirect("kiosk_home")
    context = {"kiosk": kiosk, "number": request.session[_NUMBER], "contact_days": contact_days()}
    return _leaving(request, render(request, "candidates/kiosk_receipt.html", context), IDLE_SECONDS, "kiosk_home")


def _kiosk(request: Request) -> Kiosk:
    """The kiosk that this device is; a 404 on any other, and once it has ended."""
    kiosk = kiosk_by_token(request.session.get(_KIOSK, ""))
    if kiosk is None:
        raise Http404
    return kiosk


def _leaving(request: Request, page: HttpResponse, seconds: int, to: str) -> HttpResponse:
    """Let the browser go on by itself, where no program on the page counts the seconds and asks first."""
    if page.status_code != HTTPStatus.FOUND and not request.session.get(_COUNTS):
        page["Refresh"] = f"{seconds}; url={reverse(to)}"
    return page


def _draft(request: Request) -> RegistrationDraft | None:
    drafts = RegistrationDraft.objects.filter(finished_at__isnull=True, started_by__isnull=True)
    drafts = drafts.filter(pk=request.session.get(_DRAFT, _NONE), expires_at__gt=timezone.now())
    return drafts.exclude(data__has_key=RECEIPT).first()


def _forget(request: Request) -> None:
    draft = RegistrationDraft.objects.filter(pk=request.session.get(_DRAFT, _NONE)).first()
    if draft:
        wipe(draft=draft)
    for key in (_DRAFT, _NUMBER):
        request.session.pop(key, None)


def _finish(request: Request, door: Door, form: forms.Form) -> HttpResponse:
    number = send_at_kiosk(draft=door.draft, language=get_language() or "it", by=request.scope)
    request.session.pop(_DRAFT, None)
    request.session[_NUMBER] = number
    return redirect("kiosk_receipt")
