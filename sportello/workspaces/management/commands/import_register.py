from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.territory.models import Desk
from sportello.workspaces.services.register.file import Unreadable, read_lines
from sportello.workspaces.services.register.importing import BadLines, Outcome, check_register, import_register


class Command(BaseCommand):
    help = "Legge il registro di uno sportello (docs/register.md). Senza --wet-run controlla soltanto."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--wet-run", action="store_true", help="write, after the same checks")
        parser.add_argument("--desk", help="slug of the desk for lines that name none")
        parser.add_argument("--operator", help="e-mail of the operator for lines that name none")

    def handle(self, *, file: Path, wet_run: bool, **options: Any) -> None:
        desk = self._find(Desk, slug=options["desk"])
        operator = self._find(User, email=options["operator"])
        outcome = Outcome()
        try:
            lines = list(read_lines(file))
            if wet_run:
                import_register(
                    lines=lines, outcome=outcome, desk=desk, operator=operator, by=Scope.of_process("import_register")
                )
            else:
                outcome = check_register(lines=lines, desk=desk, operator=operator)
        except OSError as error:
            raise CommandError(_("Il file %s non si può leggere.") % file) from error
        except Unreadable as error:
            raise CommandError(_("Al registro mancano le colonne: %s.") % error) from error
        except BadLines as error:
            self._tell(outcome)
            raise CommandError(_("Ci sono righe sbagliate: non ho scritto niente.")) from error
        self._tell(outcome)
        if not wet_run:
            self.stdout.write(_("Era solo un controllo: per scrivere aggiungi --wet-run."))

    def _find(self, model: Any, **key: str | None) -> Any:
        """The row that an option names, None when the option is absent."""
        (value,) = key.values()
        if value is None:
            return None
        found = model.objects.filter(**key).first()
        if found is None:
            raise CommandError(_("«%s» non c'è nel portale.") % value)
        return found

    def _tell(self, outcome: Outcome) -> None:
        for number, reason in outcome.wrong:
            self.stdout.write(_("Riga %(number)s: %(reason)s") % {"number": number, "reason": reason})
        for kind in sorted({*outcome.new, *outcome.known}):
            counts = {"kind": kind, "new": outcome.new[kind], "known": outcome.known[kind]}
            self.stdout.write(_("%(kind)s: %(new)s nuove, %(known)s già presenti") % counts)
