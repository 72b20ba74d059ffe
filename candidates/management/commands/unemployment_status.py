import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.engine.events import EventError, read_events
from candidates.engine.long_term import long_term
from candidates.engine.unemployment import judge
from candidates.queries.unemployment import status_rules
from candidates.render.status import as_data, as_text, fault_sentence
from sportello.reference.rules import MissingParameterError


class Command(BaseCommand):
    help = (
        "The status of unemployment on a day, from a JSON file of dated events (docs/unemployment-status.md tells their fields). "
        "An indication: the desk neither issues the declaration nor decides the status."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--events", required=True, metavar="FILE", help='JSON file of events, or "-" for standard input'
        )
        parser.add_argument("--on", default="", metavar="DATE", help="the day, YYYY-MM-DD; today without it")
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            on = date.fromisoformat(options["on"]) if options["on"] else timezone.localdate()
        except ValueError as error:
            raise CommandError(
                _("«%(day)s» non è un giorno: scrivilo così, 2026-03-09.") % {"day": options["on"]}
            ) from error
        try:
            rules = status_rules()
            verdict = judge(read_events(_load(options["events"])), on, rules)
        except EventError as error:
            raise CommandError(fault_sentence(error)) from error
        except MissingParameterError as error:
            raise CommandError(_("Mancano le regole: caricale con «manage.py load_reference».")) from error
        found = long_term(verdict, rules)
        if options["json"]:
            self.stdout.write(json.dumps(as_data(verdict, found), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(verdict, found))


def _load(name: str) -> object:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
        return json.loads(text)
    except OSError as error:
        raise CommandError(_("Il file «%(file)s» non si può leggere.") % {"file": name}) from error
    except (ValueError, RecursionError) as error:
        raise CommandError(_("Il file «%(file)s» non è JSON.") % {"file": name}) from error
