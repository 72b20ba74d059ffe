"""The papers of the demonstration's cases."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.db import models
from django.utils import timezone

from candidates import states as candidate_states
from candidates.enums import DeclarationKind, IntakeChannel
from candidates.models import (
    Appointment,
    AvailabilityDeclaration,
    Case,
    Intake,
    PlannedAction,
    ServicePact,
)
from candidates.rules import pact_elements
from tests.workspaces.services.demo.conftest import TODAY

pytestmark = pytest.mark.usefixtures("village")


@pytest.mark.parametrize(
    ("model", "field", "choices"),
    [
        (Case, "state", candidate_states.CaseState),
        (Case, "closing", candidate_states.CaseClosing),
        (ServicePact, "state", candidate_states.PactState),
        (PlannedAction, "state", candidate_states.PlannedActionState),
        (Appointment, "state", candidate_states.AppointmentState),
        (AvailabilityDeclaration, "kind", DeclarationKind),
        (Intake, "channel", IntakeChannel),
    ],
)
def test_every_state_is_there(model: type[models.Model], field: str, choices: Any) -> None:
    found = set(model._default_manager.order_by().values_list(field, flat=True).distinct())
    assert found - {""} == set(choices.values)


def test_what_happened_in_a_case_lies_within_it() -> None:
    for case in Case.objects.prefetch_related("contacts", "assignments", "service_pacts"):
        last = case.closed_on or date.max
        assert case.last_contact_on == max(talk.happened_on for talk in case.contacts.all())
        assert all(case.opened_on <= talk.happened_on <= last for talk in case.contacts.all())
        spans = sorted((each.starts_on, each.ends_on) for each in case.assignments.all())
        assert (spans[0][0], spans[-1][1]) == (case.opened_on, case.closed_on)
        assert all(end == start for (_, end), (start, _) in pairwise(spans))
        assert all(case.opened_on <= pact.signed_on <= last for pact in case.service_pacts.all() if pact.signed_on)


def test_a_pact_that_was_signed_says_what_was_signed() -> None:
    for pact in ServicePact.objects.exclude(state="draft").prefetch_related("actions"):
        assert pact.snapshot is not None
        assert [action["text"] for action in pact.snapshot["actions"]] == [
            action.text for action in sorted(pact.actions.all(), key=lambda action: action.position)
        ]
        assert all(element.present for element in pact_elements(pact))


def test_the_next_free_times_are_working_days_without_overlap() -> None:
    ahead = Appointment.objects.filter(state="booked", starts_at__date__gt=TODAY)
    assert {timezone.localdate(each.starts_at).weekday() for each in ahead} <= set(range(5))
    taken = list(ahead.values_list("operator", "starts_at"))
    assert len(set(taken)) == len(taken)
