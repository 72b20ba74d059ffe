"""A decision with its reason stays as it was written."""

from typing import Any

import pytest
from django.db import Error, IntegrityError, transaction

from candidates.models import Candidate
from matching.models import Override
from matching.services.run import run_match
from sportello.accounts.scope import Scope
from tests.support.employers import make_vacancy
from tests.support.matching import make_override, make_person
from tests.support.personas import make_operator, scope

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"motive": ""}, "override_knows_why"),
        ({"kind": "set_aside", "reason": "unwilling"}, "who_is_set_aside_was_ranked"),
        ({"rank": 3}, "rank_is_of_a_run"),
        ({"reason": "unwilling"}, "put_forward_for_its_reasons"),
    ],
)
def test_the_database_wants_the_reasons(fields: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_override(**fields)


def test_who_is_set_aside_has_a_reason_for_it() -> None:
    vacancy = make_vacancy()
    run = run_match(vacancy=vacancy, by=Scope.of_process("tests"))
    with pytest.raises(IntegrityError, match="set_aside_for_its_reasons"), transaction.atomic():
        make_override(vacancy, kind="set_aside", rank=3, run=run, reason="accepts")


@pytest.mark.parametrize("change", [{"motive": "altro"}, {"reason": "other"}, {"rule": "hours"}, {"actor_label": "x"}])
def test_nothing_of_it_is_rewritten_but_the_person_passes_to_the_kept_record(change: dict[str, Any]) -> None:
    override = make_override()
    with pytest.raises(Error, match="stays as it was"), transaction.atomic():
        Override.objects.filter(pk=override.pk).update(**change)
    kept = make_person(override.vacancy)
    Override.objects.filter(pk=override.pk).update(candidate=kept)
    assert list(kept.overrides.all()) == [override]


def test_it_goes_with_the_person() -> None:
    override = make_override()
    Candidate.objects.filter(pk=override.candidate_id).delete()
    assert not Override.objects.exists()


def test_operators_see_those_of_people_of_their_desks() -> None:
    override = make_override()
    assert list(Override.objects.visible_to(scope(make_operator(override.vacancy.desk)))) == [override]
    assert list(Override.objects.visible_to(scope(make_operator(make_vacancy().desk)))) == []
