"""What is typed before a registration is sent is kept, handed over, and forgotten in time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidates.models import RegistrationDraft
from candidates.queries.registration import typed
from candidates.services import draft as service
from candidates.tasks import forget_drafts
from tests.support.personas import make_candidate, make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.usefixtures("vocabulary")


def test_draft_keeps_each_step() -> None:
    draft = service.start_draft()
    service.save_step(draft=draft, step=1, data={"first_name": "Amina"})
    service.save_step(draft=draft, step=2, data={"email": "amina@example.org"})
    service.save_step(draft=draft, step=1, data={"first_name": "Anna"})
    draft.refresh_from_db()
    assert (draft.data, draft.step, draft.email) == (
        {"1": {"first_name": "Anna"}, "2": {"email": "amina@example.org"}, "typed": {}},
        3,
        "amina@example.org",
    )


def test_step_left_before_it_is_complete_must_be_finished_first() -> None:
    draft = service.start_draft()
    for number in (1, 2, 3):
        service.save_step(draft=draft, step=number, data={"answer": number})
    service.save_typed(draft=draft, step=2, typed={"phone": ["33\x003", "y" * 5000]}, email="amina@example.org")
    draft.refresh_from_db()
    assert (draft.step, draft.email) == (2, "amina@example.org")
    assert typed(draft, 2) == {"phone": ["333", "y" * service.LONGEST_ANSWER]}
    service.save_step(draft=draft, step=2, data={"answer": "new"})
    draft.refresh_from_db()
    assert (draft.step, typed(draft, 2)) == (4, {})
    assert draft.data["3"] == {"answer": 3}


def test_resume_token_opens_only_the_last_link_and_only_in_time() -> None:
    draft = service.start_draft()
    old = service.issue_resume_token(draft=draft)
    new = service.issue_resume_token(draft=draft)
    assert service.draft_by_token(old) is None
    assert service.draft_by_token(new) == draft
    RegistrationDraft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert service.draft_by_token(new) is None


def test_expired_drafts_are_forgotten_and_the_others_stay() -> None:
    open_one, expired, finished = (service.start_draft() for _ in range(3))
    now = timezone.now()
    RegistrationDraft.objects.filter(pk=expired.pk).update(expires_at=now - timedelta(seconds=1))
    RegistrationDraft.objects.filter(pk=finished.pk).update(expires_at=now - timedelta(days=9), finished_at=now)
    forget_drafts()
    assert list(RegistrationDraft.objects.all()) == [open_one]
    assert service.forget_expired_drafts() == 0


def test_the_page_of_a_walk_in_stands_where_the_steps_ask_the_same() -> None:
    draft = service.start_draft(desk=make_desk(), channel="desk", is_walk_in=True)
    service.save_walk_in(draft=draft, who={"first_name": "A"}, where={"email": "a@example.org"}, came={"reason": "r"})
    draft.refresh_from_db()
    assert draft.data == {"1": {"first_name": "A"}, "2": {"email": "a@example.org"}, "walk_in": {"reason": "r"}}
    assert draft.email == "a@example.org"


def test_answers_about_lookalikes_add_up() -> None:
    draft = service.start_draft()
    one, other = make_candidate(), make_candidate()
    service.answer_lookalikes(draft=draft, others=[one], motive="cugina")
    service.answer_lookalikes(draft=draft, others=[other], motive="zia")
    draft.refresh_from_db()
    assert draft.data["two_people"] == {str(one.pk): "cugina", str(other.pk): "zia"}


def test_a_colleague_goes_on_or_drops_it_unless_it_was_sent() -> None:
    desk = make_desk()
    operator, colleague = make_operator(desk), make_operator(desk)
    draft = service.start_draft(desk=desk, started_by=operator, channel="desk")
    assert service.take_over_draft(draft=draft, by=scope(colleague)).started_by == colleague
    sent = service.start_draft(desk=desk, started_by=operator, channel="desk")
    RegistrationDraft.objects.filter(pk=sent.pk).update(finished_at=timezone.now())
    for each in (draft, sent):
        service.discard_draft(draft=each, by=scope(colleague))
    assert list(RegistrationDraft.objects.all()) == [sent]
