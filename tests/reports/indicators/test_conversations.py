"""Conversations by the way in which they were held, against a register counted by hand and a naive reader."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.enums import ContactChannel
from candidates.models import Candidate
from reports.indicators import cells_of
from reports.indicators.conversations import AFAR, CONVERSATIONS
from reports.protect import Cell
from sportello.territory.enums import Sex
from tests.support.reports import Register, contact, counts_in, outcomes_in

pytestmark = pytest.mark.django_db

START, END = date(2026, 1, 1), date(2026, 6, 30)


def test_conversations_count_each_time_by_their_way() -> None:
    register = Register()
    anna, berta = register.people(2, Sex.FEMALE)
    for person, day, channel in (
        (anna, START, "in_person"),
        (anna, START, "phone"),
        (anna, END, "phone"),
        (berta, END, "email"),
        (berta, END + timedelta(days=1), "email"),
    ):
        contact(register, person, day, ContactChannel(channel))
    counts = counts_in(register)
    assert counts[Cell("conversations")] == 4
    assert outcomes_in(counts, "conversations") == {"in_person": 1, "afar": 3}
    assert outcomes_in(counts, "conversations", "step") == {"phone": 2, "video": 0, "email": 1}


@pytest.fixture
def six() -> tuple[Register, list[Candidate]]:
    register = Register()
    return register, register.people(6, Sex.FEMALE)


held = st.tuples(st.integers(0, 5), st.integers(-20, 200), st.sampled_from(list(ContactChannel)))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(held, max_size=10))
def test_the_database_counts_conversations_as_a_naive_reader_does(
    six: tuple[Register, list[Candidate]], drawn: list[tuple[int, int, ContactChannel]]
) -> None:
    register, people = six
    with transaction.atomic():
        for person, offset, channel in drawn:
            contact(register, people[person], START + timedelta(days=offset), channel)
        counts = counts_in(register, "conversations")
        transaction.set_rollback(True)
    within = [channel for _person, offset, channel in drawn if START <= START + timedelta(days=offset) <= END]
    ways = Counter(channel.value for channel in within)
    assert outcomes_in(counts, "conversations", "step") == {way: ways[way] for way in AFAR}
    assert outcomes_in(counts, "conversations") == {
        "in_person": ways["in_person"],
        "afar": ways.total() - ways["in_person"],
    }


def test_the_shares_of_the_ways_make_up_all_conversations() -> None:
    _all, *shares = CONVERSATIONS
    ways = [(Cell("conversations", "outcome", "in_person"),), *((Cell("conversations", "step", way),) for way in AFAR)]
    assert [cells_of(share)[0] for share in shares] == ways
    assert {cells_of(share)[1] for share in shares} == {(Cell("conversations"),)}
