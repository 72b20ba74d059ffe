"""The pages of records that look alike."""

import pytest
from django.urls import reverse

from candidates.models import Candidate, DuplicatePair, Merge
from candidates.states import DuplicateState
from sportello.accounts.models import User
from sportello.core.models import AccessLogEntry
from sportello.territory.models import Desk
from tests.support.personas import make_candidate, make_case, make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db
LIST = reverse("duplicates")


@pytest.fixture
def desk() -> Desk:
    return make_desk(phone="02 1234567")


@pytest.fixture
def operator(desk: Desk) -> User:
    return make_operator(desk)


def make_pair(desk: Desk) -> DuplicatePair:
    return DuplicatePair.objects.create(first=make_candidate(desk), second=make_candidate(desk), ground="name")


def page_of(pair: DuplicatePair) -> str:
    return reverse("duplicate_pair", kwargs={"pair": pair.pk})


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_whatever_its_length(desk: Desk, operator: User, number: int) -> None:
    pairs = [make_pair(desk) for _ in range(number)]
    page, queries = asked(signed_in(operator), LIST)
    assert queries <= 10
    assert [page_of(pair) in page for pair in pairs] == [True] * number


def test_two_records_become_one_and_part_again(desk: Desk, operator: User) -> None:
    pair, client = make_pair(desk), signed_in(operator)
    page, queries = asked(client, page_of(pair))
    assert queries <= 10
    assert str(pair.first) in page
    answer = client.post(page_of(pair), {"kept": str(pair.second_id), "motive": "stesso documento"}, follow=True)
    assert "Le due schede sono una sola" in answer.content.decode()
    merge = Merge.objects.get()
    assert (merge.kept, merge.absorbed, merge.merged_by) == (pair.second, pair.first, operator)
    file = client.get(reverse("case_file", kwargs={"candidate": merge.absorbed_id}))
    assert file.status_code == 404
    undo = reverse("undo_merge", kwargs={"merge": merge.pk})
    page, queries = asked(client, undo)
    assert queries <= 10
    assert client.post(undo, {"motive": ""}).status_code == 422
    assert "di nuovo due" in client.post(undo, {"motive": "sorelle"}, follow=True).content.decode()
    assert client.get(undo).status_code == 404
    assert not Candidate.objects.filter(absorbed_into__isnull=False).exists()


def test_merge_and_parting_stand_in_the_timeline(desk: Desk, operator: User) -> None:
    pair, client = make_pair(desk), signed_in(operator)
    make_case(desk, candidate=pair.first, operator=operator)
    client.post(page_of(pair), {"kept": str(pair.first_id), "motive": "stesso documento"})
    file = reverse("case_file", kwargs={"candidate": pair.first_id})
    page = client.get(file).content.decode()
    assert "Due schede unite in una" in page
    assert "stesso documento" in page
    client.post(reverse("undo_merge", kwargs={"merge": Merge.objects.get().pk}), {"motive": "sorelle"})
    page = client.get(file).content.decode()
    assert "Unione di schede annullata" in page
    assert "sorelle" in page


def test_what_must_be_settled_first_is_told_on_the_page(desk: Desk, operator: User) -> None:
    pair = make_pair(desk)
    for person in (pair.first, pair.second):
        make_case(desk, candidate=person)
    answer = signed_in(operator).post(page_of(pair), {"kept": str(pair.first_id), "motive": "stessa"})
    assert answer.status_code == 422
    assert "chiudine prima una" in answer.content.decode()


def test_two_people_leave_the_list(desk: Desk, operator: User) -> None:
    pair, client = make_pair(desk), signed_in(operator)
    answer = client.post(reverse("two_people", kwargs={"pair": pair.pk}), follow=True)
    assert "Nessuna scheda doppia da controllare." in answer.content.decode()
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == (DuplicateState.DIFFERENT, operator)


def test_a_person_of_another_desk_is_not_named_to_an_operator(desk: Desk, operator: User) -> None:
    other = make_desk(name="Sportello di Lodi", phone="0371 99")
    pair = DuplicatePair.objects.create(
        first=make_candidate(desk), second=make_candidate(other, last_name="Segreta"), ground="name"
    )
    page = signed_in(operator).get(LIST).content.decode()
    assert "Segreta" not in page
    assert "chiama Sportello di Lodi" in page
    assert "0371 99" in page
    assert signed_in(operator).get(page_of(pair)).status_code == 404


def test_who_is_named_reads_it(desk: Desk, operator: User) -> None:
    pair = make_pair(desk)
    signed_in(operator).get(page_of(pair))
    lines = AccessLogEntry.objects.values_list("subject_id", "part", "purpose").order_by("subject_id")
    assert list(lines) == sorted((pk, "identity", "duplicate") for pk in (pair.first_id, pair.second_id))
