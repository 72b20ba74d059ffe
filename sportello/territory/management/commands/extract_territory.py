"""Rebuilds the territory's data files from the packages of the `data` dependency group."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sportello.territory.management.extraction import extract
from sportello.territory.services.reference_files import DATA


class Command(BaseCommand):
    help = "Rigenera i file del territorio dai pacchetti del gruppo `data` (da installare a mano)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=DATA, help="dove scrivere (default: la cartella dei dati)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = extract(options["folder"])
        except ImportError as error:
            raise CommandError(f"manca un pacchetto del gruppo `data`: {error.name}") from error
        except LookupError as error:
            raise CommandError(f"manca un pacchetto del gruppo `data`: {error}") from error
        for name, count in written.items():
            self.stdout.write(f"{name}: {count}")
