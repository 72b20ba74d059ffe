"""The map of the desks, numbered as in the list beside it."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sportello.territory.models import Municipality
from sportello.territory.queries import DeskCard
from sportello.territory.render.map import Area, Fill, Marker, MarkerState, is_drawable, map_svg
from sportello.territory.rules import Point


def desk_map(cards: Sequence[DeskCard], *, chosen: Municipality | None = None) -> SafeString:
    """SVG of the municipalities that the desks of `cards` serve, `chosen` among them in another colour.

    Empty when none of them has a boundary; a desk outside the boundaries is in the list only. No queries on cards
    from `queries.desk_cards`.
    """
    shown: dict[str, Municipality] = {}
    for card in cards:
        for municipality in (card.desk.municipality, *card.desk.serves.all()):
            shown[municipality.istat_code] = municipality
    if chosen is not None:
        shown[chosen.istat_code] = chosen
    areas = [
        Area(code, municipality.name, Fill.CHOSEN if municipality == chosen else Fill.PLAIN)
        for code, municipality in sorted(shown.items())
        if is_drawable(code)
    ]
    if not areas:
        return SafeString("")
    markers = [
        Marker(
            point=Point(card.desk.latitude, card.desk.longitude),
            number=number,
            label=_("%(number)s. %(desk)s: %(state)s")
            % {"number": number, "desk": card.desk.name, "state": _state_text(card)},
            state=_marker_state(card),
            href=reverse("territory:desk_detail", args=[card.desk.slug]),
        )
        for number, card in enumerate(cards, start=1)
        if is_drawable(card.desk.municipality.istat_code)
    ]
    return map_svg(
        name="sportelli",
        title=_("Mappa degli sportelli"),
        description=ngettext(
            "%(count)s sportello, con lo stesso numero che ha nell'elenco.",
            "%(count)s sportelli, con lo stesso numero che hanno nell'elenco.",
            len(markers),
        )
        % {"count": len(markers)},
        areas=areas,
        markers=markers,
    )


def _marker_state(card: DeskCard) -> MarkerState:
    if not card.receives:
        return MarkerState.PLANNED
    return MarkerState.OPEN if card.opening.is_open else MarkerState.CLOSED


def _state_text(card: DeskCard) -> str:
    return {
        MarkerState.OPEN: _("aperto adesso"),
        MarkerState.CLOSED: _("chiuso adesso"),
        MarkerState.PLANNED: _("non ancora aperto"),
    }[_marker_state(card)]
