"""What both sign, frozen as data, and its print."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_date

from candidates.engine.unemployment import State
from candidates.models import Candidate, PlannedAction, ServicePact
from candidates.queries.unemployment import status_on
from candidates.render.status import STATES, as_data
from candidates.states import PactState, PlannedActionState
from sportello.core.pdf import SCHEME, Printed, print_page


def snapshot_of(pact: ServicePact) -> dict[str, Any]:
    """All that both have before them when they sign, as JSON data; later changes of the file do not touch it.

    Raises MissingParameterError: the verdict about the status rests on the rules in force.
    """
    case = pact.case
    person = case.candidate
    today = timezone.localdate()
    pending = Q(pact__case=case, pact__state=PactState.SIGNED, state=PlannedActionState.PENDING)
    actions = PlannedAction.objects.filter(Q(pact=pact) | pending).order_by("due_on", "position", "pk")
    return {
        "kind": pact.kind,
        "version": pact.version,
        "frozen_on": today.isoformat(),
        "responsible": pact.responsible.get_full_name(),
        "operator": pact.operator_signed_by.get_full_name() if pact.operator_signed_by else "",
        "desk": case.desk.name,
        "desk_address": f"{case.desk.address}, {case.desk.municipality}",
        "body": case.desk.managed_by.name,
        "person": {
            "name": str(person),
            "birth_date": person.birth_date.isoformat(),
            "residence": person.residence.name,
        },
        "employment_situation": person.employment_situation,
        "occupations": list(person.desired_occupations.values_list("occupation__label", flat=True)),
        "skills": list(person.skill_statements.values_list("skill__label", flat=True)),
        "profiling": _profiling(person, today),
        "target_area": case.target_area,
        "status": as_data(*_status(person, today)),
        "employability_profile": pact.employability_profile,
        "search_acts": pact.search_acts,
        "contact_every_days": pact.contact_every_days,
        "proof_of_search": pact.proof_of_search,
        "commitments": pact.commitments,
        "expires_on": pact.expires_on.isoformat() if pact.expires_on else None,
        "actions": [{"text": action.text, "due_on": action.due_on.isoformat()} for action in actions],
    }


def _status(person: Candidate, day: date) -> tuple[Any, list[Any]]:
    verdict, found = status_on(person, day)
    return verdict, list(found)


def _profiling(person: Candidate, today: date) -> dict[str, Any]:
    """On what the employability profile rests: who says each thing, and when the person last confirmed it."""
    profile = person.profile
    return {
        "confirmed_on": timezone.localdate(person.confirmed_at).isoformat(),
        "education": profile.education_level.label if profile.education_level else "",
        "hours_wanted": profile.hours_wanted,
        "max_travel_km": profile.max_travel_km,
        "skills": [
            {"skill": label, "source": source, "evidence": evidence}
            for label, source, evidence in person.skill_statements.values_list("skill__label", "source", "evidence")
        ],
        "languages": [
            {"language": name, "level": level}
            for name, level in person.language_skills.values_list("language__label", "level")
        ],
        "experiences": [
            {"title": title, "from": begins.isoformat(), "to": ends.isoformat() if ends else None}
            for title, begins, ends in person.experiences.values_list("title", "starts_on", "ends_on")
        ],
    }


def print_pact_page(pact: ServicePact) -> Printed:
    """The signed pact as it was frozen. The bytes depend on the row alone."""
    return print_page(render_to_string("candidates/pdf/pact.html", pact_context(pact)))


def pact_context(pact: ServicePact) -> dict[str, Any]:
    """What the template of the print reads; a pact frozen before the portal kept a fact shows no line for it."""
    frozen: dict[str, Any] = pact.snapshot or {}
    status = frozen.get("status")
    return {
        "pact": pact,
        "frozen": frozen,
        "stylesheet": f"{SCHEME}css/pact-print.css",
        "status": STATES[State(status["state"])] if status else "",
        "status_on": parse_date(status["on"]) if status else None,
        "status_days": status["seniority_days"] if status else None,
        "rules": status["rules"] if status else [],
        "birth_date": parse_date(frozen["person"]["birth_date"]) if "person" in frozen else None,
        "actions": [(action["text"], parse_date(action["due_on"])) for action in frozen.get("actions", [])],
    }
