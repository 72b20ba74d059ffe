"""One row of a profile on a page: a job, a study, a language, a licence, a skill; by the person or by the operator."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from candidates.enums import DocumentKind, EvidenceKind, FilePart
from candidates.forms.profile_rows import (
    EducationForm,
    ExperienceForm,
    LanguageForm,
    LicenceForm,
    SkillForm,
    as_typed,
)
from candidates.models import Candidate, HeldLicence, SkillStatement
from candidates.services import profile_rows as service
from candidates.services.document import add_document
from candidates.views.gate import Address, desk_page, my_record, open_person
from candidates.views.profile import address_of, my_address
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted


@dataclass(frozen=True)
class _Kind:
    """A list of the profile: its page to add, its page to change, where its rows are and who writes them."""

    new: str | Promise
    change: str | Promise
    form: Callable[..., forms.Form]
    rows: Callable[[Candidate], QuerySet[Any]]
    save: Callable[..., object]
    keeps_row: bool = True


_KINDS = {
    "esperienza": _Kind(
        new=gettext_lazy("Un lavoro che hai fatto"),
        change=gettext_lazy("Cambia questo lavoro"),
        form=ExperienceForm,
        rows=lambda person: person.experiences.all(),
        save=service.save_experience,
    ),
    "corso": _Kind(
        new=gettext_lazy("Una scuola o un corso"),
        change=gettext_lazy("Cambia questa scuola o questo corso"),
        form=EducationForm,
        rows=lambda person: person.education.all(),
        save=service.save_education,
    ),
    "lingua": _Kind(
        new=gettext_lazy("Una lingua che parli"),
        change=gettext_lazy("Cambia questa lingua"),
        form=LanguageForm,
        rows=lambda person: person.language_skills.all(),
        save=service.save_language,
        keeps_row=False,
    ),
    "patente": _Kind(
        new=gettext_lazy("Una patente o un patentino"),
        change=gettext_lazy("Cambia questa patente"),
        form=LicenceForm,
        rows=lambda person: HeldLicence.objects.filter(profile__candidate=person),
        save=service.save_licence,
        keeps_row=False,
    ),
}


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_my_row(request: Request, part: str) -> HttpResponse:
    """I add something to my profile."""
    return _edit(request, my_record(request), part, None, my_address)


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_my_row(request: Request, part: str, row: UUID) -> HttpResponse:
    """I change what I wrote."""
    return _change(request, my_record(request), part, row, my_address)


@audience(Role.CITIZEN)
@require_POST
def remove_my_row(request: Request, part: str, row: UUID) -> HttpResponse:
    """I take it out."""
    return _remove(request, my_record(request), part, row, my_address)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def add_row(request: Request, candidate: UUID, part: str) -> HttpResponse:
    """An operator adds what the person tells."""
    person = open_person(request, candidate, part=FilePart.PROFILE)
    return _edit(request, person, part, None, address_of(candidate))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def change_row(request: Request, candidate: UUID, part: str, row: UUID) -> HttpResponse:
    """An operator changes it, or confirms a skill."""
    person = open_person(request, candidate, part=FilePart.PROFILE)
    return _change(request, person, part, row, address_of(candidate))


@desk_page
@require_POST
def remove_row(request: Request, candidate: UUID, part: str, row: UUID) -> HttpResponse:
    """An operator takes it out."""
    person = open_person(request, candidate, part=FilePart.PROFILE)
    return _remove(request, person, part, row, address_of(candidate))


def _kind(part: str) -> _Kind:
    if part not in _KINDS:
        raise Http404
    return _KINDS[part]


def _change(request: Request, candidate: Candidate, part: str, pk: UUID, address: Address) -> HttpResponse:
    if part == "competenza":
        return _evidence(request, candidate, pk, address)
    return _edit(request, candidate, part, get_object_or_404(_kind(part).rows(candidate), pk=pk), address)


def _edit(request: Request, candidate: Candidate, part: str, row: Any, address: Address) -> HttpResponse:
    kind = _kind(part)
    data = posted(request)
    form = kind.form(data, row=row)
    if data is not None and "search" in data and isinstance(form, ExperienceForm):
        form = ExperienceForm(row=row, initial={**data.dict(), **as_typed(form, data)})
    elif data is not None and form.is_valid():
        kept = {"row": row} if kind.keeps_row else {}
        kind.save(candidate=candidate, by=request.scope, **kept, **form.cleaned_data)
        messages.success(request, _("Profilo aggiornato."))
        return redirect(address("show"))
    remove = address("remove", part=part, row=row.pk) if row else ""
    return _page(request, candidate, form, kind.change if row else kind.new, address, remove=remove)


def _remove(request: Request, candidate: Candidate, part: str, pk: UUID, address: Address) -> HttpResponse:
    service.remove_row(row=get_object_or_404(_kind(part).rows(candidate), pk=pk), by=request.scope)
    messages.success(request, _("Tolto dal profilo."))
    return redirect(address("show"))


def _evidence(request: Request, candidate: Candidate, pk: UUID, address: Address) -> HttpResponse:
    """How a skill was learned; the desk may confirm it."""
    row = get_object_or_404(candidate.skill_statements.select_related("skill", "document"), pk=pk)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SkillForm(data, files, row=row, for_desk=bool(request.scope.desk_ids))
    if data is not None and form.is_valid():
        _save_evidence(request, candidate, row, form.cleaned_data)
        messages.success(request, _("Profilo aggiornato."))
        return redirect(address("show"))
    return _page(request, candidate, form, str(row.skill), address)


def _save_evidence(request: Request, candidate: Candidate, row: SkillStatement, data: dict[str, Any]) -> None:
    by, document = request.scope, row.document
    if data["file"]:
        document = add_document(
            candidate=candidate, kind=DocumentKind.CERTIFICATE, name=str(row.skill)[:100], file=data["file"], by=by
        )
    row = service.state_evidence(statement=row, evidence=data["evidence"], document=document, by=by)
    kind = data.get("evidence_kind", row.evidence_kind)
    # Confirmed again on the same evidence, it keeps its first date.
    if kind != row.evidence_kind:
        service.confirm_skill(statement=row, evidence_kind=EvidenceKind(kind) if kind else None, by=by)


def _page(
    request: Request,
    candidate: Candidate,
    form: forms.Form,
    title: str | Promise,
    address: Address,
    *,
    remove: str = "",
) -> HttpResponse:
    context = {"candidate": candidate, "form": form, "title": title, "back": address("show"), "remove": remove}
    return render(request, "candidates/row_form.html", context, status=422 if form.errors else 200)
