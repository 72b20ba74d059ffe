"""The newest vacancies of a search, for programs that read news."""

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from employers.forms.board import BoardForm
from employers.models import Vacancy
from employers.queries.alerts import board_address, described
from employers.queries.board import BoardSearch, board
from sportello.accounts.scope import Request
from sportello.core.http import public
from sportello.core.text import printable

NEWEST = 50


class BoardRss(Feed[Vacancy, BoardSearch]):
    """A search of the board, which stands in the address as on its page."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> BoardSearch:
        form = BoardForm(request.GET)
        form.is_valid()
        return form.search()

    def title(self, search: BoardSearch) -> str:
        return printable(f"{_('Offerte di lavoro')}: {described(search)}")

    def link(self, search: BoardSearch) -> str:
        return board_address(search)

    def description(self, search: BoardSearch) -> str:
        return _("Le offerte più nuove, con impresa e retribuzione in chiaro.")

    def items(self, search: BoardSearch) -> list[Vacancy]:
        return list(board(search)[:NEWEST])

    def item_title(self, item: Any) -> str:
        return printable(item.title)

    def item_description(self, item: Any) -> str:
        pay = render_to_string("employers/includes/pay.html", {"vacancy": item}).strip()
        parts = (item.company.organisation.name, item.workplace.municipality.name, item.contract_type, pay)
        return printable(" · ".join(str(part) for part in parts))

    def item_link(self, item: Vacancy) -> str:
        return reverse("vacancy_detail", kwargs={"vacancy": item.pk})

    def item_pubdate(self, item: Vacancy) -> datetime | None:
        return timezone.make_aware(datetime.combine(item.published_on, time())) if item.published_on else None


@public
@require_safe
def board_rss(request: Request) -> HttpResponse:
    """The newest vacancies of a search."""
    return BoardRss()(request)
