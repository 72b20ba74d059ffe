"""Real brokers and real workers for the tests of the outbox."""

import os
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from celery import current_app
from django.conf import settings
from django.db import connection
from kombu import pools

from sportello.settings.base import REDIS_BROKER


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(condition: Callable[[], bool], seconds: float) -> float:
    """Seconds until the condition held. Fails the test when it never did."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, f"not within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - began


@contextmanager
def sending_to(url: str, folder: Path | None = None) -> Iterator[None]:
    """This process sends its tasks to the broker at `url`; `folder` holds the queue of a filesystem broker."""
    before = {name: current_app.conf[name] for name in ("broker_url", "broker_transport_options")}
    options = REDIS_BROKER
    if folder:
        for name in ("queue", "control"):
            (folder / "broker" / name).mkdir(parents=True)
        queue = str(folder / "broker" / "queue")
        options = {"data_folder_in": queue, "data_folder_out": queue}
        options["control_folder"] = str(folder / "broker" / "control")
    _point_to({"broker_url": url, "broker_transport_options": options})
    try:
        yield
    finally:
        _point_to(before)


def _point_to(values: dict[str, object]) -> None:
    pools.reset()
    app: Any = current_app  # the pools are private names that its types do not know
    app._pool = app.amqp._producer_pool = None
    app.conf.update(values)


@contextmanager
def worker(folder: Path, *, redis_url: str | None = None, beat: bool = True) -> "Iterator[subprocess.Popen[bytes]]":
    """A Celery worker with the sweep, on the test's database; killed with all its children at the end."""
    database = connection.settings_dict
    host = quote(str(database["OPTIONS"].get("host") or database["HOST"]), safe="")
    secret = f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "sportello.settings.dev",
        "DATABASE_URL": f"postgres://{database['USER']}{secret}@/{database['NAME']}?host={host}",
        "SPORTELLO_DATA": str(folder),
    }
    environment.pop("REDIS_URL", None)
    if redis_url:
        environment["REDIS_URL"] = redis_url
    command = [sys.executable, "-m", "celery", "-A", "sportello", "worker", "-c", "2"]
    if beat:
        command += ["-B", "-s", str(folder / "beat")]
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """kill -9 of the whole group, as when the machine goes down."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def redis(folder: Path, port: int) -> "Iterator[subprocess.Popen[bytes]]":
    """A Redis of its own on the loopback, keeping nothing on disk."""
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: _answers(port), 10)
        yield process
    finally:
        kill_one(process)


def kill_one(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.kill()
    process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class _DeafBroker(socketserver.TCPServer):
    """Takes every connection and hangs up; `asked` counts them."""

    allow_reuse_address = True
    asked = 0

    def verify_request(self, request: Any, client_address: Any) -> bool:
        self.asked += 1
        return False


@contextmanager
def deaf_broker() -> Iterator[_DeafBroker]:
    """A server on a free loopback port that answers nobody."""
    with _DeafBroker(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
