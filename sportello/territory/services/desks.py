"""Opening desks and keeping what the public reads of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sportello.core import audit
from sportello.core.text import search_key
from sportello.territory.models import Desk, Municipality, OpeningHours, Organisation, SubArea
from sportello.territory.rules import Point, Span

SLUG_LETTERS = 70
"""Of the column's 80: the rest is for a number."""


class DeskExists(Exception):
    """The municipality has a desk of that name: two could not be told apart."""


@dataclass(frozen=True, kw_only=True)
class DeskDetails:
    """All that is said of a desk; `hours` are the spans of a week, none of which overlaps another."""

    name: str
    kind: str
    state: str
    municipality: Municipality
    sub_area: SubArea | None
    address: str
    point: Point
    phone: str
    email: str
    managed_by: Organisation
    serves: tuple[Municipality, ...]
    hours: tuple[Span, ...]
    reviews_pacts: bool = False


@audit.service("desk.open")
def open_desk(*, details: DeskDetails, by: audit.Actor) -> Desk:
    """A new desk with its address on the web, which never changes: it is printed on leaflets. Raises DeskExists."""
    # The manager's row is the lock: two desks of the same name written in the same moment meet here.
    Organisation.objects.select_for_update(of=("self",)).get(pk=details.managed_by.pk)
    return _write(Desk(slug=_free_slug(details.name)), details)


@audit.service("desk.change")
def change_desk(*, desk: Desk, details: DeskDetails, by: audit.Actor) -> Desk:
    """Correct a desk. Raises DeskExists."""
    return _write(Desk.objects.select_for_update(of=("self",)).get(pk=desk.pk), details)


def _write(desk: Desk, details: DeskDetails) -> Desk:
    twins = Desk.objects.filter(municipality=details.municipality, name__iexact=details.name)
    if twins.exclude(pk=desk.pk).exists():
        raise DeskExists
    for name in (
        "name",
        "kind",
        "state",
        "municipality",
        "sub_area",
        "address",
        "phone",
        "email",
        "managed_by",
        "reviews_pacts",
    ):
        setattr(desk, name, getattr(details, name))
    desk.latitude, desk.longitude = details.point.latitude, details.point.longitude
    desk.save()
    desk.serves.set(details.serves)
    _write_hours(desk, details.hours)
    return desk


def _write_hours(desk: Desk, wanted: Iterable[Span]) -> None:
    """Only what changes is written, so that the history of a desk tells its changes and no more."""
    missing = set(wanted)
    for row in desk.opening_hours.all():
        span = Span(row.weekday, row.opens, row.closes)
        if span in missing:
            missing.discard(span)
        else:
            row.delete()
    for span in sorted(missing, key=lambda span: (span.weekday, span.opens)):
        OpeningHours.objects.create(desk=desk, weekday=span.weekday, opens=span.opens, closes=span.closes)


def _free_slug(name: str) -> str:
    """ "Sportello Lavoro Segrate" -> "sportello-lavoro-segrate", then "sportello-lavoro-segrate-2"."""
    base = search_key(name).replace(" ", "-")[:SLUG_LETTERS].strip("-") or "sportello"
    taken = set(Desk.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
