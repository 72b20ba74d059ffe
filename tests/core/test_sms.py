"""The gateway is a real server on the loopback: what it gets, and what each of its answers means."""

import json
import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest
from pytest_django import Settings

from sportello.core import sms
from tests.support.brokers import free_port


class Gateway(BaseHTTPRequestHandler):
    """Answers with the next of `statuses`, keeps what it got; at 0 it hangs up."""

    statuses: ClassVar[list[int]] = []
    got: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.got.append((self.headers["Authorization"], body))
        status = self.statuses.pop(0) if self.statuses else 202
        if status:
            self.send_response(status)
            self.send_header("Location", "/altrove")
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def gateway(settings: Settings) -> Iterator[type[Gateway]]:
    Gateway.statuses, Gateway.got = [], []
    with HTTPServer(("127.0.0.1", 0), Gateway) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        settings.SMS_DRIVER, settings.SMS_TOKEN, settings.SMS_SENDER = "http", "gettone", "Sportello"
        settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/sms"
        yield Gateway
        server.shutdown()
        thread.join()


def text() -> None:
    sms.send(to="+393331234567", text="Appuntamento lunedì", key="abc")


def test_the_gateway_gets_the_text_and_the_token(gateway: type[Gateway]) -> None:
    text()
    assert gateway.got == [
        ("Bearer gettone", {"id": "abc", "to": "+393331234567", "text": "Appuntamento lunedì", "sender": "Sportello"})
    ]


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, sms.Refused),
        (500, sms.Refused),
        (302, sms.Refused),
        (0, sms.Refused),
        (429, sms.NotSent),
        (503, sms.NotSent),
    ],
)
def test_only_what_surely_did_not_leave_may_be_tried_again(
    gateway: type[Gateway], status: int, error: type[Exception]
) -> None:
    gateway.statuses = [status]
    with pytest.raises(error):
        text()
    assert len(gateway.got) == 1


def test_a_gateway_that_is_not_there_has_sent_nothing(settings: Settings) -> None:
    settings.SMS_DRIVER, settings.SMS_URL = "http", f"http://127.0.0.1:{free_port()}/"
    with pytest.raises(sms.NotSent):
        text()


class Silent(socketserver.BaseRequestHandler):
    """Takes the request and never answers."""

    def handle(self) -> None:
        threading.Event().wait(1)


def test_a_gateway_that_does_not_answer_is_left(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sms, "TIMEOUT_SECONDS", 0.2)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Silent) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        settings.SMS_DRIVER, settings.SMS_URL = "http", f"http://127.0.0.1:{server.server_address[1]}/"
        with pytest.raises(sms.Refused):
            text()
        server.shutdown()
        thread.join()


def test_the_address_is_of_the_web(settings: Settings) -> None:
    settings.SMS_DRIVER, settings.SMS_URL = "http", "file:///etc/hostname"
    with pytest.raises(sms.NotSent):
        text()


def test_nothing_is_configured_until_it_is(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert not sms.is_on()
    with pytest.raises(sms.NotSent):
        text()
    settings.SMS_DRIVER = "console"
    assert sms.is_on()
    text()
    assert capsys.readouterr().out == "SMS abc +393331234567\nAppuntamento lunedì\n"
