"""Who signs knows what they sign: approved where the desk wants it, frozen, signed by both, printed once."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from candidates.enums import SignatureWay
from candidates.models import Candidate, ServicePact, SigningCode
from candidates.services import plan
from candidates.services import signing as service
from candidates.services.appointment import Unreachable
from candidates.services.case import NotOpen, close_case
from candidates.states import PactState, ReviewState
from candidates.tasks import print_pact
from sportello.accounts.scope import Scope
from sportello.core.models import Job, Message
from tests.support.pacts import BY, a_case, a_draft, frozen, make_status_rules, sign_both
from tests.support.personas import make_operator, scope

pytestmark = pytest.mark.django_db


def sent_code() -> str:
    found = re.search(r"^\d{6}$", Message.objects.filter(kind="signing_code").latest("created_at").body, re.MULTILINE)
    assert found
    return found[0]


def reviewed_draft() -> tuple[ServicePact, Scope, Scope]:
    """A whole draft at a desk that reviews, who wrote it, and a colleague."""
    case = a_case(reviews_pacts=True)
    assert case.responsible_operator
    writer, colleague = scope(case.responsible_operator), scope(make_operator(case.desk))
    return a_draft(case, by=writer), writer, colleague


def test_the_text_is_frozen_with_its_evidence_and_the_verdict() -> None:
    case = a_case()
    pact = a_draft(case)
    plan.plan_action(pact=pact, text="Corso", due_on=timezone.localdate(), by=BY)
    pact = frozen(pact)
    assert pact.snapshot is not None
    assert pact.snapshot["person"]["name"] == str(case.candidate)
    assert pact.snapshot["status"]["state"] == "none"
    assert pact.snapshot["profiling"]["max_travel_km"] == 20
    assert pact.snapshot["actions"] == [{"text": "Corso", "due_on": timezone.localdate().isoformat()}]


@pytest.mark.parametrize(
    "change",
    [
        lambda pact: a_draft(pact.case, search_acts="Altro"),
        lambda pact: plan.plan_action(pact=pact, text="Corso", due_on=timezone.localdate(), by=BY),
    ],
)
def test_a_text_that_changes_is_signed_by_nobody(change: Callable[[ServicePact], Any]) -> None:
    pact = frozen(a_draft(a_case()))
    service.send_code(pact=pact, by=BY)
    change(pact)
    pact.refresh_from_db()
    assert (pact.operator_signed_at, pact.snapshot, SigningCode.objects.count()) == (None, None, 0)
    with pytest.raises(service.NotFrozen):
        service.sign_pact(pact=pact, how=SignatureWay.PAPER, by=BY)


def test_the_person_signs_only_what_the_operator_signed() -> None:
    pact = a_draft(a_case())
    for act in (
        lambda: service.sign_pact(pact=pact, how=SignatureWay.PAPER, by=BY),
        lambda: service.send_code(pact=pact, by=BY),
    ):
        with pytest.raises(service.NotFrozen):
            act()


def test_a_drawn_signature_is_kept() -> None:
    pact = service.sign_pact(pact=frozen(a_draft(a_case())), how=SignatureWay.DRAWN, drawing="M1 1L2 2", by=BY)
    assert (pact.state, pact.person_signed_how, pact.drawing) == (PactState.SIGNED, "drawn", "M1 1L2 2")


def test_the_code_signs_once_and_leaves_no_trace_of_itself() -> None:
    pact = frozen(a_draft(a_case()))
    row = service.send_code(pact=pact, by=BY)
    code = sent_code()
    assert code not in row.digest
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert service.sign_with_code(pact=pact, code=wrong, by=BY) is None
    assert SigningCode.objects.get().attempts == 1
    signed = service.sign_with_code(pact=pact, code=code, by=BY)
    assert signed is not None
    assert (signed.person_signed_how, SigningCode.objects.count()) == ("code", 0)
    with pytest.raises(service.NotADraft):
        service.sign_with_code(pact=pact, code=code, by=BY)


def test_a_code_tried_too_often_is_good_no_more() -> None:
    pact = frozen(a_draft(a_case()))
    service.send_code(pact=pact, by=BY)
    code = sent_code()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    answers = [service.sign_with_code(pact=pact, code=wrong, by=BY) for _ in range(service.MOST_ATTEMPTS)]
    assert answers == [None] * service.MOST_ATTEMPTS
    with pytest.raises(service.NoCode):
        service.sign_with_code(pact=pact, code=code, by=BY)


@pytest.mark.parametrize(("seconds", "is_good"), [(-1, True), (0, False)])
def test_a_code_expires(seconds: int, is_good: bool) -> None:
    pact = frozen(a_draft(a_case()))
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        service.send_code(pact=pact, by=BY)
    with time_machine.travel(now + service.CODE_LIFE + timedelta(seconds=seconds), tick=False):
        if is_good:
            assert service.sign_with_code(pact=pact, code=sent_code(), by=BY)
        else:
            with pytest.raises(service.NoCode):
                service.sign_with_code(pact=pact, code=sent_code(), by=BY)


def test_codes_are_sent_at_a_distance_and_not_for_ever() -> None:
    pact = frozen(a_draft(a_case()))
    now = timezone.now()
    for number in range(service.MOST_SENDINGS):
        with time_machine.travel(now + number * service.CODE_PAUSE, tick=False):
            service.send_code(pact=pact, by=BY)
            with pytest.raises(service.TooManyCodes):
                service.send_code(pact=pact, by=BY)
    with time_machine.travel(now + timedelta(hours=1)), pytest.raises(service.TooManyCodes):
        service.send_code(pact=pact, by=BY)
    assert Message.objects.filter(kind="signing_code").count() == service.MOST_SENDINGS


def test_who_cannot_be_written_to_gets_no_code() -> None:
    case = a_case()
    Candidate.objects.update(email="", phone="")
    pact = frozen(a_draft(case))
    with pytest.raises(Unreachable):
        service.send_code(pact=pact, by=BY)
    assert SigningCode.objects.count() == 0


def test_a_code_of_one_pact_signs_no_other() -> None:
    mine, other = frozen(a_draft(a_case())), frozen(a_draft(a_case()))
    service.send_code(pact=mine, by=BY)
    code = sent_code()
    service.send_code(pact=other, by=BY)
    SigningCode.objects.filter(pact=other).update(digest=SigningCode.objects.get(pact=mine).digest)
    assert service.sign_with_code(pact=other, code=code, by=BY) is None


def test_a_desk_that_reviews_signs_only_what_a_second_person_approved() -> None:
    pact, writer, colleague = reviewed_draft()
    make_status_rules()
    with pytest.raises(service.NotApproved):
        service.freeze_pact(pact=pact, by=writer)
    review = service.ask_review(pact=pact, by=writer)
    with pytest.raises(service.NotApproved):
        service.freeze_pact(pact=pact, by=writer)
    service.decide_review(review=review, state=ReviewState.APPROVED, by=colleague)
    assert service.freeze_pact(pact=pact, by=writer).operator_signed_by_id == writer.user_id


def test_nobody_approves_what_they_wrote_or_put_forward_nor_from_another_desk() -> None:
    pact, writer, colleague = reviewed_draft()
    review = service.ask_review(pact=pact, by=colleague)
    for own in (writer, colleague, scope(make_operator())):
        with pytest.raises(service.OwnDraft):
            service.decide_review(review=review, state=ReviewState.APPROVED, by=own)


def test_what_was_approved_and_changes_is_approved_no_more() -> None:
    pact, writer, colleague = reviewed_draft()
    review = service.ask_review(pact=pact, by=writer)
    service.decide_review(review=review, state=ReviewState.APPROVED, by=colleague)
    a_draft(pact.case, by=writer, search_acts="Nessuna")
    review.refresh_from_db()
    assert review.state == ReviewState.WITHDRAWN
    with pytest.raises(service.NotApproved):
        service.freeze_pact(pact=pact, by=writer)
    with pytest.raises(service.ReviewClosed):
        service.decide_review(review=review, state=ReviewState.SENT_BACK, motive="Tardi", by=colleague)


def test_what_was_sent_back_is_put_forward_again() -> None:
    pact, writer, colleague = reviewed_draft()
    review = service.ask_review(pact=pact, by=writer)
    with pytest.raises(service.ReviewAsked):
        service.ask_review(pact=pact, by=writer)
    service.decide_review(review=review, state=ReviewState.SENT_BACK, motive="Manca il corso", by=colleague)
    assert service.ask_review(pact=pact, by=writer).pk != review.pk


def test_an_unfinished_draft_is_shown_to_nobody() -> None:
    case = a_case(reviews_pacts=True)
    pact = a_draft(case, search_acts=" ")
    with pytest.raises(service.PactIncomplete) as refusal:
        service.ask_review(pact=pact, by=scope(make_operator(case.desk)))
    assert refusal.value.missing == ["c"]


def test_nothing_is_signed_in_a_closed_case() -> None:
    pact = frozen(a_draft(a_case()))
    close_case(case=pact.case, closing="other", by=BY)
    with pytest.raises(NotOpen):
        service.sign_pact(pact=pact, how=SignatureWay.PAPER, by=BY)


def test_a_signed_pact_is_printed_by_a_job_once() -> None:
    pact = sign_both(a_draft(a_case()))
    assert Job.objects.get(path=service.PRINT).args == [str(pact.pk)]
    print_pact(str(pact.pk))
    pact.refresh_from_db()
    first = (pact.pdf.name, pact.pdf_sha256)
    print_pact(str(pact.pk))
    pact.refresh_from_db()
    assert (pact.pdf.name, pact.pdf_sha256) == first
