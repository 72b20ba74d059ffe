"""What a registration draft holds, for the forms and for the summary before sending."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import EmploymentSituation, HoursWanted
from candidates.models import RegistrationDraft
from sportello.reference.models import (
    ContractType,
    DrivingLicence,
    EducationLevel,
    Language,
    Occupation,
    Skill,
    shown_name,
)
from sportello.reference.rules import parameter

LAST_STEP = 5
"""The summary; the steps before it ask."""

TYPED = "typed"
"""Where a draft keeps, by step, what was left before the step was complete."""


def typed(draft: RegistrationDraft, step: int) -> dict[str, list[str]]:
    """What was typed on a step left before it was complete, by the name of its box; empty when it is complete or not begun."""
    return dict(draft.data.get(TYPED, {}).get(str(step), {}))


def answers(draft: RegistrationDraft, step: int) -> dict[str, Any]:
    """Saved answers of a step, as its form's initial values; empty when it was not reached."""
    return dict(draft.data.get(str(step), {}))


def contact_days() -> int:
    """Days within which the desk promises to contact who has registered."""
    return int(parameter("first_contact_days", on=timezone.localdate()).value)


@dataclass(frozen=True)
class Line:
    """One answer in words, with the step where it can be changed."""

    label: str | Promise
    text: str | Promise
    step: int


def summary(draft: RegistrationDraft) -> list[Line]:
    """Everything typed, in words, in the order of the steps; empty answers are left out."""
    who, where, job, skills = (answers(draft, step) for step in range(1, 5))
    lines = [
        Line(_("Nome e cognome"), f"{who['first_name']} {who['last_name']}", 1),
        Line(_("Data di nascita"), _day(who["birth_date"]), 1),
        Line(_("Codice fiscale"), who["tax_code"], 1),
        Line(_("Documento"), who["identity_document"], 1),
        Line(_("Comune di residenza"), where["residence"], 2),
        Line(_("Indirizzo"), where["address"], 2),
        Line(_("Telefono"), where["phone"], 2),
        Line(_("E-mail"), where["email"], 2),
        Line(_("Permesso di soggiorno valido fino al"), _day(where.get("work_permit_until")), 2),
        Line(_("Codice dell'iniziativa"), where["action_code"], 2),
        Line(_("Oggi"), EmploymentSituation(job["employment_situation"]).label, 3),
        Line(_("Lavoro cercato"), _labels(Occupation, job["occupations"]), 3),
        Line(_("Orario"), HoursWanted(job["hours_wanted"]).label, 3),
        Line(_("Distanza massima"), f"{job['max_travel_km']} km", 3),
        Line(_("Che cosa sai fare"), _labels(Skill, skills["skills"]), 4),
        Line(_("Titolo di studio"), _labels(EducationLevel, [skills["education_level"]]), 4),
        Line(_("Italiano"), skills["italian"], 4),
        Line(_("Altre lingue"), _labels(Language, skills["other_languages"]), 4),
        Line(_("Patenti e patentini"), _labels(DrivingLicence, skills["licences"]), 4),
        Line(_("Contratti che accetti"), _labels(ContractType, skills["contract_types"]), 4),
    ]
    return [line for line in lines if line.text]


def _day(iso: str | None) -> str:
    return date_format(date.fromisoformat(iso), "j F Y") if iso else ""


def _labels(model: Any, ids: list[str]) -> str:
    return ", ".join(model.objects.filter(pk__in=ids).values_list(shown_name(), flat=True)) if ids else ""
