"""Checks that forms share: names, tax codes, dates of a life."""

import re
from datetime import date
from uuid import UUID

from codicefiscale import codicefiscale
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.it import iva

_NAME = re.compile(r"[^\W\d_]+(?:[ '’.\-]+[^\W\d_]+)*[.'’]?")

OLDEST_AGE = 120
"""Years: nobody older has ever registered; a greater age is a typing error."""


def check_person_name(value: str) -> None:
    """Letters of any alphabet with apostrophes, hyphens, dots and spaces. Raises ValidationError."""
    if not _NAME.fullmatch(value):
        raise ValidationError(_("Usa solo lettere, spazi, apostrofi e trattini."))


def check_birth_date(value: date) -> None:
    """A day of the past, within a human life. Raises ValidationError."""
    today = timezone.localdate()
    if value >= today:
        raise ValidationError(_("La data di nascita non può essere nel futuro."))
    if value.year < today.year - OLDEST_AGE:
        raise ValidationError(_("Controlla l'anno di nascita: sembra troppo lontano."))


def clean_tax_code(value: str) -> str:
    """Tax code in capitals without spaces; homocodic and provisional (11 digits) ones are good. Raises ValidationError."""
    code = re.sub(r"\s", "", value).upper()
    if len(code) == 11 and code.isdigit():
        return clean_vat_number(code)
    try:
        codicefiscale.decode(code)
    except (ValueError, KeyError) as error:
        raise ValidationError(_("Questo codice fiscale non è corretto: ricontrolla lettere e cifre.")) from error
    return code


def birth_date_of(tax_code: str) -> date | None:
    """Birth date written in a personal tax code; None for a provisional one."""
    if len(tax_code) == 11:
        return None
    born: date = codicefiscale.decode(tax_code)["birthdate"].date()
    return born


def clean_vat_number(value: str) -> str:
    """Eleven digits with right check digit and office code; the all-zero number is refused. Raises ValidationError."""
    number = re.sub(r"[\s.-]", "", value).upper().removeprefix("IT")
    try:
        if number == "0" * 11:
            raise ValidationError(_("Questa partita IVA non esiste."))
        return str(iva.validate(number))
    except NumberError as error:
        raise ValidationError(_("Questa partita IVA non è corretta: ricontrolla le undici cifre.")) from error


def is_uuid(text: str) -> bool:
    """Whether a text that came with a request may name a row."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
