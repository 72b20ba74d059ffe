"""The courses of the territory, for everybody."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sportello.accounts.scope import Request
from sportello.core.calendars import Entry, calendar_file
from sportello.core.http import public
from sportello.core.paging import Pages
from sportello.programmes.forms.training import CatalogueForm
from sportello.programmes.models import Course, Edition
from sportello.programmes.queries.training import catalogue, course_of
from sportello.programmes.states import EditionState
from sportello.territory.queries import metropolitan_municipalities

PAGE_SIZE = 20


@public
@require_safe
def course_list(request: Request) -> HttpResponse:
    """Courses that begin, or still take people, what begins first on top."""
    form = CatalogueForm(request.GET if request.GET else None)
    form.is_valid()
    search = form.search()
    context = {
        "form": form,
        "page": Pages(catalogue(search), PAGE_SIZE).get_page(request.GET.get("pagina")),
        "search": search,
        "municipalities": metropolitan_municipalities().values_list("name", flat=True),
    }
    return render(request, "programmes/courses.html", context)


@public
@require_safe
def course_detail(request: Request, course: UUID) -> HttpResponse:
    """One course: what one learns, for how much, when and where, how to enrol."""
    found = course_of(course)
    context = {"course": found, "editions": found.editions.all(), "has_dates": bool(_held(found))}
    return render(request, "programmes/course.html", context)


@public
@require_safe
def course_calendar(request: Request, course: UUID) -> HttpResponse:
    """The first day of each edition and the last on which one can enrol."""
    found = course_of(course)
    page = settings.SITE_URL + reverse("course", kwargs={"course": found.pk})
    return calendar_file("corso.ics", [entry for edition in _held(found) for entry in _entries(found, edition, page)])


def _held(course: Course) -> list[Edition]:
    return [edition for edition in course.editions.all() if edition.state != EditionState.CANCELLED]


def _entries(course: Course, edition: Edition, page: str) -> list[Entry]:
    day, place = timedelta(days=1), f"{edition.address}, {edition.municipality}" if edition.municipality else ""
    return [
        Entry(
            uid=f"{edition.pk}@sportello",
            starts=edition.starts_on,
            ends=edition.starts_on + day,
            summary=_("Comincia il corso: %(course)s") % {"course": course.title},
            location=place,
            description=f"{edition.schedule}\n{page}",
        ),
        Entry(
            uid=f"{edition.pk}-iscrizione@sportello",
            starts=edition.enrol_until,
            ends=edition.enrol_until + day,
            summary=_("Ultimo giorno per iscriversi: %(course)s") % {"course": course.title},
            description=page,
        ),
    ]
