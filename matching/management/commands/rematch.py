from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from matching.services.run import request_rematch
from matching.services.segment import build_segment
from sportello.accounts.scope import Scope


class Command(BaseCommand):
    help = "Asks the workers for a new ranking of every published vacancy; a run is kept where the answer is another."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="read everybody anew first, whatever the columns say")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            build_segment()
        self.stdout.write(str(request_rematch(by=Scope.of_process("matching"))))
