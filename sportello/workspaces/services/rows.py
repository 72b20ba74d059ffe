"""New rows on their way to the tables, many at once."""

from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)

_BATCH = 2000
"""Rows a statement: one history insert each, and no statement of many megabytes."""


class Rows:
    """Collects new rows by table, in the order in which tables first appear, and writes them in batches."""

    def __init__(self) -> None:
        self._by_model: dict[type[models.Model], list[Any]] = {}

    def add(self, row: M) -> M:
        self._by_model.setdefault(type(row), []).append(row)
        return row

    def write(self) -> None:
        """Insert what was collected and forget it; inside a transaction, where what refers to what is checked at once.

        Raises IntegrityError when a row refers to one that is neither on file nor collected.
        """
        with connection.cursor() as cursor:
            # Every trigger asks which triggers to ignore. Where nobody ever said "none", the question fails inside the
            # database for each row, and a failure walks through all the checks that wait for the end of the
            # transaction: the time of a row would grow with the rows before it.
            cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
            for model, rows in self._by_model.items():
                model._default_manager.bulk_create(rows, batch_size=_BATCH)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        self._by_model = {}

    def drop(self) -> None:
        """Forget what was collected without writing it."""
        self._by_model = {}
