"""Page-shaped reads about courses: the catalogue, one course, what teaches a skill near a person."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from sportello.accounts.scope import Scope
from sportello.core.text import search_key
from sportello.programmes.enums import CourseMode
from sportello.programmes.models import Course, Edition
from sportello.reference.queries import skill_linker
from sportello.territory.enums import AccreditationKind, AccreditationStatus
from sportello.territory.models import Accreditation, Municipality
from sportello.territory.queries import metropolitan_municipalities, point_of
from sportello.territory.rules import Point, great_circle_km

SOON_DAYS = 30
SHOWN = 3
"""Editions told for one skill: more would not be read."""


@dataclass(frozen=True)
class CourseSearch:
    """What a person looks for; empty fields narrow nothing. `km` counts as the crow flies between the centres of the towns."""

    words: str = ""
    skill: UUID | None = None
    place: Municipality | None = None
    km: int = 20
    only_free: bool = False
    only_soon: bool = False


@dataclass(frozen=True)
class Offer:
    """An edition that takes people, `distance_km` from the person: None where it is online, or a place is not known."""

    edition: Edition
    distance_km: float | None


def catalogue(search: CourseSearch) -> QuerySet[Course]:
    """Courses with an edition ahead that answers the search, what begins first on top; at most two queries before its own."""
    today = timezone.localdate()
    dates = Edition.objects.ahead(today).filter(_near(search.place, search.km))
    if search.only_soon:
        dates = dates.filter(starts_on__lte=today + timedelta(days=SOON_DAYS))
    found = Course.objects.filter(Exists(dates.filter(course=OuterRef("pk"))))
    if search.only_free:
        found = found.filter(cost_cents=0)
    if search.skill:
        found = found.filter(skills=search.skill)
    if search.words.strip():
        found = found.filter(_meaning(search.words))
    ahead = Prefetch(
        "editions", Edition.objects.ahead(today).select_related("municipality").order_by("starts_on", "pk")
    )
    return (
        found.annotate(next_on=Min("editions__starts_on", filter=Q(editions__in=dates)))
        .select_related("provider", "desk")
        .prefetch_related(ahead)
        .order_by("next_on", "title", "pk")
    )


def enrolling_courses() -> QuerySet[Course]:
    """Those that take people now."""
    return Course.objects.filter(Exists(Edition.objects.enrolling(timezone.localdate()).filter(course=OuterRef("pk"))))


def course_of(pk: UUID) -> Course:
    """A course with its body, its desk, its skills and the editions that are not over, or a 404; three queries."""
    lasting = Edition.objects.filter(ends_on__gte=timezone.localdate()).select_related("municipality")
    rows = Course.objects.select_related("provider", "desk__municipality").prefetch_related(
        "skills", Prefetch("editions", lasting.order_by("starts_on", "pk"))
    )
    return get_object_or_404(rows, pk=pk)


def kept_courses(scope: Scope, *, only_own: bool) -> QuerySet[Course]:
    """All courses for those who keep the catalogue, or those that the actor's desks follow, with how many editions are ahead."""
    today = timezone.localdate()
    found = Course.objects.filter(desk__in=scope.desk_ids) if only_own else Course.objects.all()
    ahead = Edition.objects.ahead(today)
    return (
        found.select_related("provider", "desk")
        .annotate(
            ahead=Count("editions", filter=Q(editions__in=ahead)),
            next_on=Min("editions__starts_on", filter=Q(editions__in=ahead)),
        )
        .order_by(F("next_on").asc(nulls_last=True), "title", "pk")
    )


def kept_course(scope: Scope, pk: UUID) -> Course:
    """A course that the actor's desks follow, or a 404."""
    rows = Course.objects.select_related("provider", "desk").filter(desk__in=scope.desk_ids)
    return get_object_or_404(rows, pk=pk)


def kept_edition(scope: Scope, pk: UUID) -> Edition:
    """An edition of such a course, or a 404."""
    rows = Edition.objects.select_related("course__provider", "municipality").filter(course__desk__in=scope.desk_ids)
    return get_object_or_404(rows, pk=pk)


def is_accredited(body: UUID, *, on: date | None = None) -> bool:
    """Whether a body is enrolled for training on a day, today by default."""
    day = on or timezone.localdate()
    return Accreditation.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        organisation=body,
        kind=AccreditationKind.TRAINING,
        status__in=(AccreditationStatus.PROVISIONAL, AccreditationStatus.DEFINITIVE),
        valid_from__lte=day,
    ).exists()


def taught(skills: Collection[UUID], *, near: Point | None, within_km: int) -> dict[UUID, tuple[Offer, ...]]:
    """For each skill that is taught the editions that take people within reach of a place: the nearest first, those online
    after, at most `SHOWN`; one query. Where a place is not known nothing is too far."""
    open_now = Edition.objects.enrolling(timezone.localdate()).select_related("course", "municipality")
    rows = open_now.annotate(teaches=F("course__skills")).filter(teaches__in=skills).order_by("starts_on", "pk")
    found: dict[UUID, list[Offer]] = defaultdict(list)
    for edition in rows:
        there = point_of(edition.municipality)
        distance = great_circle_km(near, there) if near and there else None
        if distance is None or distance <= within_km:
            found[edition.teaches].append(Offer(edition, distance))  # type: ignore[attr-defined]
    return {
        skill: tuple(sorted(offers, key=lambda offer: (offer.distance_km is None, offer.distance_km or 0.0))[:SHOWN])
        for skill, offers in found.items()
    }


def _near(place: Municipality | None, km: int) -> Q:
    """Editions so near to a town, and those to which nobody goes."""
    here = point_of(place)
    if here is None:
        return Q()
    towns = [(town.pk, point_of(town)) for town in metropolitan_municipalities()]
    near = [pk for pk, point in towns if point and great_circle_km(here, point) <= km]
    return Q(municipality__in=near) | Q(course__mode=CourseMode.ONLINE)


def _meaning(words: str) -> Q:
    """The words stand in the title, or mean a skill that the course teaches."""
    meant = [link.concept.pk for link in skill_linker().propose(words)]
    teaching = Course.skills.through.objects.filter(course=OuterRef("pk"), skill__in=meant)
    return Q(search_key__contains=search_key(words)) | Q(Exists(teaching))
