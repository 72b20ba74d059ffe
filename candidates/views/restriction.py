"""Restricted files: who leads a desk sets and lifts them, and names who may read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import FilePart
from candidates.forms.restriction import GrantForm, LiftForm, RestrictForm
from candidates.models import Restriction
from candidates.queries.restriction import led_restriction, restrictions, who_may_be_granted
from candidates.rules import led_desks
from candidates.services import restriction as service
from candidates.views.gate import desk_page, open_person
from sportello.accounts.scope import Request
from sportello.core.http import posted
from sportello.core.paging import Pages
from sportello.reference.rules import parameter

PAGE_SIZE = 25


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def restrict_file(request: Request, candidate: UUID) -> HttpResponse:
    """Let nobody see this person but whom I name."""
    if not led_desks(request.scope):
        raise Http404
    person = open_person(request, candidate, part=FilePart.CASE_FILE)
    others = who_may_be_granted(request.scope).exclude(pk=request.scope.account_id)
    form = RestrictForm(posted(request), users=others, longest=_longest())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            service.restrict(
                candidate=person,
                motive=data["motive"],
                ends_on=data["ends_on"],
                users=[user.pk for user in data["users"]],
                by=request.scope,
            )
        except service.AlreadyRestricted:
            messages.info(request, _("Questa scheda è già riservata."))
        else:
            messages.success(request, _("Scheda riservata: la vede solo chi hai scelto."))
        return redirect("case_file", candidate=person.pk)
    context = {
        "candidate": person,
        "form": form,
        "title": _("Rendi riservata la scheda"),
        "submit": _("Rendi riservata"),
        "back": reverse("case_file", kwargs={"candidate": person.pk}),
    }
    return render(request, "candidates/person_form.html", context, status=422 if form.errors else 200)


@desk_page
@require_safe
def restricted_files(request: Request) -> HttpResponse:
    """The restricted files of the desks I lead, without a name."""
    if not led_desks(request.scope):
        raise Http404
    page = Pages(restrictions(request.scope), PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "candidates/restricted_files.html", {"page": page, "today": timezone.localdate()})


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def restricted_file(request: Request, restriction: UUID) -> HttpResponse:
    """Who may see one of them; POST names one more."""
    found = led_restriction(request.scope, restriction)
    form = GrantForm(
        posted(request),
        users=who_may_be_granted(request.scope),
        longest=_longest(),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        service.grant_reading(
            restriction=found, user_id=data["user"].pk, ends_on=data["ends_on"], motive=data["motive"], by=request.scope
        )
        messages.success(request, _("Permesso dato a %(name)s.") % {"name": data["user"]})
        return redirect("restricted_file", restriction=found.pk)
    return _page(request, found, grant_form=form, lift_form=LiftForm())


@desk_page
@require_POST
def revoke_grant(request: Request, restriction: UUID, grant: UUID) -> HttpResponse:
    """End a grant before its day."""
    found = led_restriction(request.scope, restriction)
    service.revoke_reading(grant=get_object_or_404(found.grants, pk=grant), by=request.scope)
    messages.success(request, _("Permesso tolto."))
    return redirect("restricted_file", restriction=found.pk)


@desk_page
@require_POST
def lift_restriction(request: Request, restriction: UUID) -> HttpResponse:
    """The file is again the desk's."""
    found = led_restriction(request.scope, restriction)
    form = LiftForm(request.POST)
    if not form.is_valid():
        grant_form = GrantForm(users=who_may_be_granted(request.scope), longest=_longest())
        return _page(request, found, grant_form=grant_form, lift_form=form)
    service.lift(restriction=found, motive=form.cleaned_data["lift_motive"], by=request.scope)
    messages.success(request, _("La scheda non è più riservata."))
    return redirect("restricted_files")


def _page(request: Request, found: Restriction, **forms: Any) -> HttpResponse:
    refused = any(form.errors for form in forms.values())
    context = {"restriction": found, "today": timezone.localdate(), **forms}
    return render(request, "candidates/restricted_file.html", context, status=422 if refused else 200)


def _longest() -> int:
    return int(parameter("restricted_grant_max_days", on=timezone.localdate()).value)
