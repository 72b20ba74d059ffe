from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from sportello.accounts.scope import Scope
from sportello.accounts.services.membership import AlreadyInvited, invitation_link
from sportello.accounts.services.opening import OtherAgency, PortalOpen, open_portal


class Command(BaseCommand):
    help = "Apre il portale: scrive l'agenzia e invita la prima amministratrice o il primo amministratore. Si può ripetere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", required=True, help="name of the agency that keeps the portal")
        parser.add_argument("--email", required=True, help="address of the first administrator")

    def handle(self, *, agency: str, email: str, **options: Any) -> None:
        name, address = agency.strip(), email.strip()
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(_("«%s» non è un indirizzo e-mail.") % address) from error
        if not name:
            raise CommandError(_("Scrivi il nome dell'agenzia."))
        try:
            invitation = open_portal(agency=name, email=address, by=Scope.of_process("open_portal"))
        except PortalOpen as error:
            raise CommandError(
                _("Il portale ha già chi lo amministra: gli altri si invitano dalle sue pagine.")
            ) from error
        except OtherAgency as error:
            raise CommandError(_("Il portale ha già l'agenzia «%s»: usa questo nome.") % error) from error
        except AlreadyInvited as error:
            raise CommandError(
                _("Questo account amministrava il portale ed è spento: usa un altro indirizzo.")
            ) from error
        self.stdout.write(
            _("L'invito per %s è pronto. Se la posta non funziona ancora, il collegamento è questo:") % address
        )
        self.stdout.write(invitation_link(invitation))
