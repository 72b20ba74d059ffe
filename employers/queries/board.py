"""The public board: search by words, place and conditions; who answers for an ad."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from uuid import UUID

from django.db.models import Case, F, FloatField, Q, Value, When
from django.db.models.functions import ASin, Coalesce, Cos, Least, Power, Radians, Sin, Sqrt
from django.utils import timezone

from employers.enums import PayPeriod
from employers.models import Vacancy
from employers.models.vacancy import VacancyQuerySet
from sportello.core.text import search_key
from sportello.reference.queries import find_occupations
from sportello.territory.enums import AccreditationKind, AccreditationStatus
from sportello.territory.models import Accreditation, Municipality, Organisation
from sportello.territory.rules import EARTH_RADIUS_KM

_MEANT_SHARE = 0.8
"""An occupation is meant by the words when it is nearly as sure as the surest: nobody confirms it here."""

_KM_PER_DEGREE = 111.0
"""Length of a degree of latitude, rounded down so that the box never cuts the circle."""


# The best that an ad promises for a month, a twelfth of what it promises for a year.
MONTHLY_PAY = Case(
    When(pay_period=PayPeriod.YEAR, then=F("pay_max") / 12),
    When(pay_period=PayPeriod.HOUR, then=F("pay_max") * F("weekly_hours") * 52 / 12),
    default=F("pay_max"),
    output_field=FloatField(),
)


@dataclass(frozen=True)
class BoardSearch:
    """What a person looks for; empty fields narrow nothing. `km` counts as the crow flies from the town's centre.

    `contract` is a code, `group` the first digit of ISCO-08, `pay_from` euro gross a month, reckoned from what the ad says.
    """

    words: str = ""
    place: Municipality | None = None
    km: int = 20
    contract: str = ""
    hours_kind: str = ""
    group: str = ""
    pay_from: int = 0
    only_today: bool = False


def board(search: BoardSearch) -> VacancyQuerySet:
    """Published vacancies, the newest first; with a place each has `distance_km`. One query for the words."""
    found = Vacancy.objects.published().select_related(
        "company__organisation", "workplace__municipality", "contract_type", "occupation"
    )
    if search.words.strip():
        found = found.filter(_resembling(search.words))
    if search.contract:
        found = found.filter(contract_type__code=search.contract)
    if search.hours_kind:
        found = found.filter(hours_kind=search.hours_kind)
    if search.group:
        found = found.filter(occupation__isco08__startswith=search.group)
    if search.pay_from:
        found = found.alias(monthly=MONTHLY_PAY).filter(monthly__gte=search.pay_from)
    if search.only_today:
        found = found.filter(published_on=timezone.localdate())
    if search.place and search.place.latitude is not None and search.place.longitude is not None:
        found = _within(found, search.place.latitude, search.place.longitude, search.km)
    return found.order_by("-published_on", "-number")


def accreditation_of(organisation: Organisation) -> Accreditation | None:
    """The body's enrolment for work services in force today, which every ad must show (art. 9 D.Lgs. 276/2003)."""
    return accreditations_of([organisation.pk]).get(organisation.pk)


def accreditations_of(organisations: Iterable[UUID]) -> dict[UUID, Accreditation]:
    """The same for many bodies by their primary key, those without one left out; one query."""
    today = timezone.localdate()
    in_force = Accreditation.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        organisation__in=set(organisations),
        kind=AccreditationKind.WORK,
        status__in=(AccreditationStatus.PROVISIONAL, AccreditationStatus.DEFINITIVE),
        valid_from__lte=today,
    )
    # The last one written wins: the latest, and of two of one day the first.
    return {found.organisation_id: found for found in in_force.order_by("valid_from", "-pk")}


def _resembling(words: str) -> Q:
    """The words stand in the title, errors of typing forgiven, or mean its occupation: "donna delle pulizie"."""
    key = search_key(words)
    matches = find_occupations(words)
    occupations = [match.occupation.pk for match in matches if match.score >= _MEANT_SHARE * matches[0].score]
    return Q(search_key__contains=key) | Q(search_key__trigram_word_similar=key) | Q(occupation__in=occupations)


def _within(found: VacancyQuerySet, latitude: float, longitude: float, km: int) -> VacancyQuerySet:
    """Narrow to a circle, by a box that an index could serve and then by the haversine formula; the workplace's
    own point counts, else its town's."""
    lat_span = km / _KM_PER_DEGREE
    lon_span = km / (_KM_PER_DEGREE * cos(radians(latitude)))
    lat, lon = F("lat"), F("lon")
    chord = Power(Sin(Radians(lat - Value(latitude)) / 2), 2) + Value(cos(radians(latitude))) * Cos(
        Radians(lat)
    ) * Power(Sin(Radians(lon - Value(longitude)) / 2), 2)
    distance = Value(2 * EARTH_RADIUS_KM) * ASin(Sqrt(Least(chord, Value(1.0))))
    return (
        found.annotate(
            lat=Coalesce("workplace__latitude", "workplace__municipality__latitude"),
            lon=Coalesce("workplace__longitude", "workplace__municipality__longitude"),
        )
        .filter(
            lat__range=(latitude - lat_span, latitude + lat_span),
            lon__range=(longitude - lon_span, longitude + lon_span),
        )
        .annotate(distance_km=distance)
        .filter(distance_km__lte=km)
    )
