"""The people of a register: who is new, who is on file, who cannot be right."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from phonenumber_field.validators import validate_international_phonenumber

from candidates.enums import EmploymentSituation, IntakeChannel
from candidates.models import Candidate, Intake, Profile
from candidates.rules import age_on
from sportello.core.text import search_key, sort_key
from sportello.core.validators import birth_date_of, check_birth_date, check_person_name, clean_tax_code
from sportello.reference.rules import parameter
from sportello.territory.enums import Sex
from sportello.territory.models import Desk, Municipality
from sportello.workspaces.services.register.file import Line, noon, read_day
from sportello.workspaces.services.rows import Rows


@dataclass(frozen=True)
class Known:
    """A person on file, or about to be."""

    id: UUID
    residence_id: UUID
    tax_code: str


class PersonLines:
    """Finds people by tax code, else by name and birth date, and collects those who are new."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._known: dict[Any, Known] = {}
        held = Candidate.objects.filter(erased_at__isnull=True).annotate(person=Coalesce("absorbed_into", "pk"))
        for pk, residence, code, name, born in held.values_list(
            "person", "residence_id", "tax_code", "sort_key", "birth_date"
        ).iterator():
            self._remember(Known(pk, residence, code), (name, born))
        # Of homonyms the one of the territory is meant, so it is read last.
        in_force = Municipality.objects.filter(valid_to__isnull=True).order_by("is_metropolitan", "istat_code")
        self._places = {place.search_key: place for place in in_force}
        self._youngest = int(parameter("registration_minimum_age", on=timezone.localdate()).value)

    def _remember(self, person: Known, name: tuple[str, date]) -> None:
        if person.tax_code:
            self._known[person.tax_code] = person
        self._known.setdefault(name, person)

    def find(self, line: Line) -> Known:
        """The person a line speaks of. Raises ValidationError."""
        code = line["codice_fiscale"].replace(" ", "").upper()
        if code:
            key: Any = code
        elif line["nome"] and line["cognome"]:
            key = (sort_key(line["cognome"], line["nome"]), _birth_date(line))
        else:
            raise ValidationError(_("Scrivi il codice fiscale, oppure nome, cognome e data di nascita."))
        if key not in self._known:
            raise ValidationError(_("La persona non è nel registro né nel portale."))
        return self._known[key]

    def take(self, line: Line, day: date, desk: Desk) -> bool:
        """Collect a person with profile and arrival on `day`; False when they are on file. Raises ValidationError."""
        for column in ("nome", "cognome"):
            check_person_name(line[column])
        born = _birth_date(line)
        check_birth_date(born)
        name = (sort_key(line["cognome"], line["nome"]), born)
        code = line["codice_fiscale"].replace(" ", "").upper()
        if self._is_known(code, name):
            return False
        self._check(line, born, day, code)
        place = self._places.get(search_key(line["comune"]))
        if place is None:
            raise ValidationError(_("Il comune «%s» non esiste.") % line["comune"])
        arrived_at = noon(day)
        candidate = self._rows.add(
            Candidate(
                first_name=line["nome"],
                last_name=line["cognome"],
                sort_key=name[0],
                search_key=search_key(f"{line['cognome']} {line['nome']}"),
                tax_code=code,
                sex=line["sesso"].upper(),
                birth_date=born,
                email=line["email"],
                phone=line["telefono"],
                residence=place,
                employment_situation=EmploymentSituation.JOBLESS,
                created_at=arrived_at,
                confirmed_at=arrived_at,
            )
        )
        self._rows.add(Profile(candidate=candidate))
        self._rows.add(
            Intake(
                candidate=candidate,
                channel=IntakeChannel.REGISTER,
                desk=desk,
                residence=place,
                received_on=day,
                received_at=arrived_at,
            )
        )
        self._remember(Known(candidate.pk, place.pk, code), name)
        return True

    def _is_known(self, code: str, name: tuple[str, date]) -> bool:
        """By tax code; else by name and birth date, unless both have a code and the two differ: homonyms of one day."""
        if code in self._known:
            return True
        namesake = self._known.get(name)
        if namesake is None or (code and namesake.tax_code):
            return False
        if code:
            self._known[code] = namesake  # the other lines of the file call the person by it
        return True

    def _check(self, line: Line, born: date, day: date, code: str) -> None:
        """What the registration's forms check too. Raises ValidationError."""
        if line["sesso"].upper() not in Sex.values:
            raise ValidationError(_("Il sesso è F o M."))
        if age_on(born, day) < self._youngest:
            raise ValidationError(_("Ci si registra dai %d anni in su.") % self._youngest)
        if line["email"]:
            validate_email(line["email"])
        if line["telefono"]:
            validate_international_phonenumber(line["telefono"])
        if code:
            clean_tax_code(code)
            written = birth_date_of(code)
            # The code has two digits of the year: a century apart it still agrees.
            if written and (written.month, written.day, written.year % 100) != (
                born.month,
                born.day,
                born.year % 100,
            ):
                raise ValidationError(_("Il codice fiscale non corrisponde alla data di nascita."))


def _birth_date(line: Line) -> date:
    try:
        return read_day(line["data_nascita"])
    except ValueError as error:
        raise ValidationError(_("La data di nascita non è un giorno: «%s».") % line["data_nascita"]) from error
