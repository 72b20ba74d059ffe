import os
import sys
from typing import Any

import structlog
from django.core.management.base import BaseCommand

from candidates.services.mail_intake import receive_mail
from sportello.accounts.scope import Scope

logger = structlog.get_logger(__name__)

COME_BACK_LATER = os.EX_TEMPFAIL
"""What a mail server reads as "keep it and try again" (sysexits.h)."""


class Command(BaseCommand):
    help = (
        "Take one e-mail from standard input, as a mail server pipes it. Exit status 0 when it is kept (be it for the second time), "
        "75 when it cannot be kept now: the server tries again and loses nothing."
    )
    # A mail server must not read a failed check of the settings as a message that can never be taken.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read()
        try:
            received = receive_mail(raw=raw, by=Scope.of_process("ingest_mail"))
        except Exception as error:  # whatever it is: any other status would make the server throw the mail away
            logger.warning("mail_not_kept", error=type(error).__name__, size=len(raw))
            sys.exit(COME_BACK_LATER)
        logger.info("mail_kept", message=str(received.message.pk), is_new=received.is_new, state=received.message.state)
