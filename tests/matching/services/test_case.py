"""A case that ends takes along what was proposed in it."""

import pytest

from candidates.models import Candidate, Case, Reorientation
from candidates.services.case import NotOpen
from candidates.states import CaseClosing, CaseState
from matching.models import Referral, ReferralTransition
from matching.services.case import accept_reorientation, end_case, end_cases
from matching.states import ReferralState
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.employers import make_company, make_vacancy
from tests.support.matching import make_referral
from tests.support.pacts import a_case
from tests.support.personas import make_candidate, make_case, make_operator, make_user, scope
from tests.support.reorientation import ask_desk
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def test_open_proposals_fall_and_ended_ones_stay() -> None:
    desk = make_desk()
    case = make_case(desk)
    states = (ReferralState.CONSENT_ASKED, ReferralState.INTERVIEW, ReferralState.REFUSED, ReferralState.HIRED)
    referrals = [make_referral(make_vacancy(make_company(desk)), case.candidate, state=state) for state in states]
    stranger = make_referral(make_vacancy(make_company(desk)))
    assert end_case(case=case, closing=CaseClosing.MOVED, by=BY).state == CaseState.CLOSED
    assert [Referral.objects.get(pk=r.pk).state for r in (*referrals, stranger)] == [
        ReferralState.OBSOLETE,
        ReferralState.OBSOLETE,
        ReferralState.REFUSED,
        ReferralState.HIRED,
        stranger.state,
    ]
    assert ReferralTransition.objects.filter(to_state=ReferralState.OBSOLETE).count() == 2


def test_what_the_person_sent_by_themself_goes_its_way() -> None:
    desk = make_desk()
    candidate: Candidate = make_candidate(desk, user=make_user())
    case = make_case(desk, candidate=candidate)
    own = make_referral(make_vacancy(make_company(desk)), candidate)
    proposed = make_referral(make_vacancy(make_company(desk)), candidate)
    Referral.objects.filter(pk=own.pk).update(referred_by=candidate.user)
    Referral.objects.filter(pk=proposed.pk).update(referred_by=make_operator(desk))
    end_case(case=case, closing=CaseClosing.GAVE_UP, by=BY)
    own.refresh_from_db()
    proposed.refresh_from_db()
    assert (own.state, proposed.state) == (ReferralState.SENT, ReferralState.OBSOLETE)


def test_closed_twice_is_told() -> None:
    case = make_case(make_desk())
    end_case(case=case, closing=CaseClosing.OTHER, by=BY)
    with pytest.raises(NotOpen):
        end_case(case=case, closing=CaseClosing.OTHER, by=BY)


def test_those_still_open_are_closed_each_with_its_proposals() -> None:
    desk = make_desk()
    cases = [make_case(desk) for _ in range(2)]
    referral = make_referral(make_vacancy(make_company(desk)), cases[1].candidate, state=ReferralState.CONSENT_ASKED)
    closed = make_case(desk, state=CaseState.CLOSED, closed_on="2026-04-01", closing=CaseClosing.OTHER)
    assert end_cases(cases=[*cases, closed], closing=CaseClosing.MOVED, by=BY) == 2
    referral.refresh_from_db()
    assert referral.state == ReferralState.OBSOLETE


def test_a_person_who_moves_keeps_what_was_proposed_and_the_area_and_leaves_a_balance() -> None:
    case, desk = a_case(), make_desk()
    Case.objects.filter(pk=case.pk).update(target_area="youth", target_evidence={"verdicts": []})
    referral = make_referral(make_vacancy(make_company(case.desk)), case.candidate, state=ReferralState.SENT)
    operator = make_operator(desk)
    moved = accept_reorientation(request=ask_desk(case, desk), by=scope(operator))
    case.refresh_from_db()
    referral.refresh_from_db()
    assert (case.state, case.closing, case.balance and case.balance["referrals"]) == ("closed", "moved", 1)
    assert (moved.desk, moved.responsible_operator_id) == (desk, operator.pk)
    assert (moved.target_area, moved.target_evidence) == ("youth", {"verdicts": []})
    assert referral.state == ReferralState.SENT
    assert [message.kind for message in Message.objects.all()] == ["case_moved"]
    with pytest.raises(NotOpen):
        accept_reorientation(request=Reorientation.objects.get(), by=scope(operator))


def test_who_is_no_more_in_charge_is_told_in_plain_words() -> None:
    case = a_case()
    end_case(case=case, closing=CaseClosing.PLACED, by=BY)
    message = Message.objects.get()
    assert (message.kind, message.subject_id) == ("case_closed", case.candidate_id)
    assert case.desk.name in message.body
