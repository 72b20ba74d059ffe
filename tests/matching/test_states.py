"""Every state can be reached, what is over stays over, and the name ends with the application."""

from matching.states import NAMELESS_REFERRALS, OPEN_REFERRALS, REFERRAL_TRANSITIONS, ReferralState
from tests.support.transitions import ends, reached_from


def test_every_state_is_reached_from_the_question() -> None:
    assert reached_from(ReferralState.CONSENT_ASKED, REFERRAL_TRANSITIONS) == set(ReferralState)


def test_the_company_hears_nothing_without_the_yes() -> None:
    without_yes = {state: following - {ReferralState.SENT} for state, following in REFERRAL_TRANSITIONS.items()}
    assert reached_from(ReferralState.CONSENT_ASKED, without_yes) == {
        ReferralState.CONSENT_ASKED,
        ReferralState.DECLINED,
        ReferralState.WITHDRAWN,
        ReferralState.OBSOLETE,
    }


def test_whoever_has_not_answered_no_can_take_the_application_back() -> None:
    assert all(ReferralState.WITHDRAWN in REFERRAL_TRANSITIONS[state] for state in OPEN_REFERRALS)


def test_the_name_ends_with_the_application_unless_it_ended_well() -> None:
    over = ends(REFERRAL_TRANSITIONS)
    assert over == set(ReferralState) - OPEN_REFERRALS
    assert over - NAMELESS_REFERRALS == {ReferralState.HIRED, ReferralState.DECLINED}
    assert over > NAMELESS_REFERRALS


def test_the_desk_reads_of_the_person_and_the_person_of_themself() -> None:
    differ = {state for state in ReferralState if str(state.desk_label) != str(state.label)}
    assert differ == {ReferralState.CONSENT_ASKED, ReferralState.DECLINED}
