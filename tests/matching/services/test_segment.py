"""The columns follow the database, however people change."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import time_machine
from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from candidates.models import (
    AvailabilityWindow,
    Candidate,
    Case,
    DesiredOccupation,
    LanguageSkill,
    Profile,
    SkillStatement,
)
from employers.models import Vacancy
from matching.engine.columns import people_columns, person_id
from matching.engine.scoring import Pool, Ranking, make_pool, rank_people
from matching.models import ChangedPerson
from matching.queries.features import read_people, read_vocabulary, vacancy_features
from matching.queries.pool import current_pool
from matching.services.segment import build_segment, forget_changes, ready_pool, request_segment
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.models import Job
from sportello.reference.models import DrivingLicence, Language, Occupation, Skill
from tests.matching.services.test_run import make_crowd
from tests.support.employers import make_contract_type, make_occupation, make_skill
from tests.support.personas import make_case
from tests.support.races import while_it_waits
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db


def ranking(pool: Pool, vacancy: Vacancy) -> Ranking:
    return rank_people(pool, vacancy_features(vacancy), today=timezone.localdate(), most=100, most_excluded=100)


def from_the_rows(vacancy: Vacancy) -> Ranking:
    """As if the columns were made now."""
    vocabulary = read_vocabulary()
    return ranking(make_pool(vocabulary, people_columns(read_people(), vocabulary), [], []), vacancy)


def anew(model: type[Model], **row: object) -> None:
    """Written, be it there already or not."""
    model._default_manager.filter(**row).delete()
    model._default_manager.create(**row)


def edits(random: Random) -> list[Callable[[Candidate], object]]:
    """Everything that the projection reads, each written in one way."""
    skills, jobs = list(Skill.objects.all()), list(Occupation.objects.all())
    licence, _ = DrivingLicence.objects.get_or_create(code="B", defaults={"label": "B", "position": 1})
    language, _ = Language.objects.get_or_create(code="xx", defaults={"label": "prova", "position": 900})
    town, contract = make_municipality(latitude=45.6, longitude=9.1), make_contract_type()
    return [
        lambda who: SkillStatement.objects.filter(candidate=who).delete(),
        lambda who: anew(SkillStatement, candidate=who, skill=random.choice(skills)),
        lambda who: DesiredOccupation.objects.filter(candidate=who).update(years=random.randrange(30)),
        lambda who: anew(DesiredOccupation, candidate=who, occupation=random.choice(jobs)),
        lambda who: anew(LanguageSkill, candidate=who, language=language, level="B1"),
        lambda who: Profile.objects.filter(candidate=who).update(hours_wanted=random.choice(["any", "part_time"])),
        lambda who: anew(AvailabilityWindow, candidate=who, weekday=random.randint(1, 2), band="morning"),
        lambda who: who.availability.exclude(
            weekday__in=who.availability.filter(band="night").values("weekday")
        ).update(band="night"),
        lambda who: who.availability.all().delete(),
        lambda who: Profile.objects.filter(candidate=who).update(work_permit_until="2020-01-01"),
        lambda who: who.profile.licences.add(licence),
        lambda who: who.profile.contract_types.set([] if who.profile.contract_types.exists() else [contract]),
        lambda who: Candidate.objects.filter(pk=who.pk).update(domicile=town),
        lambda who: Candidate.objects.filter(pk=who.pk).update(confirmed_at=timezone.now() - timedelta(days=100)),
        lambda who: Candidate.objects.filter(pk=who.pk).update(erased_at=timezone.now()),
        lambda who: Case.objects.filter(candidate=who).update(
            state="closed", closed_on=timezone.localdate(), closing="placed"
        ),
        lambda who: make_case(make_desk()),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_a_segment_with_later_changes_is_a_segment_made_now(seed: int) -> None:
    random = Random(seed)
    vacancy = make_crowd(make_desk(), 20, seed=seed)
    todo = edits(random)
    build_segment()
    stored = current_pool()
    everybody = list(Candidate.objects.select_related("profile").order_by("pk"))
    for edit in todo * 2:
        edit(random.choice(everybody))
    current = current_pool()
    assert current.segment == stored.segment
    assert ranking(current.pool, vacancy) == from_the_rows(vacancy) != ranking(stored.pool, vacancy)


def test_each_kind_of_edit_is_noted() -> None:
    make_crowd(make_desk(), 2)
    somebody = Candidate.objects.select_related("profile").order_by("pk")[0]
    for number, edit in enumerate(edits(Random(1))[:-1]):
        ChangedPerson.objects.all().delete()
        edit(somebody)
        noted = set(ChangedPerson.objects.values_list("candidate_id", flat=True))
        assert noted == {somebody.pk}, number


def test_a_transaction_that_commits_after_a_later_one_is_not_lost(transactional_db: None) -> None:
    vacancy = make_crowd(make_desk(), 3)
    first, second, _ = Candidate.objects.order_by("pk")
    seen: list[set[object]] = []

    def later_and_sooner() -> None:
        """Begins after `early` and commits before it; the segment is made in between, then this one waits for the first."""
        with audit.acting(Scope.of_process("tests"), "test"):
            Profile.objects.filter(candidate=second).update(max_travel_km=3)
            build_segment()
            Profile.objects.filter(candidate=second).update(max_travel_km=4)
            seen.append(changed())
            Profile.objects.filter(candidate=first).update(max_travel_km=5)

    def early() -> None:
        Profile.objects.filter(candidate=first).update(hours_wanted="part_time")

    while_it_waits(early, later_and_sooner)
    # Before the early one committed only the second person had changed since the segment was made.
    assert seen == [{second.pk}]
    assert changed() == {first.pk, second.pk}
    assert ranking(current_pool().pool, vacancy) == from_the_rows(vacancy)


def changed() -> set[object]:
    pool = current_pool().pool
    return {person.id for person in read_people() if person.id in ids(pool)}


def ids(pool: Pool) -> set[object]:
    return {person_id(pool.fresh, row) for row in range(pool.fresh.size)}


def test_the_first_search_makes_the_segment_and_the_next_uses_it() -> None:
    vacancy = make_crowd(make_desk(), 3)
    wanted = vacancy_features(vacancy)
    first = ready_pool(wanted=wanted)
    assert ready_pool(wanted=wanted).segment == first.segment
    assert first.pool.size == 3


def test_a_corrupt_segment_is_made_anew() -> None:
    make_crowd(make_desk(), 3)
    name = build_segment()
    path: Path = settings.MATCHING_DIR / name / "skill.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    current = ready_pool()
    assert current.segment != name
    assert current.pool.size == 3


def test_a_segment_of_yesterday_is_made_anew() -> None:
    make_crowd(make_desk(), 3)
    name = build_segment()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert ready_pool().segment != name


def test_a_word_newer_than_the_segment_has_it_made_anew() -> None:
    vacancy = make_crowd(make_desk(), 3)
    build_segment()
    vacancy.occupation = make_occupation("mestiere nuovo", isco08="7111")
    wanted = vacancy_features(vacancy)
    current = ready_pool(wanted=wanted)
    assert wanted.occupation in current.pool.vocabulary.occupations
    somebody = Candidate.objects.order_by("pk")[0]
    skill = make_skill()
    SkillStatement.objects.create(candidate=somebody, skill=skill)
    assert skill.pk in ready_pool().pool.vocabulary.skills


def test_changes_are_forgotten_when_no_segment_can_need_them() -> None:
    make_case(make_desk())
    assert ChangedPerson.objects.count() == 1
    assert forget_changes() == 0
    ChangedPerson.objects.update(at=timezone.now() - timedelta(days=3))
    assert forget_changes() == 1


def test_it_is_asked_for_once_while_it_is_being_made() -> None:
    request_segment()
    request_segment()
    assert Job.objects.values_list("path", "key").get() == ("matching.tasks.build_segment", "segment")
