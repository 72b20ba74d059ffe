import io
import json
import logging
import logging.config
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from sportello.core import jobs, logs
from tests.support.brokers import sending_to


@pytest.fixture
def lines() -> "Iterator[Lines]":
    """What the portal's logging writes while the test runs, parsed."""
    config = logs.logging_config()
    stream = io.StringIO()
    config["handlers"]["stream"]["stream"] = stream
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logging.config.dictConfig(config)
    yield Lines(stream)
    root.handlers[:] = handlers
    root.setLevel(level)


class Lines:
    def __init__(self, stream: io.StringIO) -> None:
        self.stream = stream

    def __call__(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


PERSONAL = [
    ("scritto da anna.rossi@example.org oggi", "scritto da [e-mail] oggi"),
    ("/cerca/anna%40example.org", "/cerca/[e-mail]"),
    ("RSSMRA85T10A562S", "[tax code]"),
    ("rssmraurtmlarsnl", "[tax code]"),
    ("CF=RSSMRA85T10A56NH.", "CF=[tax code]."),
    ("chiama +39 333 123 4567", "chiama [phone]"),
    ("tel. 3331234567", "tel. [phone]"),
    ("02 9581 1234", "[phone]"),
    ("0039 02 95811234", "[phone]"),
    ("GET /inviti/chiave/8cf0e917-eb45-4187-bf64-06c02b87f832/", "GET /inviti/chiave/[key]/"),
    ("/account/password/reset/key/3-abc-def/", "/account/password/reset/key/[key]/"),
]
HARMLESS = [
    "caso 8cf0e917-eb45-4187-bf64-06c02b87f832",
    "0312456a-0123-4567-8901-06c02b870832",
    "2026-11-22T00:02:01.001370Z",
    "127.0.0.1:8000",
    "IMPORTANTISSIMEPAROLE",
    "ISTAT 015205, EUR 3500",
    "GET /offerte/ 200 in 31 ms",
]


@pytest.mark.parametrize(("text", "expected"), PERSONAL)
def test_personal_data_are_masked(text: str, expected: str) -> None:
    assert logs.mask(text) == expected


@pytest.mark.parametrize("text", HARMLESS)
def test_identifiers_and_times_stay_readable(text: str) -> None:
    assert logs.mask(text) == text


@given(st.text(alphabet="abc xyz\n.,", max_size=20), st.sampled_from(["anna@example.org", "RSSMRA85T10A562S"]))
def test_no_surrounding_text_lets_them_through(around: str, personal: str) -> None:
    assert personal not in logs.mask(f"{around} {personal} {around}")


@given(st.text(max_size=60))
def test_masking_twice_is_masking_once(text: str) -> None:
    assert logs.mask(logs.mask(text)) == logs.mask(text)


def test_every_depth_of_an_event_is_masked(lines: Lines) -> None:
    structlog.get_logger("x").warning("seen", who={"anna@example.org": ["RSSMRA85T10A562S", 3, None]})
    assert [(line["event"], line["who"], line["level"]) for line in lines()] == [
        ("seen", {"[e-mail]": ["[tax code]", 3, None]}, "warning")
    ]


def test_what_a_library_logs_is_masked_with_its_traceback(lines: Lines) -> None:
    try:
        raise ValueError("Key (email)=(anna@example.org) already exists")
    except ValueError:
        logging.getLogger("library").exception("for %s", "anna@example.org")
    assert "anna@example.org" not in lines.stream.getvalue()
    (line,) = lines()
    assert line["event"] == "for [e-mail]"
    assert "Key (email)=([e-mail]) already exists" in line["exception"]


@pytest.mark.django_db
def test_a_request_is_logged_without_what_was_typed(client: Client, lines: Lines) -> None:
    client.get("/healthz?q=Anna+Rossi&tel=3331234567")
    assert [(line["event"], line["request"]) for line in lines()] == [
        ("request_started", "GET /healthz"),
        ("request_finished", "GET /healthz"),
    ]
    assert "Anna" not in lines.stream.getvalue()
    assert "127.0.0.1" not in lines.stream.getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_request_id_travels_with_the_job(tmp_path: Path) -> None:
    with sending_to("filesystem://", tmp_path), structlog.contextvars.bound_contextvars(request_id="r-1"):
        jobs.enqueue("tests.support.chores.note", "x", "y")
    (file,) = (tmp_path / "broker" / "queue").iterdir()
    assert json.loads(file.read_bytes())["headers"]["__django_structlog__"]["request_id"] == "r-1"
