"""The one door to a person's file: it asks why, once a session, and writes the line that the person reads."""

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from candidates.enums import FilePart, ReadingPurpose
from candidates.forms.case import ReadingReasonForm
from candidates.models import Candidate, Case
from candidates.queries.people import own_candidate, visible_candidate, visible_case
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core import audit
from sportello.core.http import audience, posted
from sportello.core.models import AccessLogEntry

V = TypeVar("V", bound=Callable[..., HttpResponseBase])

Address = Callable[..., str]
"""Address of a page about one person, by what it does and the parts of its path."""

_REASONS_KEY = "reading_reasons"
_READ_METHODS = ("GET", "HEAD")


class ReasonMissing(Exception):
    """Nobody has said yet why this person's file is opened."""

    def __init__(self, candidate_id: UUID) -> None:
        super().__init__(str(candidate_id))
        self.candidate_id = candidate_id


def desk_page(view: V) -> V:
    """Audience of those who serve a desk; a file that the page opens without a reason asks for it, then comes back."""

    @audience(Role.OPERATOR, Role.COORDINATOR)
    @functools.wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ReasonMissing as missing:
            address = reverse("reading_reason", kwargs={"candidate": missing.candidate_id})
            back = urlencode({"poi": request.get_full_path()}) if request.method in _READ_METHODS else ""
            return redirect(f"{address}?{back}" if back else address)

    return guarded  # type: ignore[return-value]


def my_record(request: Request) -> Candidate:
    """The record of who is signed in, for their own pages. Raises Http404 while there is none."""
    person = own_candidate(request.scope)
    if person is None:
        raise Http404
    return person


def open_person(request: Request, pk: UUID, *, part: FilePart, purpose: ReadingPurpose | None = None) -> Candidate:
    """The person, for a page that shows `part` of their file.

    `purpose` is named where the page itself is the reason. Raises Http404 for whom the actor may not see, ReasonMissing.
    """
    person = visible_candidate(request.scope, pk)
    _note(request, person.pk, part, ReadingPurpose.CASE if person.followed_by_reader else purpose)
    return person


def open_case(request: Request, pk: UUID, *, part: FilePart) -> Case:
    """The case with its person and desk, for a page that shows `part` of it. Raises Http404, ReasonMissing."""
    case = visible_case(request.scope, pk)
    follows = case.responsible_operator_id == request.scope.user_id
    _note(request, case.candidate_id, part, ReadingPurpose.CASE if follows else None)
    return case


def note_names(request: Request, people: Iterable[UUID], *, part: FilePart, purpose: ReadingPurpose) -> None:
    """One line for each person whom a list names beside their data; one statement."""
    by = request.scope
    AccessLogEntry.objects.bulk_create(
        AccessLogEntry(subject_id=pk, actor_id=by.actor_id, actor_label=by.actor_label, part=part, purpose=purpose)
        for pk in people
    )


def give_reason(request: Request, candidate_id: UUID, purpose: ReadingPurpose | str) -> None:
    """Remember until the end of the session why this file is opened."""
    request.session[_REASONS_KEY] = {**request.session.get(_REASONS_KEY, {}), str(candidate_id): str(purpose)}


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def reading_reason(request: Request, candidate: UUID) -> HttpResponse:
    """Why this file is opened; the answer leads on to the page that was asked for."""
    person = visible_candidate(request.scope, candidate)
    form = ReadingReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        give_reason(request, person.pk, form.cleaned_data["purpose"])
        wanted = request.GET.get("poi", "")
        if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
            return redirect(wanted)
        return redirect("case_file", candidate=person.pk)
    context = {"form": form, "candidate": person}
    return render(request, "candidates/reading_reason.html", context, status=422 if form.errors else 200)


def _note(request: Request, candidate_id: UUID, part: FilePart, purpose: ReadingPurpose | None) -> None:
    why = purpose or request.session.get(_REASONS_KEY, {}).get(str(candidate_id))
    if not why:
        raise ReasonMissing(candidate_id)
    if request.method in _READ_METHODS:
        # What a sent form changes stands in the history of what it changed.
        audit.log_read(subject_id=candidate_id, by=request.scope, part=part, purpose=why)


def addresses(pages: Mapping[str, str], **person: UUID) -> Address:
    """Where each thing is done, by the names of its pages: a person's own, or with `candidate` those of the desk for them."""

    def address(act: str, **parts: object) -> str:
        return reverse(pages[act], kwargs={**person, **parts})

    return address
