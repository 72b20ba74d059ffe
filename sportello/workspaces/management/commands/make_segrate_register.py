from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sportello.workspaces.services.register.segrate import write_segrate_register

FILE = Path(__file__).resolve().parents[2] / "data" / "segrate-2018.csv"


class Command(BaseCommand):
    help = "Riscrive il registro d'esempio di Segrate: persone inventate, totali del 2018."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=FILE, help="dove scrivere (default: tra i dati del portale)")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        with file.open("w", encoding="utf-8", newline="") as stream:
            write_segrate_register(stream)
        self.stdout.write(str(file))
