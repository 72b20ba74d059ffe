"""Places, bodies and desks for tests, with keys made as the loader makes them."""

from datetime import time
from typing import Any

import factory
from factory.django import DjangoModelFactory

from sportello.core.text import search_key, sort_key
from sportello.territory.enums import DeskKind, DeskState, OrganisationKind
from sportello.territory.models import Desk, Municipality, OpeningHours, Organisation


class MunicipalityFactory(DjangoModelFactory):  # type: ignore[misc]
    """A metropolitan municipality that no file knows, near Segrate; the ISTAT code has no boundary."""

    class Meta:
        model = Municipality

    istat_code = factory.Sequence(lambda n: f"9{n:05d}")
    cadastral_code = factory.Sequence(lambda n: f"Z{n % 1000:03d}")
    name = factory.Sequence(lambda n: f"Comune {n}")
    sort_key = factory.LazyAttribute(lambda o: sort_key(o.name))
    search_key = factory.LazyAttribute(lambda o: search_key(o.name))
    province_code = "MI"
    province_name = "Milano"
    region_name = "Lombardia"
    latitude = 45.48
    longitude = 9.28
    is_metropolitan = True


class OrganisationFactory(DjangoModelFactory):  # type: ignore[misc]
    class Meta:
        model = Organisation

    kind = OrganisationKind.AGENCY
    name = factory.Sequence(lambda n: f"Agenzia {n}")
    sort_key = factory.LazyAttribute(lambda o: sort_key(o.name))


class DeskFactory(DjangoModelFactory):  # type: ignore[misc]
    """A desk in its municipality's own point. `hours` are triples (weekday, opens, closes); `serves` municipalities."""

    class Meta:
        model = Desk
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"sportello-{n}")
    name = factory.Sequence(lambda n: f"Sportello {n:03d}")
    kind = DeskKind.TOWN_HALL
    state = DeskState.OPEN
    municipality = factory.SubFactory(MunicipalityFactory)
    address = "Via Roma 1"
    latitude = factory.LazyAttribute(lambda o: o.municipality.latitude)
    longitude = factory.LazyAttribute(lambda o: o.municipality.longitude)
    managed_by = factory.SubFactory(OrganisationFactory)

    @factory.post_generation
    def serves(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.serves.set(extracted or [])

    @factory.post_generation
    def hours(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        OpeningHours.objects.bulk_create(
            OpeningHours(desk=self, weekday=day, opens=opens, closes=closes) for day, opens, closes in extracted or []
        )


WORKING_MORNINGS = [(day, time(9), time(12, 30)) for day in range(1, 6)]
