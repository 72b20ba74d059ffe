"""The jobs that suit one person."""

import pytest
from django.conf import settings

from candidates.models import Candidate, Case, DesiredOccupation, Profile
from employers.models import Vacancy
from matching.engine.constraints import Rule
from matching.engine.scoring import WEIGHTS
from matching.engine.segment import NoSegmentError
from matching.queries.features import read_people, read_vacancies, read_vocabulary
from matching.queries.openings import Advice, HeldBack, Lacking, Openings, explained, openings_for, rank_openings
from matching.services.referral import refer
from matching.services.run import run_match
from matching.services.segment import build_segment
from matching.states import ReferralState
from sportello.accounts.scope import Scope
from sportello.reference.models import Skill
from tests.support.employers import make_occupation, make_skill, make_vacancy
from tests.support.matching import make_person
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def wanting(vacancy: Vacancy, years: int = 3) -> Candidate:
    person = make_person(vacancy)
    DesiredOccupation.objects.create(candidate=person, occupation=vacancy.occupation, years=years)
    return person


def lacking(skill: Skill) -> Lacking:
    return Lacking(skill.pk, skill.label)


def openings(person: Candidate) -> Openings:
    build_segment()
    found = openings_for(person)
    assert found is not None
    return found


def test_the_jobs_of_another_kind_are_not_shown_and_the_best_come_first() -> None:
    skill = make_skill()
    occupation = make_occupation(isco08="4321", skills=[skill])
    vacancy = make_vacancy(occupation=occupation)
    asks_more = make_vacancy(occupation=occupation, skills=[skill], desk=vacancy.desk)
    make_vacancy(occupation=make_occupation(isco08="9333"))
    make_vacancy(occupation=occupation, state="draft")
    found = openings(wanting(vacancy))
    assert [fit.vacancy.id for fit in found.fits] == [vacancy.pk, asks_more.pk]
    assert found.fits[0].score > found.fits[1].score
    assert (found.is_told, found.held_back) == (True, [])


def test_both_ways_give_the_same_number() -> None:
    vacancy = make_vacancy(skills=[make_skill(), make_skill()])
    person = wanting(vacancy)
    ((proposed, score),) = run_match(vacancy=vacancy, by=BY).proposals.values_list("candidate_id", "score")
    assert [(person.pk, fit.score) for fit in openings(person).fits] == [(proposed, score)]


def test_what_a_rule_keeps_out_is_counted_by_the_rule() -> None:
    vacancy = make_vacancy()
    person = wanting(vacancy)
    Profile.objects.filter(candidate=person).update(hours_wanted="part_time")
    found = openings(person)
    assert (found.fits, found.held_back) == ([], [HeldBack(Rule.HOURS, 1)])
    assert str(found.held_back[0].own_label) == "Hanno un orario diverso da quello che cerchi"
    assert str(found.held_back[0].label) == "Cerca un orario diverso"


def test_the_week_is_told_part_by_part_and_silence_is_said() -> None:
    vacancy = make_vacancy(bands=["1-morning", "6-morning", "7-night"])
    make_vacancy(occupation=vacancy.occupation, desk=vacancy.desk, bands=["6-night"])
    person = wanting(vacancy)
    silent = openings(person)
    assert [row.is_week_unknown for row in explained(silent, silent.fits)[0]] == [True, True]
    person.availability.create(weekday=1, band="morning")
    found = openings(person)
    lacking = (("sabato", "mattina, notte"), ("domenica", "notte"))
    assert (found.fits, found.held_back) == ([], [HeldBack(Rule.WEEK, 2, lacking)])
    Vacancy.objects.filter(pk=vacancy.pk).update(bands=["1-morning"])
    told = openings(person)
    assert [row.is_week_unknown for row in explained(told, told.fits)[0]] == [False]


def test_who_told_no_work_and_who_is_not_followed() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    found = openings(person)
    assert (found.is_told, found.fits) == (False, [])
    Case.objects.filter(candidate=person).delete()
    assert openings_for(person) is None


def test_without_columns_it_says_so() -> None:
    assert not settings.MATCHING_DIR.exists()
    with pytest.raises(NoSegmentError):
        openings_for(make_person(make_vacancy()))


def test_each_is_explained_with_what_lacks_and_what_would_open_more() -> None:
    common, rare = make_skill(), make_skill()
    first = make_vacancy(skills=[common, rare])
    second = make_vacancy(occupation=first.occupation, skills=[common], desk=first.desk)
    useful = make_skill()
    second.skill_requirements.create(skill=useful, relation="optional")
    person = wanting(first)
    refer(vacancy=second, candidate=person, by=BY)
    found = openings(person)
    rows, advised = explained(found, found.fits)
    by_vacancy = {row.vacancy.pk: row for row in rows}
    assert set(by_vacancy[first.pk].missing) == {lacking(common), lacking(rare)}
    assert (by_vacancy[second.pk].missing, by_vacancy[second.pk].useful) == (
        (lacking(common),),
        (lacking(useful),),
    )
    assert [by_vacancy[pk].referral_state for pk in (first.pk, second.pk)] == [None, ReferralState.CONSENT_ASKED]
    assert [sum(segment.points for segment in row.segments) for row in rows] == [row.points for row in rows]
    assert [row.score for row in rows] == [row.points // 1000 for row in rows]
    assert advised == [Advice(lacking(common), 2), Advice(lacking(rare), 1)]


def test_the_page_costs_the_same_for_one_and_three() -> None:
    vacancy = make_vacancy(skills=[make_skill()])
    person = wanting(vacancy)
    costs = []
    for more in (0, 2):
        for _ in range(more):
            make_vacancy(occupation=vacancy.occupation, skills=[make_skill()], desk=vacancy.desk)
        build_segment()
        with queries_of() as asked:
            found = openings_for(person)
            assert found is not None
            rows, _advised = explained(found, found.fits)
        costs.append((len(rows), len(asked)))
    assert costs == [(1, 4), (3, 4)]


def test_the_order_is_of_the_score_then_as_given() -> None:
    vacancy = make_vacancy()
    others = [make_vacancy(occupation=vacancy.occupation, desk=vacancy.desk) for _ in range(2)]
    (person,) = read_people([wanting(vacancy).pk])
    fits = rank_openings(person, read_vacancies(Vacancy.objects.published()), read_vocabulary(), WEIGHTS)
    assert [fit.vacancy.id for fit in fits if fit.score == fits[0].score][:1] == [fits[0].vacancy.id]
    assert {fit.vacancy.id for fit in fits} == {vacancy.pk, *(other.pk for other in others)}
    assert [fit.score for fit in fits] == sorted((fit.score for fit in fits), reverse=True)
