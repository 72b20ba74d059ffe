"""Referrals and placements of the demonstration."""

from typing import Any

import pytest
from django.db import models

from candidates import states as candidate_states
from candidates.models import (
    DisclosureRequest,
)
from matching.models import Placement, Referral
from matching.states import REFERRAL_TRANSITIONS, PlacementState, ReferralState

pytestmark = pytest.mark.usefixtures("village")


@pytest.mark.parametrize(
    ("model", "field", "choices"),
    [
        (Referral, "state", ReferralState),
        (Placement, "state", PlacementState),
        (DisclosureRequest, "state", candidate_states.DisclosureState),
    ],
)
def test_every_state_is_there(model: type[models.Model], field: str, choices: Any) -> None:
    found = set(model._default_manager.order_by().values_list(field, flat=True).distinct())
    assert found - {""} == set(choices.values)


def test_logs_of_transitions_are_lawful_and_end_at_the_state() -> None:
    for referral in Referral.objects.prefetch_related("transitions"):
        state = ReferralState.CONSENT_ASKED
        for step in sorted(referral.transitions.all(), key=lambda step: step.at):
            assert step.from_state == state
            assert ReferralState(step.to_state) in REFERRAL_TRANSITIONS[state]
            state = ReferralState(step.to_state)
        assert state == referral.state


def test_a_company_reads_a_name_only_with_the_persons_yes() -> None:
    for referral in Referral.objects.select_related("disclosure"):
        granted = referral.disclosure.state == "granted"
        assert granted == (referral.state in {"sent", "viewed", "interview", "offer", "hired"})
        assert (referral.disclosure.answered_at is None) == (referral.state == ReferralState.CONSENT_ASKED)


def test_a_verified_placement_has_a_notice_of_its_own() -> None:
    codes = list(Placement.objects.filter(state=PlacementState.VERIFIED).values_list("notice_code", flat=True))
    assert all(codes)
    assert len(set(codes)) == len(codes)
    assert not Placement.objects.exclude(state=PlacementState.VERIFIED).exclude(notice_code="").exists()
