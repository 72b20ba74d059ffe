"""A person's profile, read and changed by themself or by the operator who speaks with them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import FilePart
from candidates.forms.profile import TITLES, AbilitiesForm, ContactsForm, WishesForm
from candidates.models import Candidate
from candidates.queries.people import own_candidate
from candidates.queries.profile import profile_card
from candidates.services import profile as service
from candidates.views.gate import desk_page, open_person
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience
from sportello.territory.models import Municipality

Address = Callable[[str, str], str]
"""Address of a page of the profile, by what it does and the part it is about."""


@audience(Role.CITIZEN)
@require_safe
def my_profile(request: Request) -> HttpResponse:
    """What the desk knows of me."""
    return _show(request, _me(request), _my_address)


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_my_profile(request: Request, part: str) -> HttpResponse:
    """I change a part of my profile."""
    return _edit(request, _me(request), part, _my_address)


@audience(Role.CITIZEN)
@require_POST
def confirm_my_profile(request: Request) -> HttpResponse:
    """All of it is right."""
    return _confirm(request, _me(request), _my_address)


@desk_page
@require_safe
def person_profile(request: Request, candidate: UUID) -> HttpResponse:
    """What the desk knows of a person."""
    return _show(request, open_person(request, candidate, part=FilePart.PROFILE), _address_of(candidate))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit_profile(request: Request, candidate: UUID, part: str) -> HttpResponse:
    """An operator changes a part of the profile, with the person before them."""
    return _edit(request, open_person(request, candidate, part=FilePart.PROFILE), part, _address_of(candidate))


@desk_page
@require_POST
def confirm_profile(request: Request, candidate: UUID) -> HttpResponse:
    """The person said to the operator that all of it is right."""
    return _confirm(request, open_person(request, candidate, part=FilePart.PROFILE), _address_of(candidate))


def _me(request: Request) -> Candidate:
    candidate = own_candidate(request.scope)
    if candidate is None:
        raise Http404
    return candidate


def _my_address(act: str, part: str) -> str:
    names = {"show": "my_profile", "edit": "edit_my_profile", "confirm": "confirm_my_profile"}
    return reverse(names[act], kwargs={"part": part} if part else None)


def _address_of(pk: UUID) -> Address:
    names = {"show": "person_profile", "edit": "edit_profile", "confirm": "confirm_profile"}

    def address(act: str, part: str) -> str:
        return reverse(names[act], kwargs={"candidate": pk, **({"part": part} if part else {})})

    return address


def _show(request: Request, candidate: Candidate, address: Address) -> HttpResponse:
    context = {
        "candidate": candidate,
        "profile": profile_card(candidate),
        "occupations": candidate.desired_occupations.select_related("occupation"),
        "skills": candidate.skill_statements.select_related("skill"),
        "languages": candidate.language_skills.select_related("language"),
        "edit": {part: address("edit", part) for part in TITLES},
        "confirm": address("confirm", ""),
    }
    return render(request, "candidates/profile.html", context)


def _edit(request: Request, candidate: Candidate, part: str, address: Address) -> HttpResponse:
    if part not in TITLES:
        raise Http404
    data = request.POST if request.method == "POST" else None
    searching = part == "lavoro" and "search" in request.POST
    form = _form(candidate, part, data, searching=searching)
    if data is not None and not searching and form.is_valid():
        _save(request, candidate, form)
        messages.success(request, _("Profilo aggiornato."))
        return redirect(address("show", ""))
    context = {
        "candidate": candidate,
        "form": form,
        "title": TITLES[part],
        "back": address("show", ""),
        "municipalities": Municipality.objects.filter(is_metropolitan=True) if part == "contatti" else (),
    }
    return render(request, "candidates/profile_form.html", context, status=422 if form.errors else 200)


def _form(candidate: Candidate, part: str, data: Any, *, searching: bool) -> forms.Form:
    match part:
        case "contatti":
            return ContactsForm(data, candidate=candidate)
        case "lavoro" if searching:
            # "Cerca" only asks for proposals: what else was typed stays, nothing is judged yet.
            lists = {name: data.getlist(name) for name in ("occupations", "contract_types")}
            day = [data.get(f"available_from_{part}", "") for part in ("day", "month", "year")]
            return WishesForm(candidate=candidate, initial={**data.dict(), **lists, "available_from": day})
        case "lavoro":
            return WishesForm(data, candidate=candidate)
        case _:
            return AbilitiesForm(data, candidate=candidate)


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
                contract_types=data["contract_types"],
                available_from=data["available_from"],
                by=by,
            )
        case AbilitiesForm():
            skill_ids = [UUID(pk) for pk in data.pop("skills")]
            service.change_abilities(candidate=candidate, skill_ids=skill_ids, by=by, **data)


def _confirm(request: Request, candidate: Candidate, address: Address) -> HttpResponse:
    service.confirm_profile(candidate=candidate, by=request.scope)
    messages.success(request, _("Grazie: il profilo risulta confermato oggi."))
    return redirect(address("show", ""))
