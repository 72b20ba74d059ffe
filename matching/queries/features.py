"""From rows to what the engine reads: people only through the projection of `candidates`."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg, JSONBAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat, JSONObject

from candidates.queries.matching import MatchingProfile, matching_profiles
from employers.models import Vacancy, VacancyLanguage, VacancySkill
from employers.models.vacancy import VacancyQuerySet
from matching.engine.features import OccupationFeatures, PersonFeatures, Point, VacancyFeatures
from matching.engine.vocabulary import Vocabulary, make_vocabulary
from sportello.core.db import gathered
from sportello.reference.enums import LanguageLevel, SkillRelation
from sportello.reference.models import (
    ContractType,
    DrivingLicence,
    Language,
    Occupation,
    OccupationSkill,
    Skill,
    TaxonomyVersion,
)

_LEVELS = {level: number for number, level in enumerate(LanguageLevel.values, start=1)}


def read_vocabulary() -> Vocabulary:
    """Every word of today, numbered and weighed; six queries."""
    links: dict[UUID, dict[UUID, str]] = {}
    for occupation, skill, relation in OccupationSkill.objects.order_by().values_list(
        "occupation_id", "skill_id", "relation"
    ):
        links.setdefault(occupation, {})[skill] = relation
    return make_vocabulary(
        [
            _occupation(pk, isco08, links.get(pk, {}))
            for pk, isco08 in Occupation.objects.order_by().values_list("pk", "isco08")
        ],
        skills=Skill.objects.order_by().values_list("pk", flat=True),
        languages=Language.objects.order_by().values_list("pk", flat=True),
        licences=DrivingLicence.objects.order_by().values_list("pk", flat=True),
        contracts=ContractType.objects.order_by().values_list("pk", flat=True),
    )


def taxonomy() -> str:
    """The editions in use, by name; one query."""
    return told_taxonomy(_editions())


def taxonomy_beside() -> ArraySubquery:
    """The same to be read beside another row, for `told_taxonomy`."""
    return ArraySubquery(_editions())


def told_taxonomy(editions: Iterable[str]) -> str:
    """The editions as a segment names them."""
    return ", ".join(editions)


def _editions() -> QuerySet[TaxonomyVersion, str]:
    current = TaxonomyVersion.objects.filter(is_current=True).order_by("source", "version")
    return current.values_list(Concat("source", Value(" "), "version", output_field=TextField()), flat=True)


def read_people(ids: Iterable[UUID] | None = None) -> list[PersonFeatures]:
    """The people with an open case (or those named, among them) as they are now; one query."""
    return [person_features(profile) for profile in matching_profiles(ids)]


def person_features(profile: MatchingProfile) -> PersonFeatures:
    """One person as the engine sees them."""
    return PersonFeatures(
        id=profile.candidate_id,
        occupations=tuple(profile.occupations.items()),
        skills=profile.skills,
        licences=profile.licences,
        languages={pk: _LEVELS[level] for pk, level in profile.languages.items()},
        education_eqf=profile.education_eqf,
        hours_wanted=profile.hours_wanted,
        contract_types=profile.contract_types,
        windows=profile.windows,
        point=_point(profile.latitude, profile.longitude),
        max_travel_km=profile.max_travel_km,
        may_work=profile.may_work,
        confirmed_on=profile.confirmed_on,
        waiting_since=profile.waiting_since,
    )


def vacancy_features(vacancy: Vacancy) -> VacancyFeatures:
    """What a vacancy asks; three queries unless its requirements are prefetched."""
    skills = list(vacancy.skill_requirements.all())
    return VacancyFeatures(
        id=vacancy.pk,
        occupation=vacancy.occupation_id,
        contract_type=vacancy.contract_type_id,
        hours_kind=vacancy.hours_kind,
        bands=frozenset(vacancy.bands),
        essential=tuple(sorted(s.skill_id for s in skills if s.relation == SkillRelation.ESSENTIAL)),
        optional=tuple(sorted(s.skill_id for s in skills if s.relation != SkillRelation.ESSENTIAL)),
        licences=frozenset(licence.pk for licence in vacancy.licences.all()),
        languages={r.language_id: _LEVELS[r.level] for r in vacancy.language_requirements.all()},
        education_eqf=vacancy.education_level.eqf if vacancy.education_level else None,
        years_experience=vacancy.years_experience,
        point=workplace_point(vacancy),
    )


def read_vacancies(vacancies: VacancyQuerySet) -> list[VacancyFeatures]:
    """What each vacancy asks, in the order of their numbers; one query."""
    rows = vacancies.order_by("number").values_list(
        "pk",
        "occupation_id",
        "contract_type_id",
        "hours_kind",
        "bands",
        gathered(VacancySkill, "vacancy", JSONBAgg(JSONObject(id="skill_id", relation="relation"))),
        gathered(Vacancy.licences.through, "vacancy", ArrayAgg("drivinglicence_id")),
        gathered(VacancyLanguage, "vacancy", JSONBAgg(JSONObject(id="language_id", level="level"))),
        "education_level__eqf",
        "years_experience",
        "workplace__latitude",
        "workplace__longitude",
        "workplace__municipality__latitude",
        "workplace__municipality__longitude",
    )
    return [
        VacancyFeatures(
            id=pk,
            occupation=occupation,
            contract_type=contract_type,
            hours_kind=hours_kind,
            bands=frozenset(bands),
            essential=_skills(skills, essential=True),
            optional=_skills(skills, essential=False),
            licences=frozenset(licences or ()),
            languages={UUID(item["id"]): _LEVELS[item["level"]] for item in languages or ()},
            education_eqf=eqf,
            years_experience=years,
            point=_point(*own) or _point(*town),
        )
        for pk, occupation, contract_type, hours_kind, bands, skills, licences, languages, eqf, years, *points in rows
        for own, town in [(points[:2], points[2:])]
    ]


def workplace_point(vacancy: Vacancy) -> Point | None:
    """Where people work: the workplace's own point, else its town's."""
    place = vacancy.workplace
    points = (_point(spot.latitude, spot.longitude) for spot in (place, place.municipality))
    return next((point for point in points if point), None)


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    return None if latitude is None or longitude is None else (latitude, longitude)


def _occupation(pk: UUID, isco08: str, links: dict[UUID, str]) -> OccupationFeatures:
    essential = frozenset(skill for skill, relation in links.items() if relation == SkillRelation.ESSENTIAL)
    return OccupationFeatures(pk, isco08, essential, frozenset(links) - essential)


def _skills(asked: list[dict[str, str]] | None, *, essential: bool) -> tuple[UUID, ...]:
    return tuple(
        sorted(UUID(item["id"]) for item in asked or () if (item["relation"] == SkillRelation.ESSENTIAL) == essential)
    )
