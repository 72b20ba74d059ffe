"""The public board of vacancies."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from employers.forms.board import PAYS, BoardForm
from employers.queries.board import BoardSearch, accreditation_of, board
from employers.queries.certificates import valid_certificate
from employers.queries.facets import Counts, counts
from employers.queries.vacancies import visible_vacancy
from employers.render.place import workplace_map
from employers.render.posting import job_posting
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request, Scope
from sportello.core.http import public
from sportello.core.paging import Pages
from sportello.territory.forms.search import RADII
from sportello.territory.queries import desk_cards, metropolitan_municipalities

PAGE_SIZE = 20


@dataclass(frozen=True)
class Chip:
    """A condition that one touch adds, or takes away when it is chosen."""

    label: str
    count: int
    address: str
    is_chosen: bool


@public
@require_safe
def job_board(request: Request) -> HttpResponse:
    """Vacancies for all, the newest first."""
    form = BoardForm(request.GET if request.GET else None)
    form.is_valid()
    search = form.search()
    found = counts(search, pays=dict(PAYS), radii=[km for km, _label in RADII])
    pages = Pages(board(search), PAGE_SIZE)
    pages.count = found.total  # counted already, with the chips
    context = {
        "form": form,
        "page": pages.get_page(request.GET.get("pagina")),
        "search": search,
        "facets": _facets(request.GET, form, search, found),
        "chosen": [Chip(label, 0, _address(request.GET, name), is_chosen=True) for name, label in form.conditions()],
        "municipalities": metropolitan_municipalities().values_list("name", flat=True),
    }
    return render(request, "employers/board.html", context)


def _facets(asked: QueryDict, form: BoardForm, search: BoardSearch, found: Counts) -> list[tuple[str, list[Chip]]]:
    """Conditions that would narrow the search, each with what it leaves; one that is chosen stands above the list."""
    facets: list[tuple[str, list[Chip]]] = []
    for name, counted, chosen in (
        ("gruppo", found.groups, search.group),
        ("contratto", found.contracts, search.contract),
        ("orario", found.hours, search.hours_kind),
        ("paga", found.pays, search.pay_from),
        ("km", found.radii, ""),
    ):
        field = form.fields[name]
        options: list[tuple[Any, str]] = [option for option in field.choices if option[0]]  # type: ignore[attr-defined]
        chips = [
            Chip(
                str(label), counted[value], _address(asked, name, value), is_chosen=name == "km" and value == search.km
            )
            for value, label in options
            if counted[value] and not chosen and (counted[value] < found.total or name == "km")
        ]
        if chips:
            facets.append((str(field.label), chips))
    if found.today and not search.only_today:
        label = str(form.fields["oggi"].label)
        facets.append((_("Novità"), [Chip(label, found.today, _address(asked, "oggi", "on"), is_chosen=False)]))
    return facets


def _address(asked: QueryDict, name: str, value: object = "") -> str:
    """The board with one condition changed, or without it; from its first page."""
    changed = asked.copy()
    changed.pop("pagina", None)
    changed.pop(name, None)
    if value:
        changed[name] = str(value)
    return f"{reverse('board')}?{changed.urlencode()}" if changed else reverse("board")


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
        "map": workplace_map(found.workplace),
        "posting": job_posting(found, url=url),
        "accreditation": accreditation_of(found.desk.managed_by),
        "certificate": valid_certificate(found.company, on=timezone.localdate()),
        "is_citizen": request.scope.has(Role.CITIZEN),
        "is_desk": request.scope.has_any((Role.OPERATOR, Role.COORDINATOR)),
        # Who has no account speaks with a person, at the nearest desk that receives.
        "desks": [] if request.scope.user_id else desk_cards(near=found.workplace.municipality, limit=1),
    }
    return render(request, "employers/vacancy_detail.html", context)
