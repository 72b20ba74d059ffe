"""Pacts for everybody to read, and for the control room to keep."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.files import download
from sportello.core.http import audience, public
from sportello.pacts.forms import ActionForm, InviteForm, PactForm, PartnerForm, SignForm, WithdrawForm
from sportello.pacts.models import PactMembership, TerritorialPact
from sportello.pacts.queries import pacts_today
from sportello.pacts.services import pact as service
from sportello.territory.queries import metropolitan_municipalities

control_room = audience(Role.CONTROL_ROOM)


@public
@require_safe
def pact_list(request: Request) -> HttpResponse:
    """The pacts of the territory."""
    return render(
        request, "pacts/pact_list.html", {"pacts": pacts_today(), "can_keep": request.scope.has(Role.CONTROL_ROOM)}
    )


@control_room
@require_http_methods(["GET", "HEAD", "POST"])
def pact_new(request: Request) -> HttpResponse:
    """Found a pact."""

    def save(data: dict[str, Any]) -> str:
        pact = service.found_pact(slug=slugify(data["name"])[:80], by=request.scope, **data)
        return pact.slug

    return _form_page(request, PactForm, title=_("Nuovo patto"), submit=_("Crea il patto"), save=save)


@control_room
@require_http_methods(["GET", "HEAD", "POST"])
def member_invite(request: Request, slug: str) -> HttpResponse:
    """Invite a municipality."""
    pact = get_object_or_404(TerritorialPact, slug=slug)

    def save(data: dict[str, Any]) -> str:
        service.invite_municipality(pact=pact, municipality=data["municipality"], by=request.scope)
        return slug

    return _form_page(request, InviteForm, title=_("Invita un comune"), submit=_("Invita"), save=save, pact=pact)


@control_room
@require_http_methods(["GET", "HEAD", "POST"])
def member_sign(request: Request, membership: UUID) -> HttpResponse:
    """Record the deed of a municipality."""
    found = get_object_or_404(PactMembership.objects.select_related("pact", "municipality"), pk=membership)

    def save(data: dict[str, Any]) -> str:
        service.sign_membership(membership=found, by=request.scope, **data)
        return found.pact.slug

    title = _("Adesione di %s") % found.municipality
    return _form_page(request, SignForm, title=title, submit=_("Registra l'adesione"), save=save, pact=found.pact)


@public
@require_safe
def member_deed(request: Request, membership: UUID) -> FileResponse:
    """The deed of a municipality, a public act, as it was sent."""
    found = get_object_or_404(
        PactMembership.objects.select_related("municipality").exclude(deed_file=""), pk=membership
    )
    name = slugify(f"{_('atto')} {found.deed_no} {found.municipality}")
    return download(found.deed_file, name=f"{name}.pdf")


@control_room
@require_http_methods(["GET", "HEAD", "POST"])
def member_withdraw(request: Request, membership: UUID) -> HttpResponse:
    """Record that a municipality leaves."""
    found = get_object_or_404(PactMembership.objects.select_related("pact", "municipality"), pk=membership)

    def save(data: dict[str, Any]) -> str:
        service.withdraw_membership(membership=found, by=request.scope, **data)
        return found.pact.slug

    title = _("Uscita di %s") % found.municipality
    return _form_page(request, WithdrawForm, title=title, submit=_("Registra l'uscita"), save=save, pact=found.pact)


@control_room
@require_http_methods(["GET", "HEAD", "POST"])
def partner_add(request: Request, slug: str) -> HttpResponse:
    """Add a supporter or contributor."""
    pact = get_object_or_404(TerritorialPact, slug=slug)

    def save(data: dict[str, Any]) -> str:
        service.add_partner(pact=pact, by=request.scope, **data)
        return slug

    return _form_page(request, PartnerForm, title=_("Aggiungi un ente"), submit=_("Aggiungi"), save=save, pact=pact)


@control_room
@require_http_methods(["GET", "HEAD", "POST"])
def action_add(request: Request, slug: str) -> HttpResponse:
    """Agree an action."""
    pact = get_object_or_404(TerritorialPact, slug=slug)

    def save(data: dict[str, Any]) -> str:
        service.agree_action(pact=pact, by=request.scope, **data)
        return slug

    return _form_page(request, ActionForm, title=_("Nuova azione"), submit=_("Aggiungi"), save=save, pact=pact)


_REFUSALS: dict[type[Exception], tuple[str, Promise]] = {
    service.AlreadyMember: ("", gettext_lazy("Questo comune è già nel patto in quel periodo.")),
    service.CodeTaken: ("code", gettext_lazy("Un'altra azione usa già questo codice.")),
    service.OutsidePact: ("joined_on", gettext_lazy("Questo giorno è fuori dal periodo del patto.")),
    service.LeavesBeforeJoining: ("left_on", gettext_lazy("L'uscita viene prima dell'ingresso.")),
    service.NotAMember: ("", gettext_lazy("Questa adesione non permette il passaggio.")),
}
"""Refusal of a service -> the field it speaks of and the sentence beside it."""


def _form_page(
    request: Request,
    form_class: type[forms.Form],
    *,
    title: str,
    submit: str,
    save: Callable[[dict[str, Any]], str],
    pact: TerritorialPact | None = None,
) -> HttpResponse:
    """One form of the control room: `save` does the deed and returns the slug of the pact to show."""
    form = form_class(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            slug = save(form.cleaned_data)
        except tuple(_REFUSALS) as refusal:
            field, sentence = _REFUSALS[type(refusal)]
            form.add_error(field or None, str(sentence))
        else:
            messages.success(request, _("Salvato."))
            return redirect("pact_detail", slug=slug)
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "pact": pact,
        "back": reverse("pact_detail", kwargs={"slug": pact.slug}) if pact else reverse("pact_list"),
        "municipalities": metropolitan_municipalities(),
    }
    return render(request, "pacts/pact_form.html", context, status=422 if form.errors else 200)
