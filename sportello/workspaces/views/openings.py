"""The jobs that suit one person, and the courses that teach what they lack: one page for the person and for who follows them."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candidates.enums import FilePart, ReadingPurpose
from candidates.models import Candidate
from candidates.views.gate import desk_page, my_record, open_person
from matching.engine.segment import NoSegmentError
from matching.engine.vocabulary import UnknownWordError
from matching.queries.openings import openings_for
from matching.services.segment import request_segment
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience
from sportello.workspaces.queries.openings import told_openings

SHOWN = 10
"""Jobs on one page: each is explained part by part."""


@audience(Role.CITIZEN)
@require_safe
def my_openings(request: Request) -> HttpResponse:
    """The jobs of my kind of work, weighed now, and why."""
    return _page(request, my_record(request), is_mine=True)


@desk_page
@require_safe
def person_openings(request: Request, candidate: UUID) -> HttpResponse:
    """The jobs of a person's kind of work, as the person sees theirs, each to be proposed."""
    person = open_person(request, candidate, part=FilePart.MATCH, purpose=ReadingPurpose.PROPOSAL)
    return _page(request, person, is_mine=False)


def _page(request: Request, person: Candidate, *, is_mine: bool) -> HttpResponse:
    """While the words of the taxonomy are being prepared the page says so, and comes back by itself."""
    context = {"candidate": person, "is_mine": is_mine}
    try:
        openings = openings_for(person)
    except (NoSegmentError, UnknownWordError):
        request_segment()
        return render(request, "workspaces/openings.html", context | {"is_under_way": True})
    if openings is not None:
        page = Paginator(openings.fits, SHOWN).get_page(request.GET.get("pagina"))
        told = told_openings(openings, list(page.object_list))
        context |= {"openings": openings, "page": page, "told": told}
    return render(request, "workspaces/openings.html", context)
