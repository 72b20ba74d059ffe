"""Base of every table, how a room's tables are created, and how each connection begins."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Model(models.Model):
    """Row with a public, unguessable identifier: no integer key ever reaches a URL."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class CreateTables(Operation):
    """All the tables of a room with their triggers, in one step of a migration.

    One operation a table makes Django build all related models anew after each: half a minute of processor for each new database,
    against three seconds.
    """

    serialization_expand_args = ["tables"]

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # The models are built when next asked for: once, and only then can those that refer to one another in a circle be.
        state.__dict__.pop("apps", None)
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)
        for table in self.tables:
            for trigger in table.options.get("triggers", []):
                schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for table in reversed(self.tables):
            table.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.tables)} tables"


def plan_for_pages(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Receiver of `connection_created`: how the server plans what pages ask.

    It compiles no query: that takes 200 ms to save 20. And it takes the tables of the desks to be in memory, where reading here costs
    what reading there does, so that an index is worth more than on the spinning disk of its defaults.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION jit = off; SET SESSION random_page_cost = 1.1")


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
