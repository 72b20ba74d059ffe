"""A company that says nothing is asked once, then the application closes and the person knows why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching.models import Referral, ReferralTransition
from matching.services.referral import move_referral
from matching.services.silence import chase_silent, close_silent
from matching.states import ReferralState, RefusalReason
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.employers import make_company, make_rule, make_vacancy
from tests.support.matching import make_referral

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


@pytest.fixture(autouse=True)
def _rules() -> None:
    make_rule("referral_answer_days", 10)
    make_rule("company_silence_days", 21)


def silent(days: int, *, chased: int | None = None, **fields: object) -> Referral:
    """An application whose last step is so many days old, and chased so many days ago."""
    referral = make_referral(**fields)  # type: ignore[arg-type]
    now = timezone.now()
    ReferralTransition.objects.create(
        referral=referral,
        from_state="consent_asked",
        to_state=referral.state,
        actor_label="tests",
        at=now - timedelta(days=days, hours=1),
    )
    Referral.objects.filter(pk=referral.pk).update(
        created_at=now - timedelta(days=days, hours=2),
        chased_at=None if chased is None else now - timedelta(days=chased, hours=1),
    )
    return Referral.objects.get(pk=referral.pk)


def test_a_company_is_asked_once_for_all_who_wait_for_one_vacancy() -> None:
    vacancy = make_vacancy(title="Cuoco")
    first = silent(11, vacancy=vacancy)
    silent(12, vacancy=vacancy)
    silent(9, vacancy=vacancy)
    assert chase_silent(by=BY) == 1
    (message,) = Message.objects.all()
    assert message.recipient == vacancy.company.contact_email
    assert "2 persone aspettano una vostra risposta" in message.body
    assert first.candidate.last_name not in message.subject + message.body
    assert chase_silent(by=BY) == 0


@pytest.mark.parametrize(
    "state", [ReferralState.CONSENT_ASKED, ReferralState.INTERVIEW, ReferralState.OFFER, ReferralState.REFUSED]
)
def test_only_who_waits_for_the_company_is_counted(state: ReferralState) -> None:
    silent(40, state=state, chased=30)
    assert (chase_silent(by=BY), close_silent(by=BY)) == (0, 0)


def test_silence_after_the_question_closes_and_says_why() -> None:
    referral = silent(22, chased=11)
    assert close_silent(by=BY) == 1
    referral.refresh_from_db()
    assert (referral.state, referral.refusal_reason) == (ReferralState.REFUSED, RefusalReason.NO_ANSWER)
    message = Message.objects.get(kind="referral_news")
    assert (message.recipient, "L'impresa non ha risposto in tempo" in message.body) == (referral.candidate.email, True)
    assert close_silent(by=BY) == 0


def test_nothing_closes_before_the_company_was_asked_long_enough() -> None:
    silent(22)
    silent(22, chased=10)
    assert close_silent(by=BY) == 0


def test_an_answer_begins_the_days_anew() -> None:
    referral = silent(22, state=ReferralState.SENT, chased=11)
    moved = move_referral(referral=referral, to=ReferralState.VIEWED, by=BY)
    assert moved.chased_at is None
    assert (close_silent(by=BY), chase_silent(by=BY)) == (0, 0)


def test_one_without_an_address_closes_as_the_others() -> None:
    referral = silent(11, vacancy=make_vacancy(make_company(contact_email="")))
    assert chase_silent(by=BY) == 1
    assert not Message.objects.exists()
    referral.refresh_from_db()
    assert referral.chased_at is not None
