"""What a registration draft holds, for the forms and for the summary before sending."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import EmploymentSituation, HoursWanted, IntakeChannel
from candidates.models import Candidate, RegistrationDraft
from candidates.queries.duplicates import Traits, lookalikes
from sportello.accounts.scope import Scope
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

TWO_PEOPLE = "two_people"
"""Where a draft keeps the records that the operator has seen and that are of somebody else -> why."""

RECEIPT = "receipt"
"""Where a draft left at the kiosk for the desk to finish keeps the number that the person was given."""

WALK_IN = "walk_in"
"""Where a draft of the one-page registration keeps why the person came; with it the draft has no steps."""


def typed(draft: RegistrationDraft, step: int) -> dict[str, list[str]]:
    """What was typed on a step left before it was complete, by the name of its box; empty when it is complete or not begun."""
    return dict(draft.data.get(TYPED, {}).get(str(step), {}))


def answers(draft: RegistrationDraft, step: int) -> dict[str, Any]:
    """Saved answers of a step, as its form's initial values; empty when it was not reached."""
    return dict(draft.data.get(str(step), {}))


def traits_of(draft: RegistrationDraft) -> Traits | None:
    """What tells the person from others, once the first two steps are answered."""
    who, where = answers(draft, 1), answers(draft, 2)
    if not who or not where:
        return None
    names = ("first_name", "last_name", "tax_code")
    return Traits(
        birth_date=date.fromisoformat(who["birth_date"]),
        email=where["email"],
        phone=where["phone"],
        **{name: who[name] for name in names},
    )


def unanswered_lookalikes(draft: RegistrationDraft) -> list[Candidate]:
    """Records that resemble the person and of which the operator has said nothing yet."""
    traits = traits_of(draft)
    said = draft.data.get(TWO_PEOPLE, {})
    return [other for other, _ground in lookalikes(traits) if str(other.pk) not in said] if traits else []


@dataclass(frozen=True)
class DraftLine:
    """A registration half done, as the list of a desk shows it; `name` is empty while it was not typed."""

    draft: RegistrationDraft
    name: str
    is_mine: bool


def half_done(scope: Scope) -> QuerySet[RegistrationDraft]:
    """Registrations begun by operators or at the kiosk at the actor's desks, and not sent."""
    return RegistrationDraft.objects.filter(
        ~Q(channel=IntakeChannel.ONLINE),
        desk__in=scope.desk_ids,
        finished_at__isnull=True,
        expires_at__gt=timezone.now(),
    ).exclude(Q(started_by__isnull=True) & ~Q(data__has_key=RECEIPT))


def draft_lines(scope: Scope, drafts: Iterable[RegistrationDraft]) -> list[DraftLine]:
    """Each with the name typed so far."""
    return [DraftLine(draft, _name_so_far(draft), draft.started_by_id == scope.user_id) for draft in drafts]


def _name_so_far(draft: RegistrationDraft) -> str:
    left, saved = typed(draft, 1), answers(draft, 1)
    words = ((left.get(key) or [saved.get(key, "")])[0] for key in ("first_name", "last_name"))
    return " ".join(word for word in words if word)


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
