"""The public board of vacancies."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from employers.forms.board import BoardForm
from employers.queries.board import accreditation_of, board
from employers.queries.vacancies import visible_vacancy
from employers.render import job_posting
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request, Scope
from sportello.core.http import public
from sportello.core.paging import Pages
from sportello.territory.queries import desk_cards, metropolitan_municipalities

PAGE_SIZE = 20


@public
@require_safe
def job_board(request: Request) -> HttpResponse:
    """Vacancies for all, the newest first."""
    form = BoardForm(request.GET if request.GET else None)
    form.is_valid()
    search = form.search()
    page = Pages(board(search), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "page": page,
        "search": search,
        "municipalities": metropolitan_municipalities().values_list("name", flat=True),
    }
    return render(request, "employers/board.html", context)


@public
@require_safe
def vacancy_detail(request: Request, vacancy: UUID) -> HttpResponse:
    """One vacancy in the order people ask: what, where, when, how much, what is needed, how it goes on."""
    # A company or an operator reads here what citizens read; what is not public has its own pages.
    found = visible_vacancy(Scope(), vacancy)
    url = settings.SITE_URL + request.path
    context = {
        "vacancy": found,
        "url": url,
        "posting": job_posting(found, url=url),
        "accreditation": accreditation_of(found.desk.managed_by),
        "is_citizen": request.scope.has(Role.CITIZEN),
        "is_desk": request.scope.has_any((Role.OPERATOR, Role.COORDINATOR)),
        # Who has no account speaks with a person, at the nearest desk that receives.
        "desks": [] if request.scope.user_id else desk_cards(near=found.workplace.municipality, limit=1),
    }
    return render(request, "employers/vacancy_detail.html", context)
