"""A person's profile, read and changed by themself or by the operator who speaks with them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import FilePart
from candidates.forms.profile import (
    TITLES,
    AbilitiesForm,
    AboutForm,
    AvailabilityForm,
    ContactsForm,
    TitleForm,
    WishesForm,
)
from candidates.forms.profile_rows import as_typed
from candidates.models import Candidate
from candidates.queries.profile import whole_profile
from candidates.rules import missing_parts
from candidates.services import profile as service
from candidates.views.gate import Address, addresses, desk_page, my_record, open_person
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.territory.models import Municipality

_FORMS: dict[str, Callable[..., forms.Form]] = {
    "contatti": ContactsForm,
    "chi-sono": AboutForm,
    "lavoro": WishesForm,
    "orari": AvailabilityForm,
    "titolo": TitleForm,
    "capacita": AbilitiesForm,
}
_ROWS = {
    "experiences": "esperienza",
    "education": "corso",
    "languages": "lingua",
    "licences": "patente",
    "skills": "competenza",
}
"""List of the profile -> the part of the address that changes one row of it."""


@audience(Role.CITIZEN)
@require_safe
def my_profile(request: Request) -> HttpResponse:
    """What the desk knows of me."""
    return _show(request, my_record(request), my_address)


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_my_profile(request: Request, part: str) -> HttpResponse:
    """I change a part of my profile."""
    return _edit(request, my_record(request), part, my_address)


@audience(Role.CITIZEN)
@require_POST
def confirm_my_profile(request: Request) -> HttpResponse:
    """All of it is right."""
    return _confirm(request, my_record(request), my_address)


@desk_page
@require_safe
def person_profile(request: Request, candidate: UUID) -> HttpResponse:
    """What the desk knows of a person."""
    return _show(request, open_person(request, candidate, part=FilePart.PROFILE), address_of(candidate))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit_profile(request: Request, candidate: UUID, part: str) -> HttpResponse:
    """An operator changes a part of the profile, with the person before them."""
    return _edit(request, open_person(request, candidate, part=FilePart.PROFILE), part, address_of(candidate))


@desk_page
@require_POST
def confirm_profile(request: Request, candidate: UUID) -> HttpResponse:
    """The person said to the operator that all of it is right."""
    return _confirm(request, open_person(request, candidate, part=FilePart.PROFILE), address_of(candidate))


_MINE = {
    "show": "my_profile",
    "edit": "edit_my_profile",
    "confirm": "confirm_my_profile",
    "add": "add_my_row",
    "row": "change_my_row",
    "remove": "remove_my_row",
}
_THEIRS = {
    "show": "person_profile",
    "edit": "edit_profile",
    "confirm": "confirm_profile",
    "add": "add_row",
    "row": "change_row",
    "remove": "remove_row",
}


my_address = addresses(_MINE)
"""Where the person does that to their own profile."""


def address_of(pk: UUID) -> Address:
    """The same for an operator, on the profile of a person."""
    return addresses(_THEIRS, candidate=pk)


def _show(request: Request, candidate: Candidate, address: Address) -> HttpResponse:
    profile = whole_profile(candidate)
    rows = {
        name: [(line, address("row", part=part, row=line.id)) for line in getattr(profile, name)]
        for name, part in _ROWS.items()
    }
    context = {
        "candidate": candidate,
        "profile": profile,
        "rows": rows,
        "missing": [(_part_address(address, part), label) for part, label in missing_parts(profile.told)],
        "edit": {part.replace("-", "_"): address("edit", part=part) for part in TITLES},
        "add": {part: address("add", part=part) for part in _ROWS.values() if part != "competenza"},
        "confirm": address("confirm"),
    }
    return render(request, "candidates/profile.html", context)


def _part_address(address: Address, part: str) -> str:
    return address("edit", part=part) if part in TITLES else address("add", part=part)


def _edit(request: Request, candidate: Candidate, part: str, address: Address) -> HttpResponse:
    if part not in TITLES:
        raise Http404
    data = posted(request)
    searching = "search" in request.POST
    form = _form(candidate, part, data, searching=searching)
    if data is not None and not searching and form.is_valid():
        _save(request, candidate, form)
        messages.success(request, _("Profilo aggiornato."))
        return redirect(address("show"))
    context = {
        "candidate": candidate,
        "form": form,
        "title": TITLES[part],
        "back": address("show"),
        "municipalities": Municipality.objects.filter(is_metropolitan=True) if part == "contatti" else (),
    }
    template = "candidates/availability_form.html" if part == "orari" else "candidates/profile_form.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _form(candidate: Candidate, part: str, data: Any, *, searching: bool) -> forms.Form:
    form = _FORMS[part](data, candidate=candidate)
    if searching and isinstance(form, WishesForm | AbilitiesForm):
        # "Cerca" only asks for proposals: what else was typed stays, nothing is judged yet.
        return type(form)(candidate=candidate, initial={**data.dict(), **as_typed(form, data)})
    return form


def _save(request: Request, candidate: Candidate, form: forms.Form) -> None:
    data, by = dict(form.cleaned_data), request.scope
    match form:
        case ContactsForm():
            service.change_contacts(candidate=candidate, by=by, **data)
        case WishesForm():
            service.change_wishes(
                candidate=candidate,
                employment_situation=data["employment_situation"],
                occupations={UUID(pk): years for pk, years in form.experience.items()},
                hours_wanted=data["hours_wanted"],
                max_travel_km=data["max_travel_km"],
                has_vehicle=data["has_vehicle"],
                contract_types=data["contract_types"],
                available_from=data["available_from"],
                by=by,
            )
        case AbilitiesForm():
            service.change_skills(candidate=candidate, skill_ids=[UUID(pk) for pk in data["skills"]], by=by)
        case AvailabilityForm():
            service.change_availability(candidate=candidate, by=by, **data)
        case TitleForm():
            service.change_education_level(candidate=candidate, by=by, **data)
        case AboutForm():
            service.change_about(candidate=candidate, by=by, **data)


def _confirm(request: Request, candidate: Candidate, address: Address) -> HttpResponse:
    service.confirm_profile(candidate=candidate, by=request.scope)
    messages.success(request, _("Grazie: il profilo risulta confermato oggi."))
    return redirect(address("show"))
