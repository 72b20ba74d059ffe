"""The database refuses what nobody answers for, and keeps every version of the rest."""

from uuid import uuid4

import pgtrigger
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection

from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.models import AccessLogEntry

pytestmark = pytest.mark.django_db


@pytest.mark.no_audit_context
def test_write_without_context_is_refused() -> None:
    with pytest.raises(ProgrammingError, match="without an audit context"):
        User.objects.create(email="ada@example.org")


@pytest.mark.no_audit_context
def test_every_version_is_kept_with_actor_and_reason() -> None:
    with audit.acting(Scope.of_process("import"), "register"):
        user = User.objects.create(email="ada@example.org", first_name="Ada")
        User.objects.filter(pk=user.pk).update(first_name="Amina")
    history = apps.get_model("accounts", "UserEvent").objects.order_by("pgh_id")
    assert list(history.values_list("pgh_label", "first_name", "pgh_context__metadata__reason")) == [
        ("insert", "Ada", "register"),
        ("update", "Amina", "register"),
    ]


@pytest.mark.no_audit_context
def test_service_opens_one_context_for_its_verb() -> None:
    @audit.service("rename")
    def rename(*, user: User, by: Scope) -> str:
        User.objects.filter(pk=user.pk).update(first_name="Nuova")
        return "done"

    with audit.acting(Scope.of_process("import"), "register"):
        user = User.objects.create(email="ada@example.org")
    assert rename(user=user, by=Scope.of_process("desk")) == "done"
    last = apps.get_model("accounts", "UserEvent").objects.order_by("-pgh_id").first()
    assert last.pgh_context.metadata["actor_label"] == "desk"


def test_every_connection_spares_the_triggers_an_error_for_each_row() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW pgtrigger.ignore")
        assert cursor.fetchone() == ("{}",)


@pytest.mark.no_audit_context
def test_the_setting_of_the_connection_ignores_no_trigger_and_yields_to_pgtrigger() -> None:
    with audit.acting(Scope.of_process("import"), "register"):
        with pgtrigger.ignore("accounts.User:insert_insert"):
            User.objects.create(email="ada@example.org")
        User.objects.create(email="eva@example.org")
    history = apps.get_model("accounts", "UserEvent").objects
    assert list(history.values_list("email", flat=True)) == ["eva@example.org"]


def a_read() -> AccessLogEntry:
    audit.log_read(subject_id=uuid4(), by=Scope.of_process("desk"), part="case file", purpose="visita")
    return AccessLogEntry.objects.get()


def test_a_line_of_the_access_log_never_changes() -> None:
    line = a_read()
    with pytest.raises(ProgrammingError, match="Cannot update rows"):
        AccessLogEntry.objects.filter(pk=line.pk).update(purpose="altro")


def test_a_line_of_the_access_log_is_not_deleted_before_its_time() -> None:
    line = a_read()
    with pytest.raises(ProgrammingError, match="Cannot delete rows"):
        line.delete()
