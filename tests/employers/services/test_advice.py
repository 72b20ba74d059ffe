"""The Punto Parità from the request to its outcome, and the checklist that is kept on the way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.models import ReadinessChecklist
from employers.services import advice as service
from employers.states import AdvisoryState
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.employers import make_company
from tests.support.equality import make_advice

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def test_one_request_at_a_time() -> None:
    company = make_company()
    facts = {"channel": "online", "question": "Costi?", "preferred_days": "Lunedì"}
    first = service.ask_advice(company=company, by=BY, **facts)
    with pytest.raises(service.AlreadyAsked):
        service.ask_advice(company=company, by=BY, **facts)
    service.withdraw_advice(request=first, by=BY)
    assert service.ask_advice(company=company, by=BY, **facts).state == AdvisoryState.ASKED


def test_an_hour_is_set_moved_and_told() -> None:
    request = make_advice()
    for days in (2, 3):
        moment = timezone.now() + timedelta(days=days)
        done = service.confirm_advice(request=request, meets_at=moment, place="https://video.example/1", by=BY)
        assert (done.state, done.meets_at) == ("confirmed", moment)
    bodies = Message.objects.values_list("body", flat=True)
    assert ["https://video.example/1" in body for body in bodies] == [True, True]
    with pytest.raises(service.NotAllowed):
        service.confirm_advice(request=request, meets_at=timezone.now() - timedelta(minutes=1), place="Qui", by=BY)


@pytest.mark.parametrize("meets", [False, True])
def test_it_closes_with_an_outcome_and_an_answer_once(meets: bool) -> None:
    request = make_advice()
    if meets:
        service.confirm_advice(request=request, meets_at=timezone.now() + timedelta(days=1), place="Qui", by=BY)
    done = service.close_advice(request=request, outcome="plan", answer="Cominciate dagli obiettivi.", by=BY)
    assert (done.state, done.outcome) == ("closed", "plan")
    message = Message.objects.get(kind="advice_closed")
    assert "Cominciate dagli obiettivi." in message.body
    assert "Percorso verso il certificato avviato" in message.body
    with pytest.raises(service.NotAllowed):
        service.close_advice(request=request, outcome="plan", answer="Ancora", by=BY)
    with pytest.raises(service.NotAllowed):
        service.withdraw_advice(request=request, by=BY)
    with pytest.raises(service.NotAllowed):
        service.confirm_advice(request=request, meets_at=timezone.now() + timedelta(days=1), place="Qui", by=BY)


def test_answers_gather_step_by_step() -> None:
    company = make_company()
    service.save_answers(company=company, answers={"culture_plan": "yes", "culture_words": "no"}, by=BY)
    service.save_answers(company=company, answers={"culture_words": "partly", "pay_gap": "no"}, by=BY)
    expected = {"culture_plan": "yes", "culture_words": "partly", "pay_gap": "no"}
    assert ReadinessChecklist.objects.get(company=company).answers == expected


@pytest.mark.parametrize("answers", [{"altro": "yes"}, {"pay_gap": "forse"}])
def test_what_nobody_asked_is_not_kept(answers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="unknown"):
        service.save_answers(company=make_company(), answers=answers, by=BY)
    assert not ReadinessChecklist.objects.exists()
