"""From rows to what the engine reads: people only through the projection of `candidates`."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone

from candidates.queries.matching import MatchingProfile, matching_profiles
from employers.models import Vacancy
from matching.engine.features import OccupationFeatures, PersonFeatures, VacancyFeatures
from sportello.reference.enums import LanguageLevel, SkillRelation
from sportello.reference.models import Occupation, OccupationSkill
from sportello.territory.rules import Point, great_circle_km

_LEVELS = {level: number for number, level in enumerate(LanguageLevel.values, start=1)}


def occupation_features(ids: Iterable[UUID]) -> dict[UUID, OccupationFeatures]:
    """Occupations with the skills linked to them; two queries."""
    wanted = set(ids)
    essential: dict[UUID, set[UUID]] = {pk: set() for pk in wanted}
    optional: dict[UUID, set[UUID]] = {pk: set() for pk in wanted}
    links = OccupationSkill.objects.filter(occupation__in=wanted).values_list("occupation_id", "skill_id", "relation")
    for occupation, skill, relation in links.order_by():
        (essential if relation == SkillRelation.ESSENTIAL else optional)[occupation].add(skill)
    codes = Occupation.objects.filter(pk__in=wanted).order_by().values_list("pk", "isco08")
    return {
        pk: OccupationFeatures(pk, isco08, frozenset(essential[pk]), frozenset(optional[pk])) for pk, isco08 in codes
    }


def vacancy_features(vacancy: Vacancy, occupation: OccupationFeatures) -> VacancyFeatures:
    """What a vacancy asks; three queries unless its requirements are prefetched."""
    skills = list(vacancy.skill_requirements.all())
    return VacancyFeatures(
        id=vacancy.pk,
        occupation=occupation,
        contract_type=vacancy.contract_type_id,
        hours_kind=vacancy.hours_kind,
        essential=tuple(sorted(s.skill_id for s in skills if s.relation == SkillRelation.ESSENTIAL)),
        optional=tuple(sorted(s.skill_id for s in skills if s.relation != SkillRelation.ESSENTIAL)),
        licences=frozenset(licence.pk for licence in vacancy.licences.all()),
        languages={r.language_id: _LEVELS[r.level] for r in vacancy.language_requirements.all()},
        education_eqf=vacancy.education_level.eqf if vacancy.education_level else None,
        years_experience=vacancy.years_experience,
    )


def workplace_point(vacancy: Vacancy) -> Point | None:
    """Where people work: the workplace's own point, else its town's."""
    place = vacancy.workplace
    for spot in (place, place.municipality):
        if spot.latitude is not None and spot.longitude is not None:
            return Point(spot.latitude, spot.longitude)
    return None


def person_features(
    profile: MatchingProfile, occupations: dict[UUID, OccupationFeatures], workplace: Point | None, today: date
) -> PersonFeatures:
    """One person seen from one workplace."""
    return PersonFeatures(
        id=profile.candidate_id,
        occupations=tuple((occupations[pk], years) for pk, years in profile.occupations.items()),
        skills=profile.skills,
        licences=profile.licences,
        languages={pk: _LEVELS[level] for pk, level in profile.languages.items()},
        education_eqf=profile.education_eqf,
        hours_wanted=profile.hours_wanted,
        contract_types=profile.contract_types,
        distance_m=_metres(profile, workplace),
        max_travel_km=profile.max_travel_km,
        may_work=profile.may_work,
        days_since_confirmed=(today - profile.confirmed_on).days,
        waiting_since=profile.waiting_since,
    )


def match_inputs(vacancy: Vacancy) -> tuple[VacancyFeatures, list[PersonFeatures]]:
    """The vacancy and everybody with an open case, as the engine reads them; a fixed number of queries."""
    profiles = matching_profiles()
    ids = {vacancy.occupation_id} | {pk for profile in profiles for pk in profile.occupations}
    occupations = occupation_features(ids)
    workplace, today = workplace_point(vacancy), timezone.localdate()
    people = [person_features(profile, occupations, workplace, today) for profile in profiles]
    return vacancy_features(vacancy, occupations[vacancy.occupation_id]), people


def _metres(profile: MatchingProfile, workplace: Point | None) -> int | None:
    if workplace is None or profile.latitude is None or profile.longitude is None:
        return None
    return round(great_circle_km(Point(profile.latitude, profile.longitude), workplace) * 1000)
