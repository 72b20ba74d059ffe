import shutil
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries, Settings

from sportello.core import views
from tests.support.brokers import free_port, sending_to


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def test_healthz_asks_nothing_of_the_database(client: Client) -> None:
    answer = client.get("/healthz")  # without the `db` fixture a query would fail the test
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_readyz_when_all_is_well(client: Client, tmp_path: Path) -> None:
    with sending_to("filesystem://", tmp_path):
        answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "disk": "ok", "broker": "ok"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_without_its_broker_the_portal_is_ready_but_degraded(client: Client) -> None:
    with sending_to(f"redis://127.0.0.1:{free_port()}"):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"], answer.json()["broker"]) == (200, "degraded", "unreachable")


@pytest.mark.django_db
def test_a_migration_that_waits_makes_it_not_ready(client: Client) -> None:
    (last,) = MigrationExecutor(connection).loader.graph.leaf_nodes("core")
    MigrationRecorder(connection).record_unapplied(*last)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"], answer.json()["database"]) == (503, "failed", "failed")


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_makes_it_not_ready(client: Client, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    with override_settings(MEDIA_ROOT=tmp_path / "a-file" / "files"):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["disk"]) == (503, "failed")


@pytest.mark.django_db
def test_a_disk_about_to_be_full_makes_it_not_ready(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "FREE_BYTES", shutil.disk_usage(tmp_path).total + 1)
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_they_are_read_only_and_open_to_all(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    assert [client.post(path).status_code for path in ("/healthz", "/readyz")] == [405, 405]
    with django_assert_num_queries(2):
        assert client.head("/readyz").status_code == 200
