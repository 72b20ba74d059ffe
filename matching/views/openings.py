"""The jobs that suit one person: one page for the person and for who follows them."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from candidates.models import Candidate
from matching.engine.segment import NoSegmentError
from matching.engine.vocabulary import UnknownWordError
from matching.queries.openings import explained, openings_for
from matching.services.segment import request_segment
from sportello.accounts.scope import Request

SHOWN = 10
"""Jobs on one page: each is explained part by part."""


def openings_page(request: Request, person: Candidate, *, is_mine: bool) -> HttpResponse:
    """While the words of the taxonomy are being prepared the page says so, and comes back by itself."""
    context = {"candidate": person, "is_mine": is_mine}
    try:
        openings = openings_for(person)
    except (NoSegmentError, UnknownWordError):
        request_segment()
        return render(request, "matching/openings.html", context | {"is_under_way": True})
    if openings is not None:
        page = Paginator(openings.fits, SHOWN).get_page(request.GET.get("pagina"))
        rows, advised = explained(openings, list(page.object_list))
        context |= {"openings": openings, "page": page, "rows": rows, "advised": advised}
    return render(request, "matching/openings.html", context)
