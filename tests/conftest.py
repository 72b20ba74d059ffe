"""Strictness of the whole suite: undefined template variables fail, row locks name their table, the suite is the actor."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import OrderBy, QuerySet
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from django.utils import translation
from hypothesis import settings as example_settings

from sportello.core import embedded

pytest_plugins = ["tests.support.chromium"]

# Variables that the templates of packages print without having them.
_OF_PACKAGES = ("attrs.", "authenticators.")


def pytest_configure(config: pytest.Config) -> None:
    """The pages under test are those of a served portal, one process compiles for all; an example may take its time."""
    # A busy machine is no defect: what is slow is found by the benchmarks. A change is judged by the same examples each time;
    # whoever tests at their desk draws other ones.
    example_settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
    example_settings.load_profile("house")
    if not hasattr(config, "workerinput"):
        call_command("compile_translations")


class _UndefinedVariable(str):
    """Stands for a template variable that does not exist; printing it fails the test."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, variable: object) -> str:
        if str(variable).startswith(_OF_PACKAGES):
            return ""
        raise AssertionError(f"undefined template variable: {variable}")


@pytest.fixture(autouse=True, scope="session")
def _undefined_template_variables_fail() -> None:
    options: Any = settings.TEMPLATES[0]["OPTIONS"]
    options["string_if_invalid"] = _UndefinedVariable("%s")


@pytest.fixture(autouse=True, scope="session")
def _row_locks_name_their_table() -> None:
    """`select_for_update` without `of` locks every joined table."""
    unguarded = QuerySet.select_for_update

    def guarded(self: Any, nowait: bool = False, skip_locked: bool = False, of: Any = (), **kwargs: Any) -> Any:
        assert of, "select_for_update() must name its tables: of=('self',)"
        return unguarded(self, nowait=nowait, skip_locked=skip_locked, of=of, **kwargs)

    QuerySet.select_for_update = guarded  # type: ignore[method-assign, assignment]


@pytest.fixture(autouse=True, scope="session")
def _queries_without_an_order_are_shuffled() -> None:
    """PostgreSQL promises no order that nobody asked for; on a test's few rows it would still look like one."""
    in_order = SQLCompiler.get_order_by

    def shuffled(self: SQLCompiler) -> Any:
        order = in_order(self)
        query = self.query
        if order or query.subquery or query.combinator or query.distinct or query.group_by is not None:
            return order
        return [(OrderBy(Random()), ("RANDOM()", (), False))]

    SQLCompiler.get_order_by = shuffled  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Without DATABASE_URL the suite has an embedded server of its own; it stays up, so that the next run begins at once."""
    if settings.EMBEDDED_DATABASE:
        embedded.start(settings.EMBEDDED_DATABASE, durable=False)


@pytest.fixture(autouse=True, scope="session")
def _files_of_the_suite(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")


@pytest.fixture(scope="session")
def _matching_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    base = tmp_path_factory.mktemp("matching")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _columns_of_the_test(_matching_folders: Iterator[Path]) -> None:
    """What one test wrote is undone in the database: no other may rank over its columns."""
    settings.MATCHING_DIR = next(_matching_folders)


@pytest.fixture(autouse=True)
def _in_italian() -> Iterator[None]:
    """A request leaves its language behind in the thread: the next test must not read it."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _acting_as_the_suite(request: pytest.FixtureRequest) -> Iterator[None]:
    """Factories write tracked tables; `no_audit_context` marks the tests that prove the refusal."""
    from sportello.accounts.scope import Scope
    from sportello.core import audit

    if request.node.get_closest_marker("no_audit_context"):
        yield
        return
    with audit.acting(Scope.of_process("tests"), "test"):
        yield
