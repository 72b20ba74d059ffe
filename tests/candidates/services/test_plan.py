"""A pact is signed only whole, and a signed one never changes."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.enums import ServicePactKind
from candidates.models import Candidate, ServicePact
from candidates.services import plan as service
from candidates.services import signing
from candidates.services.case import NotOpen, close_case
from candidates.states import CaseClosing, PactState, PlannedActionState
from sportello.core.models import Message
from sportello.territory.enums import DeskKind
from tests.support.pacts import BY, WHOLE, a_case, a_draft, make_status_rules, sign_both
from tests.support.personas import make_case, make_operator, make_user
from tests.support.races import while_it_waits
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_signing_freezes_what_both_read() -> None:
    case = a_case()
    pact = a_draft(case)
    service.plan_action(pact=pact, text="Corso di sicurezza", due_on=date(2026, 12, 1), by=BY)
    signed = sign_both(pact, on=date(2026, 11, 2))
    assert (signed.state, signed.signed_on) == (PactState.SIGNED, date(2026, 11, 2))
    assert signed.snapshot is not None
    assert signed.snapshot["search_acts"] == WHOLE["search_acts"]
    assert signed.snapshot["actions"] == [{"text": "Corso di sicurezza", "due_on": "2026-12-01"}]


def test_who_signs_is_written_to_without_what_was_agreed() -> None:
    case = a_case()
    Candidate.objects.filter(pk=case.candidate_id).update(email="amina@example.org", user=make_user())
    signed = sign_both(a_draft(case))
    message = Message.objects.get()
    assert (message.kind, message.recipient, message.subject_id) == (
        "pact_signed",
        "amina@example.org",
        case.candidate_id,
    )
    assert reverse("my_pact") in message.body
    text = f"{message.subject} {message.body}"
    assert [
        agreed
        for agreed in WHOLE.values()
        if isinstance(agreed, str) and agreed in text.split("/mia-pagina", maxsplit=1)[0]
    ] == []
    assert case.candidate.last_name not in message.subject
    assert case.candidate.first_name not in message.subject
    assert signed.state == PactState.SIGNED


def test_who_has_no_page_is_told_to_ask_the_desk_and_who_has_no_address_is_not_written_to() -> None:
    case, mute = a_case(), a_case()
    Candidate.objects.filter(pk=case.candidate_id).update(email="amina@example.org", user=None)
    Candidate.objects.filter(pk=mute.candidate_id).update(email="")
    for each in (case, mute):
        sign_both(a_draft(each))
    message = Message.objects.get()
    assert message.recipient == "amina@example.org"
    assert "http" not in message.body


@settings(max_examples=32, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(empty=st.sets(st.sampled_from(["employability_profile", "search_acts", "proof_of_search"]), min_size=1))
def test_pact_without_an_element_cannot_be_signed(empty: set[str]) -> None:
    letters = {"employability_profile": "b", "search_acts": "c", "proof_of_search": "e"}
    holes: dict[str, Any] = dict.fromkeys(empty, "  ")
    pact = a_draft(a_case(), **holes)
    with pytest.raises(signing.PactIncomplete) as refusal:
        sign_both(pact)
    assert set(refusal.value.missing) == {letters[name] for name in empty}


def test_database_itself_refuses_a_signed_pact_without_its_elements() -> None:
    pact = a_draft(a_case(), search_acts="")
    with pytest.raises(IntegrityError, match="signed_pact_has_its_five_elements"):
        ServicePact.objects.filter(pk=pact.pk).update(state=PactState.SIGNED, signed_on=date(2026, 1, 1))


def test_new_version_supersedes_the_old() -> None:
    case = a_case()
    first = sign_both(a_draft(case))
    second = sign_both(a_draft(case, search_acts="Cinque candidature"))
    first.refresh_from_db()
    assert (first.state, second.state, second.version) == (PactState.SUPERSEDED, PactState.SIGNED, 2)
    assert first.search_acts == WHOLE["search_acts"]


def test_new_version_begins_with_what_was_agreed() -> None:
    case = a_case()
    sign_both(a_draft(case, commitments="Corsi"))
    draft = service.draft_pact(case=case, search_acts="Cinque candidature", by=BY)
    assert (draft.version, draft.search_acts, draft.commitments, draft.proof_of_search) == (
        2,
        "Cinque candidature",
        "Corsi",
        WHOLE["proof_of_search"],
    )
    assert (draft.responsible, draft.signed_on, draft.snapshot) == (case.responsible_operator, None, None)


def test_pending_actions_go_on_in_the_new_version_and_ended_ones_stay() -> None:
    case = a_case()
    first = sign_both(a_draft(case))
    pending, done = (
        service.plan_action(pact=first, text=text, due_on=date(2026, 12, 1), by=BY) for text in ("Corso", "CV")
    )
    service.close_action(action=done, state=PlannedActionState.DONE, by=BY)
    second = sign_both(a_draft(case))
    assert (list(first.actions.all()), list(second.actions.all())) == ([done], [pending])
    assert second.snapshot is not None
    assert second.snapshot["actions"] == [{"text": "Corso", "due_on": "2026-12-01"}]


def test_nothing_is_agreed_in_a_closed_case() -> None:
    case = a_case()
    signed = sign_both(a_draft(case))
    action = service.plan_action(pact=signed, text="Corso", due_on=date(2026, 12, 1), by=BY)
    draft = a_draft(case)
    close_case(case=case, closing=CaseClosing.MOVED, by=BY)
    for act in (
        lambda: service.draft_pact(case=case, by=BY),
        lambda: sign_both(draft),
        lambda: service.plan_action(pact=signed, text="Altro", due_on=date(2026, 12, 1), by=BY),
        lambda: service.close_action(action=action, state=PlannedActionState.DONE, by=BY),
    ):
        with pytest.raises(NotOpen):
            act()


@pytest.mark.parametrize("term", [{"search_acts": "Nessuna"}, {"contact_every_days": 90}, {"state": "draft"}])
def test_database_itself_keeps_what_was_signed(term: dict[str, Any]) -> None:
    signed = sign_both(a_draft(a_case()))
    with pytest.raises(IntegrityError, match="a signed pact does not change"):
        ServicePact.objects.filter(pk=signed.pk).update(**term)


def test_action_of_a_superseded_pact_is_refused() -> None:
    case = a_case()
    first = sign_both(a_draft(case))
    sign_both(a_draft(case))
    with pytest.raises(service.NotInForce):
        service.plan_action(pact=first, text="Corso", due_on=date(2026, 12, 1), by=BY)


@pytest.mark.django_db(transaction=True)
def test_draft_saved_while_it_is_being_signed_leaves_the_signed_pact_alone() -> None:
    case = a_case()
    pact = a_draft(case)
    make_status_rules()
    while_it_waits(lambda: sign_both(pact), lambda: a_draft(case, search_acts="Nessuna"))
    assert list(case.service_pacts.order_by("version").values_list("state", "search_acts")) == [
        (PactState.SIGNED, WHOLE["search_acts"]),
        (PactState.DRAFT, "Nessuna"),
    ]


@pytest.mark.parametrize("desk_kind", list(DeskKind))
def test_personalised_service_pact_is_the_job_centres_alone(desk_kind: DeskKind) -> None:
    desk = make_desk(kind=desk_kind)
    case = make_case(desk, operator=make_operator(desk))
    if desk_kind == DeskKind.JOB_CENTRE:
        assert a_draft(case, kind=ServicePactKind.PSP).kind == ServicePactKind.PSP
    else:
        with pytest.raises(service.KindNotOffered):
            a_draft(case, kind=ServicePactKind.PSP)


def test_saving_twice_changes_the_one_draft() -> None:
    case = a_case()
    assert a_draft(case).pk == a_draft(case, search_acts="Altro").pk


def test_signed_pact_cannot_be_signed_again() -> None:
    pact = sign_both(a_draft(a_case()))
    with pytest.raises(signing.NotADraft):
        sign_both(pact)


def test_closed_action_stays_as_it_ended() -> None:
    pact = a_draft(a_case())
    action = service.plan_action(pact=pact, text="Corso", due_on=date(2026, 12, 1), by=BY)
    service.close_action(action=action, state=PlannedActionState.ABANDONED, outcome="Corso annullato", by=BY)
    service.close_action(action=action, state=PlannedActionState.DONE, by=BY)
    action.refresh_from_db()
    assert (action.state, action.outcome) == (PlannedActionState.ABANDONED, "Corso annullato")
