"""Pages cut by their keys."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candidates.models import Candidate
from sportello.core.paging import Pages
from tests.support.personas import make_candidate

pytestmark = pytest.mark.django_db


def test_pages_together_are_the_list_in_its_order() -> None:
    for letter in "dbeac":
        make_candidate(last_name=letter)
    people = Candidate.objects.select_related("residence").order_by("-last_name")
    pages = Pages(people, 2)
    assert [[person.last_name for person in pages.get_page(number)] for number in (1, 2, 3)] == [
        ["e", "d"],
        ["c", "b"],
        ["a"],
    ]


def test_what_a_row_shows_is_joined_for_its_page_alone() -> None:
    for _person in range(3):
        make_candidate()
    with CaptureQueriesContext(connection) as queries:
        [person] = Pages(Candidate.objects.select_related("residence").order_by("last_name"), 2).get_page(2)
        assert person.residence.name
    assert [" JOIN " in query["sql"] for query in queries] == [False, False, True]


def test_an_empty_list_has_one_empty_page() -> None:
    assert list(Pages(Candidate.objects.order_by("last_name"), 2).get_page(9)) == []
