"""What the administrator keeps: the bodies with their accreditations, the desks with their hours."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sportello.accounts.enums import Role
from sportello.accounts.rules import ROLES_OF_KIND
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.core.paging import Pages
from sportello.territory.enums import ACCREDITED_KINDS, ADMINISTERED_KINDS, OrganisationKind
from sportello.territory.forms.administration import AccreditationForm, BodyForm, DeskForm
from sportello.territory.models import Accreditation, Desk, Organisation
from sportello.territory.queries import metropolitan_municipalities
from sportello.territory.services import bodies, desks
from sportello.workspaces.queries.administration import OpenWork, administered_bodies, administered_desks, first_steps
from sportello.workspaces.services import administration as service

PAGE_SIZE = 25
administrators = audience(Role.ADMINISTRATOR)


@administrators
@require_safe
def administrator_home(request: Request) -> HttpResponse:
    """What the portal still needs, and the doors to what it has."""
    mine = request.scope.organisation_ids(Role.ADMINISTRATOR)
    agency = Organisation.objects.filter(pk__in=mine, kind=OrganisationKind.AGENCY).order_by("sort_key", "pk").first()
    steps = first_steps(agency)
    context = {
        "steps": steps,
        "still_missing": [step for step in steps if not step.is_done],
        "bodies": administered_bodies().count(),
        "desks": Desk.objects.count(),
    }
    return render(request, "workspaces/administrator_home.html", context)


@administrators
@require_safe
def body_list(request: Request) -> HttpResponse:
    """The bodies of the portal; companies are left to the desks."""
    text = request.GET.get("cerca", "")[:100]
    page = Pages(administered_bodies(text=text), PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "workspaces/body_list.html", {"page": page, "text": text, "with_people": [*ROLES_OF_KIND]})


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def body_new(request: Request) -> HttpResponse:
    """Write a body down; its own page comes next, for its people and its accreditation."""

    def save(data: dict[str, Any]) -> str:
        return _body_address(bodies.open_body(by=request.scope, **data))

    return _form_page(request, BodyForm(posted(request)), save, {"title": _("Nuovo ente"), "submit": _("Crea l'ente")})


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def body_change(request: Request, body: UUID) -> HttpResponse:
    """One body: its data, its accreditations, the way to its people."""
    found = get_object_or_404(Organisation.objects.select_related("municipality"), pk=body, kind__in=ADMINISTERED_KINDS)

    def save(data: dict[str, Any]) -> str:
        service.keep_body(body=found, by=request.scope, **data)
        return _body_address(found)

    context = {
        "title": found.name,
        "submit": _("Salva l'ente"),
        "body": found,
        "accreditations": found.accreditations.order_by("-valid_from", "pk"),
        "can_be_accredited": found.kind in ACCREDITED_KINDS,
        "has_people": found.kind in ROLES_OF_KIND,
    }
    return _form_page(request, BodyForm(posted(request), body=found), save, context, template="body_form")


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def accreditation_add(request: Request, body: UUID) -> HttpResponse:
    """Write an enrolment of a body in the regional register."""
    found = get_object_or_404(Organisation, pk=body, kind__in=ACCREDITED_KINDS)

    def save(data: dict[str, Any]) -> str:
        bodies.add_accreditation(body=found, by=request.scope, **data)
        return _body_address(found)

    context = {"title": _("Nuovo accreditamento"), "submit": _("Aggiungi l'accreditamento"), "owner": found}
    return _form_page(request, AccreditationForm(posted(request)), save, context)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def accreditation_change(request: Request, accreditation: UUID) -> HttpResponse:
    """Correct an enrolment, or write that it was suspended or ended."""
    found = get_object_or_404(
        Accreditation.objects.select_related("organisation"),
        pk=accreditation,
        organisation__kind__in=ACCREDITED_KINDS,
    )

    def save(data: dict[str, Any]) -> str:
        bodies.change_accreditation(accreditation=found, by=request.scope, **data)
        return _body_address(found.organisation)

    context = {
        "title": _("Accreditamento %s") % found.register_no,
        "submit": _("Salva l'accreditamento"),
        "owner": found.organisation,
    }
    return _form_page(request, AccreditationForm(posted(request), accreditation=found), save, context)


@administrators
@require_safe
def desk_list(request: Request) -> HttpResponse:
    """All desks, closed ones too."""
    text = request.GET.get("cerca", "")[:100]
    page = Pages(administered_desks(text=text), PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "workspaces/desk_list.html", {"page": page, "text": text})


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def desk_new(request: Request) -> HttpResponse:
    """Open a desk."""
    form = DeskForm(posted(request))

    def save(_data: dict[str, Any]) -> str:
        desks.open_desk(details=form.details, by=request.scope)
        return reverse("desks")

    has_agency = form.fields["managed_by"].queryset.exists()  # type: ignore[attr-defined]
    context = {"title": _("Nuovo sportello"), "submit": _("Crea lo sportello"), "has_agency": has_agency}
    return _form_page(request, form, save, context, template="desk_form")


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def desk_change(request: Request, desk: UUID) -> HttpResponse:
    """Correct a desk: its place, its hours, whether it receives."""
    found = get_object_or_404(Desk.objects.select_related("municipality"), pk=desk)
    form = DeskForm(posted(request), desk=found)

    def save(_data: dict[str, Any]) -> str:
        service.keep_desk(desk=found, details=form.details, by=request.scope)
        return reverse("desks")

    context = {"title": found.name, "submit": _("Salva lo sportello"), "desk": found, "has_agency": True}
    return _form_page(request, form, save, context, template="desk_form")


_REFUSALS: dict[type[Exception], tuple[str | None, Promise]] = {
    bodies.MunicipalityTaken: ("municipality", gettext_lazy("Questo Comune ha già il suo ente.")),
    bodies.NameTaken: ("name", gettext_lazy("C'è già un ente di questo tipo con questo nome.")),
    bodies.ManagesDesks: (
        "is_active",
        gettext_lazy("Questo ente gestisce degli sportelli: prima chiudili, o affidali a un'altra agenzia."),
    ),
    bodies.AccreditationWritten: (
        "register_no",
        gettext_lazy("Questa iscrizione c'è già: stesso numero, stesso giorno."),
    ),
    desks.DeskExists: ("name", gettext_lazy("In questo Comune c'è già uno sportello con questo nome.")),
    service.OwnBody: ("is_active", gettext_lazy("È il tuo ente: spegnendolo non entreresti più.")),
    service.DeskHasPeople: (
        "managed_by",
        gettext_lazy(
            "Qui ricevono persone dell'ente di adesso. Prima togli loro l'accesso, poi invitale dal nuovo ente."
        ),
    ),
}
"""Refusal of a service -> the field it speaks of and the sentence beside it."""


def _at_work(work: OpenWork) -> str:
    """Why a desk cannot stop, and what to do first."""
    waits = [
        (work.cases, ngettext("%d pratica aperta", "%d pratiche aperte", work.cases)),
        (work.intakes, ngettext("%d persona da prendere in carico", "%d persone da prendere in carico", work.intakes)),
        (work.appointments, ngettext("%d appuntamento fissato", "%d appuntamenti fissati", work.appointments)),
    ]
    return _("Lo sportello ha ancora: %s. Prima chi riceve qui li conclude, poi lo sportello si chiude.") % ", ".join(
        words % number for number, words in waits if number
    )


def _form_page(
    request: Request,
    form: forms.Form,
    save: Callable[[dict[str, Any]], str],
    context: dict[str, Any],
    *,
    template: str = "administration_form",
) -> HttpResponse:
    """One form of the administrator: `save` does the deed and returns the address that comes next."""
    if request.method == "POST" and form.is_valid():
        try:
            address = save(form.cleaned_data)
        except service.DeskAtWork as refusal:
            form.add_error("state", _at_work(refusal.work))
        except tuple(_REFUSALS) as refusal:
            field, sentence = _REFUSALS[type(refusal)]
            form.add_error(field, str(sentence))
        else:
            messages.success(request, _("Salvato."))
            return redirect(address)
    page = {"form": form, "municipalities": metropolitan_municipalities(), "body": None, "desk": None, "owner": None}
    return render(request, f"workspaces/{template}.html", page | context, status=422 if form.errors else 200)


def _body_address(body: Model) -> str:
    return reverse("body_change", kwargs={"body": body.pk})
