from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sportello.reference.services.esco import EscoError, load_esco


class Command(BaseCommand):
    help = "Loads the official ESCO archive (CSV, any versions and languages found in the folder). May be repeated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="do everything, then undo it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_esco(folder=options["folder"], dry_run=options["dry_run"])
        except EscoError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"ESCO {report.version}: {report.occupations} mestieri, {report.skills} competenze, {report.labels} nomi, "
            f"{report.links} relazioni, {report.retired} voci ritirate"
        )
        for line in report.missing:
            self.stdout.write(f"- {line}")
        if options["dry_run"]:
            self.stdout.write("Prova: nulla è stato scritto.")
