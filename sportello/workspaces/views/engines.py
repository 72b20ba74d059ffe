"""What search engines are told: which pages there are, and where to find the list."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from employers.models import Vacancy
from sportello.accounts.scope import Request
from sportello.core.http import public
from sportello.pacts.models import TerritorialPact
from sportello.territory.enums import DeskState
from sportello.territory.models import Desk

AT_ONCE = 50_000
"""Addresses in one file, as the protocol allows: more than the vacancies of a metropolis."""


class _Pages(Sitemap[str]):
    """The pages that are always there."""

    def items(self) -> list[str]:
        return ["public_home", "board", "territory:desk_list", "pact_list", "reports", "rules", "api_guide"]

    def location(self, item: str) -> str:
        return reverse(item)


class _Vacancies(Sitemap[Vacancy]):
    """What is on the board."""

    limit = AT_ONCE

    def items(self) -> QuerySet[Vacancy]:
        return Vacancy.objects.published().only("pk", "published_on").order_by("-published_on", "-number")

    def location(self, item: Vacancy) -> str:
        return reverse("vacancy_detail", kwargs={"vacancy": item.pk})

    def lastmod(self, item: Vacancy) -> date | None:
        return item.published_on


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


SITEMAPS: dict[str, Any] = {"pages": _Pages, "vacancies": _Vacancies, "desks": _Desks, "pacts": _Pacts}


@public
@require_safe
def sitemap(request: Request) -> HttpResponse:
    """Every public page that is worth finding."""
    return sitemap_view(request, SITEMAPS)


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
