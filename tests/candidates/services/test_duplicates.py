"""Pairs are written once, whoever comes first, and decided once."""

import pytest

from candidates.models import Candidate, DuplicatePair
from candidates.services.duplicates import AlreadyDecided, note_duplicates, say_two_people
from candidates.services.merge import merge_candidates
from candidates.states import DuplicateState
from sportello.accounts.scope import Scope
from tests.support.personas import make_candidate, make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db
BY = Scope.of_process("test")


@pytest.fixture
def people() -> tuple[Candidate, Candidate]:
    desk = make_desk()
    return make_candidate(desk, last_name="Rossi"), make_candidate(desk, last_name="Rossi")


def test_a_pair_is_written_once_from_either_side(people: tuple[Candidate, Candidate]) -> None:
    for person in (*people, *people):
        assert note_duplicates(candidate=person, by=BY) == 1
    assert DuplicatePair.objects.count() == 1
    assert note_duplicates(candidate=make_candidate(last_name="Verdi"), by=BY) == 0


def test_two_people_are_never_asked_again(people: tuple[Candidate, Candidate]) -> None:
    note_duplicates(candidate=people[0], by=BY)
    operator = make_operator()
    said = say_two_people(pair=DuplicatePair.objects.get(), motive="gemelle", by=scope(operator))
    assert (said.state, said.motive, said.decided_by) == (DuplicateState.DIFFERENT, "gemelle", operator)
    assert say_two_people(pair=said, motive="altro", by=BY).motive == "gemelle"
    note_duplicates(candidate=people[1], by=BY)
    assert DuplicatePair.objects.get().state == DuplicateState.DIFFERENT


def test_a_merged_pair_is_not_two_people(people: tuple[Candidate, Candidate]) -> None:
    note_duplicates(candidate=people[0], by=BY)
    merge_candidates(kept=people[0], absorbed=people[1], motive="stessa", by=BY)
    with pytest.raises(AlreadyDecided):
        say_two_people(pair=DuplicatePair.objects.get(), by=BY)
