"""New rows on their way to the tables, many at once."""

from typing import Any, TypeVar

from django.db import models

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
        """Insert what was collected and forget it."""
        for model, rows in self._by_model.items():
            model._default_manager.bulk_create(rows, batch_size=_BATCH)
        self._by_model = {}

    def drop(self) -> None:
        """Forget what was collected without writing it."""
        self._by_model = {}
