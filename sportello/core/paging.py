"""Lists cut into pages."""

from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


class Pages(Paginator[M]):
    """Pages of a queryset, each cut by its keys first: what a row shows is joined for one page, not for the whole list.

    A page costs three queries: how many rows there are, the keys of its own, those rows.
    """

    object_list: QuerySet[M]

    def _get_page(self, object_list: Any, *args: Any, **kwargs: Any) -> Page[M]:
        keys = list(object_list.values_list("pk", flat=True))
        return super()._get_page(self.object_list.filter(pk__in=keys), *args, **kwargs)  # type: ignore[misc,no-any-return]
