from argparse import ArgumentParser
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from sportello.accounts.scope import Scope
from sportello.workspaces.services.demo.seed import SCALES, NotADemonstration, PeopleOnFile, is_seeded, seed_demo
from sportello.workspaces.services.demo.territory import TerritoryMissing


class Command(BaseCommand):
    help = "Riempie un portale di prova con un territorio inventato: persone, imprese, offerte, due anni di lavoro."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", choices=list(SCALES), default="territory")
        parser.add_argument("--people", type=int, help="instead of the scale's number")
        parser.add_argument("--vacancies", type=int, help="instead of the scale's number")
        parser.add_argument("--seed", type=int, default=2018)
        parser.add_argument("--today", type=date.fromisoformat, help="the day the story has reached, by default today")

    def handle(self, *, scale: str, seed: int, **options: Any) -> None:
        wanted = {name: options[name] for name in ("people", "vacancies") if options[name] is not None}
        today = options["today"] or timezone.localdate()
        try:
            if is_seeded():
                self.stdout.write(_("La dimostrazione c'è già: non aggiungo niente."))
                return
            seed_demo(scale=replace(SCALES[scale], **wanted), seed=seed, today=today, by=Scope.of_process("seed_demo"))
        except NotADemonstration as error:
            raise CommandError(_("Questo portale serve persone vere: qui non si inventano dati.")) from error
        except PeopleOnFile as error:
            raise CommandError(
                _("Nel portale ci sono già persone o enti: la dimostrazione si carica solo in un portale vuoto.")
            ) from error
        except TerritoryMissing as error:
            raise CommandError(
                _("Prima carica i dati di base con load_territory e load_reference. Manca: %(what)s") % {"what": error}
            ) from error
        self.stdout.write(_("Dimostrazione pronta, al giorno %(day)s.") % {"day": today.isoformat()})
