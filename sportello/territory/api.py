"""The desks, for whoever shows them elsewhere."""

from datetime import time
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema
from pydantic import Field

from sportello.core.api import Code, Parameters, ProblemBody, cached, coded
from sportello.territory.enums import DeskKind, DeskState
from sportello.territory.models import Desk, Municipality
from sportello.territory.queries import desk_cards

router = Router(tags=["sportelli"])

FRESH_SECONDS = 600


class Place(Schema):
    """A municipality by its ISTAT code."""

    istat_code: str
    name: str


class Opening(Schema):
    """A span of the week; Monday is 1."""

    weekday: int
    opens: time
    closes: time


class DeskOut(Schema):
    """A desk: where and when people are received, by which body, from which municipalities (ISTAT codes)."""

    slug: str
    name: str
    kind: DeskKind
    state: DeskState
    address: str
    municipality: Place
    latitude: float
    longitude: float
    phone: str
    email: str
    managed_by: str
    opening_hours: list[Opening]
    serves: list[str]


class DeskList(Schema):
    """All desks but those closed for good, by name; of a municipality, the nearest first."""

    items: list[DeskOut]


class DeskParameters(Parameters):
    """Which desks."""

    municipality: Annotated[
        Code | None, Field(description=gettext_noop("Codice ISTAT: gli sportelli che servono il comune."))
    ] = None


@router.get(
    "/desks",
    url_name="api_desks",
    response={200: DeskList, 304: None, 400: ProblemBody, 429: ProblemBody},
    summary=gettext_noop("Gli sportelli, con orari e contatti"),
)
def desks(request: HttpRequest, response: HttpResponse, parameters: Query[DeskParameters]) -> DeskList:
    place = None
    if parameters.municipality is not None:
        place = coded(Municipality.objects.all(), "query.municipality", parameters.municipality, field="istat_code")
    cached(response, seconds=FRESH_SECONDS)
    cards = desk_cards(near=place)
    return DeskList(items=[_told(card.desk) for card in cards if place is None or card.serves_place])


def _told(desk: Desk) -> DeskOut:
    return DeskOut.model_validate(
        {
            **{name: getattr(desk, name) for name in ("slug", "name", "kind", "state", "address", "municipality")},
            **{name: getattr(desk, name) for name in ("latitude", "longitude", "phone", "email")},
            "managed_by": desk.managed_by.name,
            "opening_hours": list(desk.opening_hours.all()),
            "serves": sorted(place.istat_code for place in desk.serves.all()),
        }
    )
