"""Base of every table, and how each connection begins."""

import uuid
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class Model(models.Model):
    """Row with a public, unguessable identifier: no integer key ever reaches a URL."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


def forgo_jit(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Receiver of `connection_created`: no compiling of queries, which takes 200 ms to save 20 on a page's short ones."""
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION jit = off")


def gathered(model: type[models.Model], owner: str, aggregate: models.Aggregate) -> models.Subquery:
    """One aggregate of the rows of each owner, None without rows; as a correlated subquery, since joins would multiply the rows."""
    rows = model._default_manager.filter(**{owner: models.OuterRef("pk")}).order_by()
    return models.Subquery(rows.values(owner).annotate(found=aggregate).values("found"))


class Median(models.Aggregate):
    """The value that half of the rows stay under; between the two in the middle where their number is even."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def counted(**querysets: models.QuerySet[Any]) -> dict[str, int]:
    """How many rows each has, by its name; one query for all of them."""
    first, *others = (
        queryset.order_by().values(source=models.Value(name, models.CharField())).annotate(number=models.Count("pk"))
        for name, queryset in querysets.items()
    )
    rows = first.union(*others, all=True).order_by("source")
    return dict.fromkeys(querysets, 0) | {row["source"]: row["number"] for row in rows}
