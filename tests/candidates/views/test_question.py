"""The page where a person asks, and the desk's page of who waits for an answer."""

import pytest
from django.urls import reverse

from candidates.enums import FilePart
from candidates.models import Candidate, Question
from sportello.accounts.models import User
from sportello.core.models import AccessLogEntry
from tests.support.personas import make_candidate, make_case, make_operator, make_user, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

MINE = reverse("my_questions")


@pytest.fixture
def me() -> tuple[User, Candidate]:
    user, desk = make_user(), make_desk()
    return user, make_case(desk, candidate=make_candidate(desk, user=user)).candidate


def ask(person: Candidate, text: str = "Perché non mi avete proposto?") -> Question:
    return Question.objects.create(candidate=person, topic="match", text=text)


def test_a_person_asks_and_finds_the_question_again(me: tuple[User, Candidate]) -> None:
    client = signed_in(me[0])
    assert '<input type="radio" name="topic" value="match"' in client.get(f"{MINE}?su=match").content.decode()
    assert client.get(f"{MINE}?su=match").context["form"].initial == {"topic": "match"}
    page = client.post(MINE, {"topic": "pact", "text": "Quando firmiamo?"}, follow=True).content.decode()
    assert page.count("Quando firmiamo?") == 1
    assert "In attesa di risposta" in page


def test_what_is_wrong_is_said_and_what_was_typed_stays(me: tuple[User, Candidate]) -> None:
    response = signed_in(me[0]).post(MINE, {"topic": "", "text": "Quando firmiamo?"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["topic"])
    assert "Quando firmiamo?</textarea>" in response.content.decode()


def test_too_many_questions_are_told_kindly(me: tuple[User, Candidate]) -> None:
    for _ in range(5):
        ask(me[1])
    response = signed_in(me[0]).post(MINE, {"topic": "pact", "text": "E adesso?"})
    assert response.context["form"].non_field_errors() == [
        "Hai già diverse domande in attesa. Se è urgente, chiama lo sportello."
    ]


def test_the_desk_reads_its_own_oldest_first_and_the_reading_is_written(me: tuple[User, Candidate]) -> None:
    desk = make_desk()
    operator = make_operator(desk)
    first, second = ask(make_case(desk).candidate), ask(make_case(desk).candidate)
    ask(me[1])
    client = signed_in(operator)
    html, _cost = asked(client, reverse("questions"))
    assert html.index(str(first.candidate)) < html.index(str(second.candidate))
    assert str(me[1]) not in html
    assert set(AccessLogEntry.objects.values_list("subject_id", "part")) == {
        (first.candidate_id, FilePart.QUESTION),
        (second.candidate_id, FilePart.QUESTION),
    }


def test_the_list_costs_the_same_with_one_and_three() -> None:
    desk = make_desk()
    client = signed_in(make_operator(desk))
    costs = []
    for more in (1, 2):
        for _ in range(more):
            ask(make_case(desk).candidate)
        costs.append(asked(client, reverse("questions"))[1])
    assert costs[0] == costs[1] <= 10


def test_an_operator_answers(me: tuple[User, Candidate]) -> None:
    desk = me[1].cases.get().desk
    question = ask(me[1])
    client = signed_in(make_operator(desk))
    url = reverse("answer_question", kwargs={"question": question.pk})
    assert client.post(url, {"answer": ""}).status_code == 422
    assert client.post(url, {"answer": "Per la distanza."}).status_code == 302
    assert "Per la distanza." in signed_in(me[0]).get(MINE).content.decode()
    assert client.get(url).status_code == 404
