"""The companies of a register, by their VAT number."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from employers.enums import SizeBand
from employers.models import Company
from employers.states import CompanyState
from sportello.core.text import sort_key
from sportello.core.validators import clean_vat_number
from sportello.reference.models import Sector
from sportello.territory.enums import OrganisationKind
from sportello.territory.models import Desk, Organisation
from sportello.workspaces.services.register.file import Line
from sportello.workspaces.services.rows import Rows


class CompanyLines:
    """Finds companies and collects those that the portal does not know yet."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._known: dict[str, UUID] = dict(
            Company.objects.exclude(state=CompanyState.REJECTED).values_list("vat_number", "pk")
        )
        self._sectors = {sector.code: sector for sector in Sector.objects.all()}

    def known(self, vat_number: str) -> UUID | None:
        """The company with that number, if the portal has it. Raises ValidationError for an impossible number."""
        return self._known.get(clean_vat_number(vat_number)) if vat_number else None

    def take(self, line: Line, day: date, desk: Desk) -> UUID:
        """The company that was met on `day`, new when its number is. Raises ValidationError."""
        number = clean_vat_number(line["partita_iva"])
        if number in self._known:
            return self._known[number]
        sector = self._sectors.get(line["ateco"])
        if sector is None:
            raise ValidationError(_("Il codice ATECO «%s» non esiste.") % line["ateco"])
        if not line["datore"]:
            raise ValidationError(_("Manca il nome dell'impresa."))
        if line["email"]:
            validate_email(line["email"])
        size_band = _size(line["addetti"])
        organisation = self._rows.add(
            Organisation(
                kind=OrganisationKind.COMPANY,
                name=line["datore"],
                sort_key=sort_key(line["datore"]),
                municipality=desk.municipality,
            )
        )
        company = self._rows.add(
            Company(
                organisation=organisation,
                vat_number=number,
                sector=sector,
                size_band=size_band,
                contact_name=_("Da chiedere all'impresa"),
                contact_email=line["email"],
                contact_phone=line["telefono"],
                desk=desk,
                # The desk has met it in person: nothing is left to approve.
                state=CompanyState.APPROVED,
                registered_on=day,
            )
        )
        self._known[number] = company.pk
        return company.pk


def _size(text: str) -> SizeBand:
    """The band of a number of workers."""
    if not text.isdigit():
        raise ValidationError(_("Scrivi quanti addetti ha l'impresa."))
    workers = int(text)
    bands = ((10, SizeBand.MICRO), (50, SizeBand.SMALL), (250, SizeBand.MEDIUM))
    return next((band for limit, band in bands if workers < limit), SizeBand.LARGE)
