"""What search engines are told: which pages there are, and where to find the list."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index as index_view
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db.models import Max, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from employers.models import Vacancy
from sportello.accounts.scope import Request
from sportello.core.http import public
from sportello.pacts.models import TerritorialPact
from sportello.programmes.models import Course
from sportello.programmes.queries.training import CourseSearch, catalogue
from sportello.territory.enums import DeskState
from sportello.territory.models import Desk

AT_ONCE = 250
"""Vacancies in one list: a metropolis has ten thousand, and one list of them all takes seconds to write."""


class _Pages(Sitemap[str]):
    """The pages that are always there."""

    def items(self) -> list[str]:
        return ["public_home", "board", "courses", "territory:desk_list", "pact_list", "reports", "rules", "api_guide"]

    def location(self, item: str) -> str:
        return reverse(item)


class _Vacancies(Sitemap[Vacancy]):
    """What is on the board; in the order of its coming, so that a new one moves no other to another list."""

    limit = AT_ONCE

    def items(self) -> QuerySet[Vacancy]:
        return Vacancy.objects.published().only("pk", "published_on").order_by("published_on", "number")

    def location(self, item: Vacancy) -> str:
        return reverse("vacancy_detail", kwargs={"vacancy": item.pk})

    def lastmod(self, item: Vacancy) -> date | None:
        return item.published_on

    def get_latest_lastmod(self) -> Any:  # a date will do, which its types do not say
        return Vacancy.objects.published().aggregate(latest=Max("published_on"))["latest"]


class _Desks(Sitemap[Desk]):
    """The desks that are not closed for good."""

    def items(self) -> QuerySet[Desk]:
        return Desk.objects.exclude(state=DeskState.CLOSED).order_by("slug")

    def location(self, item: Desk) -> str:
        return reverse("territory:desk_detail", kwargs={"slug": item.slug})


class _Pacts(Sitemap[TerritorialPact]):
    """The pacts."""

    def items(self) -> QuerySet[TerritorialPact]:
        return TerritorialPact.objects.order_by("slug")

    def location(self, item: TerritorialPact) -> str:
        return reverse("pact_detail", kwargs={"slug": item.slug})


class _Courses(Sitemap[Course]):
    """The courses that are held soon."""

    def items(self) -> QuerySet[Course]:
        return catalogue(CourseSearch())

    def location(self, item: Course) -> str:
        return reverse("course", kwargs={"course": item.pk})


SITEMAPS: dict[str, Any] = {
    "pages": _Pages,
    "vacancies": _Vacancies,
    "desks": _Desks,
    "pacts": _Pacts,
    "courses": _Courses,
}


@public
@require_safe
def sitemap(request: Request) -> HttpResponse:
    """The lists of the public pages that are worth finding."""
    return index_view(request, SITEMAPS, sitemap_url_name="sitemap_section")


@public
@require_safe
def sitemap_section(request: Request, section: str) -> HttpResponse:
    """One of the lists; a long one goes on in `p` = 2, 3, ..."""
    return sitemap_view(request, SITEMAPS, section)


@public
@require_safe
def robots(request: Request) -> HttpResponse:
    """Where the list is, and which pages are nobody's but their owner's."""
    closed = (
        "/account/",
        "/operatore/",
        "/impresa/",
        "/comune/",
        "/cabina-di-regia/",
        "/amministrazione/",
        "/mia-pagina/",
    )
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
