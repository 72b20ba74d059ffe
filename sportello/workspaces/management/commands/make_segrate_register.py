from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from sportello.workspaces.services.register.segrate import write_segrate_register

FILE = Path(__file__).resolve().parents[2] / "data" / "segrate-2018.csv"


class Command(BaseCommand):
    help = "Riscrive il registro d'esempio di Segrate: persone inventate, totali del 2018."

    def handle(self, *args: Any, **options: Any) -> None:
        with FILE.open("w", encoding="utf-8", newline="") as stream:
            write_segrate_register(stream)
        self.stdout.write(str(FILE))
