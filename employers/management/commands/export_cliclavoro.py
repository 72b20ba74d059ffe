from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ElementTree

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from employers.models import Vacancy
from employers.queries.vacancies import whole
from employers.render.cliclavoro import CODE_LENGTH, BadCodes, Sender, Untranslated, read_codes, vacancy_xml

LONGEST_CODE = 11


class Command(BaseCommand):
    help = "Scrive le offerte in bacheca nella forma di ClicLavoro, un file per offerta."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the files go; it must exist")
        parser.add_argument("--codes", type=Path, required=True, help="table;ours;theirs, see docs/cliclavoro.md")
        parser.add_argument("--intermediary", required=True, help="the body's code at the exchange")
        parser.add_argument("--tax-code", required=True, help="the body's tax code")

    def handle(self, *, folder: Path, codes: Path, intermediary: str, tax_code: str, **_options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(_("La cartella non esiste: %(folder)s") % {"folder": folder})
        if not 0 < len(intermediary) <= LONGEST_CODE < CODE_LENGTH:
            raise CommandError(_("Il codice dell'intermediario ha al massimo 11 caratteri."))
        try:
            tables = read_codes(codes.read_text("utf-8").splitlines())
        except (OSError, UnicodeError, BadCodes) as error:
            raise CommandError(_("Non riesco a leggere i codici: %(why)s") % {"why": error}) from error
        sender = Sender(code=intermediary, tax_code=tax_code)
        missing: Counter[str] = Counter()
        written = left = 0
        found = whole(Vacancy.objects.published()).select_related(
            "company__sector", "desk__municipality", "company__organisation", "workplace__municipality"
        )
        for vacancy in found.order_by("number").iterator(chunk_size=500):
            try:
                document = ElementTree(vacancy_xml(vacancy, codes=tables, sender=sender))
            except Untranslated as untranslated:
                left += 1
                missing.update(untranslated.missing)
                continue
            document.write(folder / f"{vacancy.reference}.xml", encoding="utf-8", xml_declaration=True)
            written += 1
        self.stdout.write(_("Offerte scritte: %(n)s. Lasciate fuori: %(left)s.") % {"n": written, "left": left})
        for code, times in missing.most_common():
            self.stdout.write(_("Manca il codice di %(code)s: %(n)s offerte.") % {"code": code, "n": times})
