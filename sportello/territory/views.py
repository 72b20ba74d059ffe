"""The public pages on the desks."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sportello.core.http import public
from sportello.territory import queries
from sportello.territory.forms.search import DeskSearchForm
from sportello.territory.models import Desk
from sportello.territory.render.desk_map import desk_map


@public
@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    """ "Trova il tuo sportello": desks by distance from a municipality, or by name."""
    form = DeskSearchForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {"comune": "", "aperti": False}
    place = queries.find_place(asked["comune"])
    cards = queries.desk_cards(near=place.chosen, open_now=asked["aperti"])
    return render(
        request,
        "territory/desk_list.html",
        {
            "form": form,
            "asked": asked,
            "place": place,
            "cards": cards,
            "map": desk_map(cards, chosen=place.chosen),
            "municipalities": queries.metropolitan_municipalities(),
        },
    )


@public
@require_safe
def desk_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One desk: where it is, when it receives, how to reach it."""
    try:
        page = queries.desk_page(slug)
    except Desk.DoesNotExist as error:
        raise Http404 from error
    return render(
        request,
        "territory/desk_detail.html",
        {"page": page, "card": page.card, "map": desk_map([page.card], chosen=page.card.desk.municipality)},
    )
