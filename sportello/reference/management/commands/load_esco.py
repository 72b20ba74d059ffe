from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sportello.reference.services.esco import load_esco
from sportello.reference.services.esco_archive import EscoError


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
            _(
                "ESCO %(version)s: %(occupations)d mestieri, %(skills)d competenze, %(labels)d nomi, "
                "%(links)d relazioni, %(retired)d voci ritirate"
            )
            % asdict(report)
        )
        for line in report.missing:
            self.stdout.write(f"- {line}")
        if options["dry_run"]:
            self.stdout.write(_("Prova: nulla è stato scritto."))
