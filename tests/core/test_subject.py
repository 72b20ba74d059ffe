"""What is kept about a person is found by its foreign keys, told by the catalogue, and goes or stays by it."""

from datetime import date

import pytest
from django.apps import apps
from django.db import models

from candidates.models import Candidate, Case, Contact, PlannedAction, ServicePact
from matching.models import Placement
from sportello.accounts.models import User
from sportello.core.catalogue import is_counted
from sportello.core.subject import ERASED, copy_of, erase_rows, holdings
from tests.support.personas import make_case, make_operator
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_a_table_is_found_by_its_shortest_ways() -> None:
    found = {holding.model: holding.paths for holding in holdings(Candidate)}
    assert (found[Contact], found[ServicePact], found[PlannedAction]) == (
        ("candidate",),
        ("case__candidate",),
        ("pact__case__candidate",),
    )
    assert Candidate not in found


def test_a_table_that_names_two_people_is_about_both() -> None:
    found = {holding.model: holding.paths for holding in holdings(User)}
    assert found[Placement] == ("declared_by", "verified_by")


def test_nothing_that_is_counted_hangs_from_what_is_deleted() -> None:
    """Deleting a row takes those with it that hang from it."""
    held = {holding.model for holding in holdings(Candidate)}
    torn = [
        f"{child._meta.label}.{field.name}"
        for child in held
        if is_counted(child)
        for field in child._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model in held
        and not is_counted(field.related_model)
        and field.remote_field.on_delete is models.CASCADE
    ]
    assert torn == []


def test_a_copy_tells_in_words_what_is_personal() -> None:
    desk = make_desk()
    case = make_case(desk, operator=make_operator(desk), opened_on=date(2026, 3, 9))
    (told,) = copy_of(case.candidate, account=User)["candidates.Case"]
    assert told == {
        "desk": str(desk),
        "residence": str(case.residence),
        "state": "In carico",
        "opened_on": "2026-03-09",
    }


def test_words_go_and_days_stay() -> None:
    desk = make_desk()
    person = make_case(desk).candidate
    talk = Contact.objects.create(
        candidate=person, desk=desk, residence=person.residence, channel="phone", happened_on=date(2026, 4, 1),
        reason="Chiamata", note="",
    )  # fmt: skip
    erase_rows(person)
    talk.refresh_from_db()
    assert (talk.happened_on, talk.channel, talk.reason, talk.note) == (date(2026, 4, 1), "phone", ERASED, "")
    assert Case.objects.filter(candidate=person).exists()


def test_the_past_is_forgotten_with_the_words() -> None:
    person = make_case(make_desk()).candidate
    versions = apps.get_model("candidates.CaseEvent")
    assert versions.objects.filter(candidate=person).exists()
    erase_rows(person)
    assert not versions.objects.filter(candidate=person).exists()
