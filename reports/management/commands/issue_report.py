"""The report of a territory from the shell: computed, frozen, printed and written to a folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import slugify

from reports.indicators import INDICATORS
from reports.queries.areas import Territory
from reports.queries.issues import reading_of
from reports.render.spreadsheet import figures_csv
from reports.rules import Semester
from reports.services.build import build_issue
from reports.services.issue import SemesterNotBegun, open_issue
from sportello.accounts.scope import Scope
from sportello.pacts.models import TerritorialPact
from sportello.territory.models import Municipality, Zone


class Command(BaseCommand):
    help = "Prepara il rapporto di un territorio e ne scrive PDF e CSV in una cartella."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--territory", required=True, help="codice ISTAT di un Comune, o nome breve di un patto o zona"
        )
        parser.add_argument("--semester", required=True, help="per esempio 2026-1")
        parser.add_argument("--output", required=True, type=Path, help="cartella in cui scrivere")

    def handle(self, *args: Any, **options: Any) -> None:
        by = Scope.of_process("issue_report")
        try:
            semester = Semester.parse(options["semester"])
        except ValueError as error:
            raise CommandError("Il semestre si scrive come 2026-1 o 2026-2.") from error
        territory = _territory(options["territory"])
        try:
            issue = open_issue(territory=territory, year=semester.year, half=semester.half, by=by)
        except SemesterNotBegun as error:
            raise CommandError("Di questo semestre non è ancora passato un giorno.") from error
        issue = build_issue(issue=issue, by=by)
        folder: Path = options["output"]
        folder.mkdir(parents=True, exist_ok=True)
        name = slugify(f"rapporto-{issue.code.replace('/', '-')}")
        with issue.pdf.open("rb") as pdf:
            (folder / f"{name}.pdf").write_bytes(pdf.read())
        (folder / f"{name}.csv").write_bytes(figures_csv(reading_of(issue), INDICATORS))
        self.stdout.write(f"{issue.code}: {issue.pages} pagine, {folder / name}.pdf e .csv")


def _territory(name: str) -> Territory:
    found = (
        Municipality.objects.filter(istat_code=name).first()
        or TerritorialPact.objects.filter(slug=name).first()
        or Zone.objects.filter(slug=name).first()
    )
    if found is None:
        raise CommandError(f"Nessun Comune, patto o zona si chiama {name}.")
    return found
