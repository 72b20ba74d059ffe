"""Another desk is asked once, answers once, and a no changes nothing but what the person is told."""

import pytest

from candidates.services import reorientation as service
from candidates.services.case import NotOpen, close_case
from candidates.states import CaseState, ReorientationState
from sportello.core.models import Message
from tests.support.pacts import BY, a_case
from tests.support.personas import make_operator, scope
from tests.support.reorientation import ask_desk
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_a_desk_is_asked_once_and_not_itself() -> None:
    case, desk = a_case(), make_desk()
    assert ask_desk(case, desk).state == ReorientationState.ASKED
    with pytest.raises(service.AlreadyAsked):
        ask_desk(case, make_desk())
    with pytest.raises(service.SameDesk):
        ask_desk(case, case.desk)


def test_a_no_leaves_the_case_and_tells_the_person() -> None:
    case, desk = a_case(), make_desk()
    request = service.deny_reorientation(
        request=ask_desk(case, desk), answer="Siamo al completo", by=scope(make_operator(desk))
    )
    case.refresh_from_db()
    assert (request.state, case.state) == (ReorientationState.DENIED, CaseState.OPEN)
    message = Message.objects.get()
    assert (message.kind, message.subject_id) == ("case_moved", case.candidate_id)
    assert case.desk.name in message.body
    assert "Siamo al completo" not in message.body
    with pytest.raises(service.Answered):
        service.withdraw_reorientation(request=request, by=BY)


def test_what_was_taken_back_can_be_asked_again() -> None:
    case, desk = a_case(), make_desk()
    request = service.withdraw_reorientation(request=ask_desk(case, desk), by=BY)
    assert request.state == ReorientationState.WITHDRAWN
    assert Message.objects.count() == 0
    assert ask_desk(case, desk).pk != request.pk


def test_a_case_that_closes_asks_no_more() -> None:
    case = a_case()
    request = ask_desk(case, make_desk())
    close_case(case=case, closing="other", by=BY)
    request.refresh_from_db()
    assert request.state == ReorientationState.WITHDRAWN
    with pytest.raises(NotOpen):
        ask_desk(case, make_desk())
