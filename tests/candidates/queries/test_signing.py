"""What waits for a second person, for the person, and what was signed."""

import pytest
from django.http import Http404

from candidates.queries.signing import own_print, own_versions, pact_to_sign, reviews_waiting, signing_page
from candidates.services import signing as service
from candidates.states import ReviewState
from tests.support.pacts import BY, a_case, a_draft, frozen, sign_both
from tests.support.personas import make_operator, scope
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def test_a_draft_waits_for_who_may_judge_it_and_nobody_else() -> None:
    case = a_case(reviews_pacts=True)
    assert case.responsible_operator
    writer, asker, second = scope(case.responsible_operator), make_operator(case.desk), make_operator(case.desk)
    review = service.ask_review(pact=a_draft(case, by=writer), by=scope(asker))
    waiting = [list(reviews_waiting(who)) for who in (writer, scope(asker), scope(second), scope(make_operator()))]
    assert waiting == [[], [], [review], []]
    service.decide_review(review=review, state=ReviewState.SENT_BACK, motive="Corto", by=scope(second))
    assert list(reviews_waiting(scope(second))) == []


def test_only_a_frozen_text_is_there_to_sign() -> None:
    pact = a_draft(a_case())
    person = pact.case.candidate
    assert pact_to_sign(person) is None
    frozen(pact)
    assert pact_to_sign(person) == pact
    a_draft(pact.case, search_acts="Altro")
    assert pact_to_sign(person) is None


def test_versions_and_answers_cost_two_queries() -> None:
    case = a_case(reviews_pacts=False)
    first, second = sign_both(a_draft(case)), sign_both(a_draft(case))
    draft = a_draft(case)
    review = service.ask_review(pact=draft, by=scope(make_operator(case.desk)))
    with queries_of() as queries:
        page = signing_page(case, draft)
    assert (page.versions, page.review) == ([second, first], review)
    assert len(queries) == 2
    a_draft(case, search_acts="Altro")
    assert signing_page(case, draft).review is None


def test_a_print_is_ones_own() -> None:
    mine, other = (service.print_pact(pact=sign_both(a_draft(a_case())), by=BY) for _ in range(2))
    person = mine.case.candidate
    assert own_versions(person) == [mine]
    assert own_print(person, mine.pk) == mine
    with pytest.raises(Http404):
        own_print(person, other.pk)


def test_a_pact_not_yet_printed_has_no_file() -> None:
    pact = sign_both(a_draft(a_case()))
    with pytest.raises(Http404):
        own_print(pact.case.candidate, pact.pk)
