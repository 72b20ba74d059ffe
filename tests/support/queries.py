"""Counting the queries of a page, each with the line of our code that asked for it."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client

_ROOMS = ("/sportello/", "/candidates/", "/employers/", "/matching/", "/reports/", "/templates/")


@contextmanager
def queries_of() -> Iterator[list[str]]:
    """Collects "origin: SQL" for each query inside; savepoints are not counted."""
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            frames = [f for f in traceback.extract_stack() if any(room in f.filename for room in _ROOMS)]
            origin = f"{frames[-1].filename.rsplit('/', 3)[-1]}:{frames[-1].lineno}" if frames else "django"
            asked.append(f"{origin}: {sql[:300]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


def asked(client: Client, url: str) -> tuple[str, int]:
    """The page's HTML and how many queries it took, once what is read on the first visit only has been read."""
    client.get(url)
    with queries_of() as queries:
        page = client.get(url)
    assert page.status_code == 200
    return page.content.decode(), len(queries)
