"""Reads of saved searches: what they look for, in words and as a search, and what is new for them."""

from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from employers.models import SavedSearch
from employers.models.vacancy import VacancyQuerySet
from employers.queries.board import BoardSearch, board
from sportello.reference.models import ContractType, IscoGroup


def search_of(saved: SavedSearch) -> BoardSearch:
    """The saved search as the board takes it."""
    return BoardSearch(
        words=saved.words,
        place=saved.place,
        km=saved.km,
        contract=saved.contract,
        hours_kind=saved.hours_kind,
        group=saved.group,
        pay_from=saved.pay_from,
    )


def new_for(saved: SavedSearch) -> VacancyQuerySet:
    """Vacancies published since the alert was confirmed and not told yet, the newest first."""
    if saved.confirmed_at is None:
        return board(search_of(saved)).none()
    since = localtime(saved.confirmed_at).date()
    return board(search_of(saved)).filter(published_on__gte=since).exclude(pk__in=saved.told.values("pk"))


def own_alerts(user_id: UUID) -> QuerySet[SavedSearch]:
    """The account's alerts, the newest first."""
    return SavedSearch.objects.active().filter(user=user_id).select_related("place").order_by("-created_at", "pk")


def board_address(search: BoardSearch) -> str:
    """The board as this search shows it."""
    asked = {
        "cosa": search.words,
        "dove": f"{search.place.name} ({search.place.province_code})" if search.place else "",
        "km": search.km if search.place else "",
        "contratto": search.contract,
        "orario": search.hours_kind,
        "gruppo": search.group,
        "paga": search.pay_from or "",
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('board')}?{query}" if query else reverse("board")


def described(search: BoardSearch) -> str:
    """The search as a person would say it, on one line; at most two queries."""
    parts = [search.words or _("tutte le offerte")]
    if search.place:
        parts.append(_("entro %(km)s km da %(place)s") % {"km": search.km, "place": search.place})
    if search.group:
        parts += IscoGroup.objects.filter(code=search.group).values_list("label", flat=True)
    if search.contract:
        parts += [row.shown for row in ContractType.objects.filter(code=search.contract)]
    if search.hours_kind:
        parts.append(str(SavedSearch(hours_kind=search.hours_kind).get_hours_kind_display()))
    if search.pay_from:
        parts.append(_("da %(euro)s euro al mese") % {"euro": search.pay_from})
    return " · ".join(parts)
