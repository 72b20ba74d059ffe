from typing import Any

from django.core.management.base import BaseCommand

from matching.services.run import request_rematch
from sportello.accounts.scope import Scope


class Command(BaseCommand):
    help = "Asks the workers for a new ranking of every published vacancy; a run is kept where the answer is another."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(request_rematch(by=Scope.of_process("matching"))))
