"""Every state can be reached, and what is over stays over."""

from candidates.states import (
    APPOINTMENT_TRANSITIONS,
    DISCLOSURE_TRANSITIONS,
    PACT_TRANSITIONS,
    REORIENTATION_TRANSITIONS,
    REVIEW_TRANSITIONS,
    AppointmentState,
    DisclosureState,
    PactState,
    ReorientationState,
    ReviewState,
)
from tests.support.transitions import ends, reached_from


def test_every_state_is_reached_from_the_first() -> None:
    assert reached_from(PactState.DRAFT, PACT_TRANSITIONS) == set(PactState)
    assert reached_from(AppointmentState.BOOKED, APPOINTMENT_TRANSITIONS) == set(AppointmentState)
    assert reached_from(DisclosureState.ASKED, DISCLOSURE_TRANSITIONS) == set(DisclosureState)
    assert reached_from(ReviewState.ASKED, REVIEW_TRANSITIONS) == set(ReviewState)
    assert reached_from(ReorientationState.ASKED, REORIENTATION_TRANSITIONS) == set(ReorientationState)


def test_a_person_can_always_change_their_mind_about_their_name() -> None:
    assert ends(DISCLOSURE_TRANSITIONS) == set()
    for state in set(DisclosureState) - {DisclosureState.ASKED}:
        assert DisclosureState.GRANTED in reached_from(state, DISCLOSURE_TRANSITIONS)
        assert DisclosureState.ASKED not in reached_from(state, DISCLOSURE_TRANSITIONS)


def test_a_signed_pact_is_never_a_draft_again() -> None:
    assert ends(PACT_TRANSITIONS) == {PactState.SUPERSEDED, PactState.ENDED}
    assert PactState.DRAFT not in reached_from(PactState.SIGNED, PACT_TRANSITIONS)


def test_only_an_absence_is_excused_afterwards() -> None:
    assert ends(APPOINTMENT_TRANSITIONS) == {
        AppointmentState.SEEN,
        AppointmentState.EXCUSED,
        AppointmentState.REVOKED,
        AppointmentState.CANCELED,
    }


def test_an_answer_between_colleagues_or_desks_is_final_and_an_approval_can_lapse() -> None:
    assert ends(REVIEW_TRANSITIONS) == {ReviewState.SENT_BACK, ReviewState.WITHDRAWN}
    assert reached_from(ReviewState.APPROVED, REVIEW_TRANSITIONS) == {ReviewState.APPROVED, ReviewState.WITHDRAWN}
    assert ends(REORIENTATION_TRANSITIONS) == set(ReorientationState) - {ReorientationState.ASKED}
