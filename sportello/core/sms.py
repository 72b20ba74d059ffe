"""The door to short messages: a driver named by the settings, off where none is.

A gateway may have sent a message whose answer never came back: such a message is never tried again.
"""

import http.client
import json
import sys
from urllib.error import HTTPError, URLError
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, Request

from django.conf import settings

TIMEOUT_SECONDS = 10
LONGEST = 459
"""Letters of three joined messages, the most that gateways take as one."""


class NotSent(Exception):
    """Nothing has left: it may be tried again."""


class Refused(Exception):
    """The gateway refused it, or nobody knows whether it left."""


def is_on() -> bool:
    """Whether short messages can leave at all."""
    return settings.SMS_DRIVER in _DRIVERS


def send(*, to: str, text: str, key: str) -> None:
    """Hand a text to the driver; `to` is E.164, `key` tells the gateway a copy from a new one. Raises NotSent, Refused."""
    driver = _DRIVERS.get(settings.SMS_DRIVER)
    if driver is None:
        raise NotSent("no driver of short messages")
    driver(to, text, key)


def _print(to: str, text: str, key: str) -> None:
    sys.stdout.write(f"SMS {key} {to}\n{text}\n")


def _post(to: str, text: str, key: str) -> None:
    """A JSON object by POST, with the gateway's token; any 2xx is an acceptance."""
    if not settings.SMS_URL.startswith(("https://", "http://")):
        raise NotSent("the gateway's address is not one of the web")
    body = json.dumps({"id": key, "to": to, "text": text, "sender": settings.SMS_SENDER}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"}
    request = Request(settings.SMS_URL, data=body, headers=headers, method="POST")  # noqa: S310  only the handlers below
    # No handler of redirects or files: the token goes to the configured address and nowhere else.
    opener = OpenerDirector()
    opener.add_handler(HTTPHandler())
    opener.add_handler(HTTPSHandler())
    try:
        with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            status = answer.status
    except HTTPError as error:
        status = error.code
    except URLError as error:
        if isinstance(error.reason, ConnectionRefusedError):
            raise NotSent from error
        raise Refused from error
    except (OSError, http.client.HTTPException) as error:
        raise Refused from error
    if status in (429, 503):  # the gateway says that it did not take it
        raise NotSent(str(status))
    if not 200 <= status < 300:
        raise Refused(str(status))


_DRIVERS = {"console": _print, "http": _post}
