"""Questions about a name, and which answer may follow which."""

from itertools import product

import pytest
from django.apps import apps

from candidates.models import DisclosureRequest
from candidates.services.disclosure import NotAllowed, answer_disclosure, ask_anew, ask_disclosure
from candidates.states import DISCLOSURE_TRANSITIONS, DisclosureState
from sportello.accounts.scope import Scope
from tests.support.personas import make_candidate
from tests.support.territory import make_organisation

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def test_asked_twice_it_is_the_same_question() -> None:
    person, body = make_candidate(), make_organisation()
    first, again = (ask_disclosure(candidate=person, organisation=body, regarding="OL-000001", by=BY) for _ in range(2))
    other = ask_disclosure(candidate=person, organisation=body, regarding="OL-000002", by=BY)
    assert (first, first.state) == (again, DisclosureState.ASKED)
    assert set(DisclosureRequest.objects.all()) == {first, other}


@pytest.mark.parametrize(("before", "after"), [*product(DisclosureState, DisclosureState)])
def test_an_answer_follows_only_where_the_states_allow(before: DisclosureState, after: DisclosureState) -> None:
    request = DisclosureRequest.objects.create(
        candidate=make_candidate(),
        organisation=make_organisation(),
        state=before,
        answered_at=None if before == DisclosureState.ASKED else "2026-01-02T10:00Z",
    )
    if after in DISCLOSURE_TRANSITIONS[before]:
        answered = answer_disclosure(request=request, state=after, by=BY)
        assert (answered.state, answered.answered_by) == (after, BY.actor_label)
    else:
        with pytest.raises(NotAllowed):
            answer_disclosure(request=request, state=after, by=BY)
        request.refresh_from_db()
        assert request.state == before


def test_another_body_is_not_answered_yet_and_the_history_keeps_the_yes() -> None:
    request = ask_disclosure(candidate=make_candidate(), organisation=make_organisation(), regarding="OL-1", by=BY)
    answer_disclosure(request=request, state=DisclosureState.GRANTED, by=BY)
    body = make_organisation()
    asked = ask_anew(request=request, organisation=body, by=BY)
    assert (asked.organisation, asked.state, asked.answered_at, asked.answered_by) == (
        body,
        DisclosureState.ASKED,
        None,
        "",
    )
    history = apps.get_model("candidates", "DisclosureRequestEvent")
    states = history._base_manager.filter(pgh_obj_id=request.pk).order_by("pgh_id").values_list("state", flat=True)
    assert list(states) == [DisclosureState.ASKED, DisclosureState.GRANTED, DisclosureState.ASKED]
