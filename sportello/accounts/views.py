"""People of a body: who is in, who is invited; and the door of an invitation."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sportello.accounts.enums import Role
from sportello.accounts.forms import AcceptForm, InviteForm, KeyForm, PartForm
from sportello.accounts.models import ApiKey, Invitation, Membership, User
from sportello.accounts.queries import keys_of, members_of, open_invitations_of
from sportello.accounts.rules import keeps_keys_of, keeps_people_of
from sportello.accounts.scope import Request
from sportello.accounts.services import keys as key_service
from sportello.accounts.services import membership as service
from sportello.core.http import SIGNED_IN, audience, limited, posted, public
from sportello.territory.models import Organisation

PAGE_SIZE = 25


@audience(SIGNED_IN)
@limited("invitation")
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: Request, organisation: UUID) -> HttpResponse:
    """The people of a body I keep; POST invites one more."""
    body = _kept(request, organisation)
    form = InviteForm(request.POST or None, organisation=body, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        try:
            service.invite_member(organisation=body, by=request.scope, **form.cleaned_data)
        except service.AlreadyInvited:
            form.add_error("email", _("Questa persona ha già il ruolo, o un invito aperto."))
        else:
            messages.success(request, _("Invito mandato."))
            return redirect("team", organisation=body.pk)
    page = Paginator(members_of(body), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {"organisation": body, "page": page, "invitations": open_invitations_of(body), "form": form}
    return render(request, "accounts/team.html", context, status=422 if form.errors else 200)


@audience(SIGNED_IN)
@require_POST
def revoke(request: Request, invitation: UUID) -> HttpResponse:
    """Void an open invitation."""
    found = get_object_or_404(Invitation, pk=invitation)
    body = _kept(request, found.organisation_id)
    service.revoke_invitation(invitation=found, by=request.scope)
    messages.success(request, _("Invito annullato."))
    return redirect("team", organisation=body.pk)


@audience(SIGNED_IN)
@require_POST
def end(request: Request, membership: UUID) -> HttpResponse:
    """Take a person out of a body."""
    found = get_object_or_404(Membership, pk=membership)
    body = _kept(request, found.organisation_id)
    try:
        service.end_membership(membership=found, by=request.scope)
    except service.LastAdministrator:
        messages.error(request, _("È l'ultima persona che può gestire l'ente: prima nominane un'altra."))
    else:
        messages.success(request, _("La persona non ha più accesso."))
    return redirect("team", organisation=body.pk)


@audience(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_part(request: Request, membership: UUID) -> HttpResponse:
    """How far a person acts for the company I administer."""
    in_force = Membership.objects.in_force().filter(role=Role.COMPANY).select_related("user", "organisation")
    found = get_object_or_404(in_force, pk=membership)
    body = _kept(request, found.organisation_id)
    form = PartForm(posted(request), initial={"part": found.part})
    if request.method == "POST" and form.is_valid():
        try:
            service.change_part(membership=found, part=form.cleaned_data["part"], by=request.scope)
        except service.LastAdministrator:
            messages.error(request, _("È l'ultima persona che amministra l'impresa: prima nominane un'altra."))
        else:
            messages.success(request, _("Fatto: vale dalla prossima pagina che apre."))
        return redirect("team", organisation=body.pk)
    context = {"organisation": body, "membership": found, "form": form}
    return render(request, "accounts/part.html", context, status=422 if form.errors else 200)


@audience(SIGNED_IN)
@limited("invitation")
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: Request, organisation: UUID) -> HttpResponse:
    """The keys of my company's programs; POST makes one and shows its secret, this once."""
    body = _with_keys(request, organisation)
    form = KeyForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        _made, secret = key_service.make_key(organisation=body, by=request.scope, **form.cleaned_data)
        form = KeyForm()
    page = Paginator(keys_of(body), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {"organisation": body, "page": page, "form": form, "secret": secret}
    return render(request, "accounts/keys.html", context, status=422 if form.errors else 200)


@audience(SIGNED_IN)
@require_POST
def revoke_key(request: Request, api_key: UUID) -> HttpResponse:
    """Close a key for good."""
    found = get_object_or_404(ApiKey.objects.select_related("organisation"), pk=api_key)
    body = _with_keys(request, found.organisation_id)
    key_service.revoke_key(key=found, by=request.scope)
    messages.success(request, _("La chiave non apre più."))
    return redirect("api_keys", organisation=body.pk)


@public
@limited("accept_invitation")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, token: UUID) -> HttpResponse:
    """Door of the e-mailed link."""
    found = Invitation.objects.select_related("organisation").filter(token=token).first()
    if found is None:
        raise Http404
    user = User.objects.get(pk=request.scope.account_id) if request.scope.user_id else None
    form = AcceptForm(request.POST or None) if user is None else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            accepted = service.accept_invitation(
                token=token, by=request.scope, user=user, **(form.cleaned_data if form else {})
            )
        except service.InvitationClosed:
            pass  # the page below says it is closed
        except service.AccountExists:
            messages.info(request, _("Hai già un account: entra, poi riapri il collegamento dell'invito."))
            return redirect("account_login")
        else:
            if user is None:
                login(request, accepted.user, backend="allauth.account.auth_backends.AuthenticationBackend")
            messages.success(request, _("Benvenuta, benvenuto: ora fai parte di %s.") % found.organisation)
            return redirect("home")
    is_mine = user is None or user.email == found.email
    context = {"invitation": found, "form": form, "is_mine": is_mine}
    return render(request, "accounts/invitation.html", context, status=422 if form and form.errors else 200)


def _kept(request: Request, pk: UUID) -> Organisation:
    body = get_object_or_404(Organisation, pk=pk)
    if not keeps_people_of(request.scope, body.pk):
        raise Http404
    return body


def _with_keys(request: Request, pk: UUID) -> Organisation:
    body = get_object_or_404(Organisation, pk=pk)
    if not keeps_keys_of(request.scope, body):
        raise Http404
    return body
