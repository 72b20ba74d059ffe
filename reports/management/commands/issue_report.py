"""The report of a territory from the shell, and those of its municipalities: frozen once, printed and written to a folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.text import slugify

from reports.indicators import FROZEN
from reports.models import ReportIssue
from reports.queries.areas import Territory, desks_with_figures
from reports.queries.issues import municipalities_of, reading_of
from reports.render.spreadsheet import figures_csv
from reports.rules import Semester
from reports.services.build import build_issue
from reports.services.freeze import freeze_semester
from reports.services.issue import ReasonMissing, open_issue
from sportello.accounts.scope import Scope
from sportello.pacts.models import TerritorialPact
from sportello.territory.models import Municipality, Zone


class Command(BaseCommand):
    help = "Prepara il rapporto di un territorio e ne scrive PDF e CSV in una cartella."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--territory",
            required=True,
            help="codice ISTAT di un Comune, o nome breve di un patto, di una zona o di uno sportello",
        )
        parser.add_argument("--semester", required=True, help="per esempio 2026-1")
        parser.add_argument("--output", required=True, type=Path, help="cartella in cui scrivere")
        parser.add_argument(
            "--all-municipalities", action="store_true", help="anche un rapporto per ogni Comune del territorio"
        )

        parser.add_argument(
            "--reason", default="", help="perché una nuova versione, se il semestre ha già un'edizione pubblicata"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = Scope.of_process("issue_report")
        try:
            semester = Semester.parse(options["semester"])
        except ValueError as error:
            raise CommandError("Il semestre si scrive come 2026-1 o 2026-2.") from error
        territories = [_territory(options["territory"])]
        try:
            cut = semester.data_cut(timezone.localdate())
        except ValueError as error:
            raise CommandError("Di questo semestre non è ancora passato un giorno.") from error
        inside = municipalities_of(territories[0], cut)
        if not inside.exists():
            raise CommandError("Il territorio non ha Comuni alla fine del periodo.")
        if options["all_municipalities"]:
            territories += [place for place in inside if place != territories[0]]
        # The editions are opened first, so that each territory is among the areas; then one freeze serves them all.
        asked = {"year": semester.year, "half": semester.half, "reason": options["reason"]}
        try:
            issues = [open_issue(territory=territory, by=by, **asked) for territory in territories]
        except ReasonMissing as error:
            raise CommandError(
                "C'è già un'edizione pubblicata: scrivi con --reason perché ne serve un'altra."
            ) from error
        freeze_semester(semester=semester, data_cut=cut, by=by)
        options["output"].mkdir(parents=True, exist_ok=True)
        for issue in issues:
            self._write(build_issue(issue=issue, by=by), options["output"])

    def _write(self, issue: ReportIssue, folder: Path) -> None:
        name = slugify(f"rapporto-{issue.code.replace('/', '-')}")
        with issue.pdf.open("rb") as pdf:
            (folder / f"{name}.pdf").write_bytes(pdf.read())
        (folder / f"{name}.csv").write_bytes(figures_csv(reading_of(issue), FROZEN))
        self.stdout.write(f"{issue.code}: {issue.pages} pagine, {folder / name}.pdf e .csv")


def _territory(name: str) -> Territory:
    found = (
        Municipality.objects.filter(istat_code=name).first()
        or TerritorialPact.objects.filter(slug=name).first()
        or Zone.objects.filter(slug=name).first()
        or desks_with_figures().filter(slug=name).first()
    )
    if found is None:
        raise CommandError(f"Nessun Comune, patto, zona o sportello aperto si chiama {name}.")
    return found
