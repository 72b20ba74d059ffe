"""Why a score is what it is, item by item, in ids that a page turns into words."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from matching.engine.constraints import WEEK
from matching.engine.features import PersonFeatures, VacancyFeatures
from matching.engine.scoring import FULL, Component, Part, Scored


@dataclass(frozen=True)
class Item:
    """One part: what was asked and found (ids as text, or numbers), what lacks, points of the maximum."""

    part: str
    points: int
    maximum: int
    known: bool
    asked: list[str]
    found: list[str]
    missing: list[str]


@dataclass(frozen=True)
class Week:
    """The parts of the week (`constraints.WEEK`) that the job asks for and those that the person has not; `known` is False when the
    person has not said when they can work: nothing lacks then, and nothing agrees."""

    asked: list[str]
    missing: list[str]
    known: bool


@dataclass(frozen=True)
class Explanation:
    """The whole answer; requirements are what the ad asks for: skills, licences, languages, title, years."""

    items: list[Item]
    week: Week
    requirements_met: int
    requirements_asked: int
    excluded_by: str | None
    distance_m: int | None
    waiting_since: str

    def as_json(self) -> dict[str, Any]:
        """For the row of the proposal."""
        return asdict(self)


def explain(scored: Scored) -> Explanation:
    """Account for every part; `missing` of an item is what would raise it."""
    items = [_item(component, scored) for component in scored.components]
    by_part = {component.part: component for component in scored.components}
    asked, met = _requirements(scored.vacancy, scored.person, by_part)
    return Explanation(
        items=items,
        week=week_of(scored.vacancy, scored.person),
        requirements_met=met,
        requirements_asked=asked,
        excluded_by=scored.excluded_by.value if scored.excluded_by else None,
        distance_m=scored.distance_m,
        waiting_since=scored.person.waiting_since.isoformat(),
    )


def week_of(vacancy: VacancyFeatures, person: PersonFeatures) -> Week:
    """When one works beside when the person can, part by part."""
    lacking = vacancy.bands - person.windows if person.windows else ()
    return Week(
        asked=[part for part in WEEK if part in vacancy.bands],
        missing=[part for part in WEEK if part in lacking],
        known=bool(person.windows),
    )


def _item(component: Component, scored: Scored) -> Item:
    asked, found, missing = _facts(component.part, scored)
    return Item(
        part=component.part.value,
        points=component.points,
        maximum=component.maximum,
        known=component.known,
        asked=asked,
        found=found,
        missing=missing,
    )


def _facts(part: Part, scored: Scored) -> tuple[list[str], list[str], list[str]]:
    """What the part asks, what the person brings to it, what lacks."""
    vacancy, person = scored.vacancy, scored.person
    spoken = frozenset(pk for pk, level in vacancy.languages.items() if person.languages.get(pk, 0) >= level)
    years = sum(years for _, years in person.occupations)
    facts: dict[Part, tuple[list[str], list[str], list[str]]] = {
        Part.OCCUPATION: ([str(vacancy.occupation)], [str(pk) for pk, _ in person.occupations], []),
        Part.ESSENTIAL: _split(vacancy.essential, person.skills),
        Part.OPTIONAL: _split(vacancy.optional, person.skills),
        Part.EXPERIENCE: ([str(vacancy.years_experience)], [str(years)], []),
        Part.LANGUAGES: _split(tuple(vacancy.languages), spoken),
        Part.EDUCATION: (_number(vacancy.education_eqf), _number(person.education_eqf), []),
        Part.DISTANCE: ([str(person.max_travel_km)], _number(scored.distance_m), []),
        Part.RECENCY: ([], [person.confirmed_on.isoformat()], []),
    }
    return facts[part]


def _requirements(vacancy: VacancyFeatures, person: PersonFeatures, by_part: dict[Part, Component]) -> tuple[int, int]:
    """How many things the ad demands and how many the person has."""
    asked = len(vacancy.essential) + len(vacancy.licences) + len(vacancy.languages)
    met = sum(skill in person.skills for skill in vacancy.essential)
    met += len(vacancy.licences & person.licences)
    met += sum(person.languages.get(language, 0) >= level for language, level in vacancy.languages.items())
    if vacancy.education_eqf is not None:
        asked += 1
        met += person.education_eqf is not None and person.education_eqf >= vacancy.education_eqf
    if vacancy.years_experience:
        asked += 1
        met += by_part[Part.EXPERIENCE].value == FULL
    return asked, met


def _split(asked: tuple[UUID, ...], held: frozenset[UUID]) -> tuple[list[str], list[str], list[str]]:
    return (
        [str(pk) for pk in asked],
        [str(pk) for pk in asked if pk in held],
        [str(pk) for pk in asked if pk not in held],
    )


def _number(value: int | None) -> list[str]:
    return [] if value is None else [str(value)]
