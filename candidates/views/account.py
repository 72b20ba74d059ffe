"""A person's way into the portal: the links that a mail carries, and the operator who sends one."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from candidates.enums import FilePart
from candidates.forms.registration import PasswordForm
from candidates.services import account as service
from candidates.views.gate import desk_page, open_person
from sportello.accounts.models import User
from sportello.accounts.scope import Request
from sportello.accounts.services import address
from sportello.accounts.services.address import LinkClosed
from sportello.core.http import limited, posted, public

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@desk_page
@limited("invitation")
@require_POST
def invite(request: Request, candidate: UUID) -> HttpResponse:
    """E-mail a person registered at the desk the link to their own page."""
    person = open_person(request, candidate, part=FilePart.CASE_FILE)
    try:
        service.invite_to_account(candidate=person, by=request.scope)
    except service.AccountExists:
        messages.info(request, _("Questa persona ha già la sua pagina."))
    except service.NoAddress:
        messages.error(request, _("Manca un indirizzo e-mail che sia solo di questa persona: scrivilo nel profilo."))
    else:
        messages.success(request, _("Invito mandato a %(email)s.") % {"email": person.email})
    return redirect("case_file", candidate=person.pk)


@public
@limited("accept_invitation")
@require_http_methods(["GET", "HEAD", "POST"])
def account_door(request: Request, token: str) -> HttpResponse:
    """Door of who was registered at a desk: a password, or the account they are signed in with."""
    try:
        service.candidate_by_token(token)
    except LinkClosed:
        return _page(request, forms.Form(), is_open=False)
    user = User.objects.get(pk=request.scope.account_id) if request.scope.user_id else None
    data = posted(request)
    form: forms.Form = forms.Form(data) if user else PasswordForm(data)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data.get("password", "")
        try:
            entered = service.enter_by_link(token=token, password=password, user=user, by=request.scope)
        except LinkClosed:
            return _page(request, form, is_open=False)
        except service.AccountExists:
            messages.info(request, _("Con questo indirizzo hai già un account: entra, poi riprendi da qui."))
            return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
        return _enter(request, entered)
    return _page(request, form, is_open=True)


@public
@limited("accept_invitation")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: Request, token: str) -> HttpResponse:
    """Door of the receipt: only the button confirms, so that a mail program that looks ahead does not."""
    if request.method == "POST":
        try:
            user = address.confirm_address(token=token, by=request.scope)
        except LinkClosed:
            return _page(request, forms.Form(), is_open=False)
        return _enter(request, user, to="registration_receipt")
    return _page(request, forms.Form(), is_open=True)


def _enter(request: Request, user: User, *, to: str = "home") -> HttpResponse:
    login(request, user, backend=_BACKEND)
    return redirect(to)


def _page(request: Request, form: forms.Form, *, is_open: bool) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "open": is_open}
    return render(request, "candidates/account_door.html", context, status=422 if form.errors else 200)
