from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from candidates.services.notices import NoticeChanged, load_notices


class Command(BaseCommand):
    help = "Carica le versioni dell'informativa sui dati personali. Si può ripetere."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            added = load_notices()
        except NoticeChanged as error:
            raise CommandError(
                _("Il testo della versione %(version)s è cambiato: le persone l'hanno già letto, aggiungine una nuova.")
                % {"version": error}
            ) from error
        self.stdout.write(_("Informative aggiunte: %(count)s") % {"count": added})
