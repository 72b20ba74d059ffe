from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from candidates.enums import SubjectCodeKind
from candidates.services.mail_work import add_subject_code
from sportello.accounts.scope import Scope
from sportello.territory.models import Desk


class Command(BaseCommand):
    help = "Add words to recognise in the subject of e-mails, from a day, and the desk that reads those letters."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help='as people are asked to write it: "candidato/a AlmavivA"')
        parser.add_argument("--kind", choices=SubjectCodeKind.values, default=SubjectCodeKind.INITIATIVE)
        parser.add_argument("--desk", required=True, metavar="SLUG")
        parser.add_argument("--from", dest="valid_from", required=True, type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--to", dest="valid_to", type=date.fromisoformat, metavar="DATE")

    def handle(self, *args: Any, **options: Any) -> None:
        fields = {name: options[name] for name in ("code", "kind", "valid_from", "valid_to")}
        try:
            desk = Desk.objects.get(slug=options["desk"])
            add_subject_code(desk=desk, by=Scope.of_process("add_subject_code"), **fields)
        except Desk.DoesNotExist as error:
            raise CommandError(_("Nessuno sportello si chiama «%(slug)s».") % {"slug": options["desk"]}) from error
        except IntegrityError as error:
            raise CommandError(
                _("Questo codice non ha parole che contano, o in quei giorni vale già, o finisce prima di cominciare.")
            ) from error
