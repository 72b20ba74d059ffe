"""The score: eight parts in integers, so that it is the same on every machine and in both directions."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from math import isqrt
from uuid import UUID

from matching.engine.constraints import Verdict, first_failed
from matching.engine.features import OccupationFeatures, PersonFeatures, VacancyFeatures

ENGINE_VERSION = "1.0"
FULL = 1000
"""A part fully satisfied; nothing asked is fully satisfied."""

EXPERIENCE_PROXIMITY = 650
"""Years count on occupations at least this near: the same ISCO group of four digits."""

FAR_M = 50_000
"""Metres at which nearness is worth nothing; between home and there it falls evenly."""

# Shared leading digits of ISCO-08 -> (base, share of the likeness of skills).
_PROXIMITY = {4: (650, 250), 3: (450, 250), 2: (220, 280), 1: (80, 300), 0: (0, 300)}
# Days since the person confirmed the profile, at most -> points.
_RECENCY = ((30, 1000), (60, 800), (90, 600), (180, 300))
_TIE_KEY = b"sportello-lavoro"


class Part(StrEnum):
    """The eight parts, in the order in which they are shown."""

    OCCUPATION = "occupation"
    ESSENTIAL = "essential"
    OPTIONAL = "optional"
    EXPERIENCE = "experience"
    LANGUAGES = "languages"
    EDUCATION = "education"
    DISTANCE = "distance"
    RECENCY = "recency"


WEIGHTS: dict[Part, int] = {
    Part.OCCUPATION: 30,
    Part.ESSENTIAL: 30,
    Part.OPTIONAL: 8,
    Part.EXPERIENCE: 10,
    Part.LANGUAGES: 7,
    Part.EDUCATION: 5,
    Part.DISTANCE: 7,
    Part.RECENCY: 3,
}
"""Sum 100. A proposal: no outcomes were at hand to fit or to check them."""


@dataclass(frozen=True)
class Component:
    """One part from 0 to 1000; `known` is False when the person told too little, which never counts as agreement."""

    part: Part
    value: int
    known: bool = True

    @property
    def points(self) -> int:
        return WEIGHTS[self.part] * self.value

    @property
    def maximum(self) -> int:
        return WEIGHTS[self.part] * FULL


@dataclass(frozen=True)
class Scored:
    """A person for a vacancy: `score` 0..100000 with its parts, or the rule that excludes them."""

    vacancy: VacancyFeatures
    person: PersonFeatures
    components: tuple[Component, ...]
    excluded_by: Verdict | None

    @property
    def score(self) -> int:
        return sum(component.points for component in self.components)


@lru_cache(maxsize=65_536)
def likeness(a: OccupationFeatures, b: OccupationFeatures) -> int:
    """Cosine of two occupations' skills in permille, essential ones weighing twice the optional; floor, symmetric."""
    weights_a, weights_b = _weights(a), _weights(b)
    dot = sum(weight * weights_b.get(skill, 0) for skill, weight in weights_a.items())
    norms = sum(w * w for w in weights_a.values()) * sum(w * w for w in weights_b.values())
    return isqrt(FULL * FULL * dot * dot // norms) if norms else 0


def proximity(a: OccupationFeatures, b: OccupationFeatures) -> int:
    """How near two occupations are, 0..1000; 1000 only for the same one."""
    if a.id == b.id:
        return FULL
    shared = 0
    for digit_a, digit_b in zip(a.isco08, b.isco08, strict=False):
        if digit_a != digit_b:
            break
        shared += 1
    base, share = _PROXIMITY[min(shared, 4)]
    return base + share * likeness(a, b) // FULL


def evaluate(vacancy: VacancyFeatures, person: PersonFeatures) -> Scored:
    """Weigh one person for one vacancy; the score is given to the excluded too, to say what they miss."""
    nearness = [(proximity(vacancy.occupation, occupation), years) for occupation, years in person.occupations]
    years = sum(years for near, years in nearness if near >= EXPERIENCE_PROXIMITY)
    components = (
        Component(Part.OCCUPATION, max((near for near, _ in nearness), default=0), known=bool(nearness)),
        _share(Part.ESSENTIAL, vacancy.essential, person.skills),
        _share(Part.OPTIONAL, vacancy.optional, person.skills),
        _experience(vacancy.years_experience, years, known=bool(nearness)),
        _languages(vacancy, person),
        _education(vacancy.education_eqf, person.education_eqf),
        _distance(person.distance_m),
        Component(Part.RECENCY, _recency(person.days_since_confirmed)),
    )
    return Scored(vacancy, person, components, first_failed(vacancy, person))


def rank_people(vacancy: VacancyFeatures, people: Iterable[PersonFeatures]) -> list[Scored]:
    """Everybody weighed: the eligible first, each group by score, then longest waiting, then a keyed hash."""
    return sorted((evaluate(vacancy, person) for person in people), key=_order)


def rank_vacancies(pairs: Iterable[tuple[VacancyFeatures, PersonFeatures]]) -> list[Scored]:
    """One person against many vacancies (the person's features hold the distance to each): same numbers, same order."""
    return sorted((evaluate(vacancy, person) for vacancy, person in pairs), key=_order)


def tie_break(vacancy_id: UUID, person_id: UUID) -> bytes:
    """Repeatable and neutral: whoever registered first, or has the smaller id, gains nothing."""
    return blake2b(vacancy_id.bytes + person_id.bytes, digest_size=8, key=_TIE_KEY).digest()


def _order(scored: Scored) -> tuple[bool, int, object, bytes]:
    return (
        scored.excluded_by is not None,
        -scored.score,
        scored.person.waiting_since,
        tie_break(scored.vacancy.id, scored.person.id),
    )


def _weights(occupation: OccupationFeatures) -> dict[UUID, int]:
    return dict.fromkeys(occupation.optional, 1) | dict.fromkeys(occupation.essential, 2)


def _share(part: Part, asked: tuple[UUID, ...], skills: frozenset[UUID]) -> Component:
    if not asked:
        return Component(part, FULL)
    return Component(part, FULL * sum(skill in skills for skill in asked) // len(asked), known=bool(skills))


def _experience(asked: int, years: int, *, known: bool) -> Component:
    if not asked:
        return Component(Part.EXPERIENCE, FULL)
    return Component(Part.EXPERIENCE, min(FULL, FULL * years // asked), known=known)


def _languages(vacancy: VacancyFeatures, person: PersonFeatures) -> Component:
    if not vacancy.languages:
        return Component(Part.LANGUAGES, FULL)
    met = sum(person.languages.get(language, 0) >= level for language, level in vacancy.languages.items())
    return Component(Part.LANGUAGES, FULL * met // len(vacancy.languages), known=bool(person.languages))


def _education(asked: int | None, held: int | None) -> Component:
    if asked is None:
        return Component(Part.EDUCATION, FULL)
    if held is None:
        return Component(Part.EDUCATION, 0, known=False)
    return Component(Part.EDUCATION, FULL if held >= asked else FULL // 2 if held == asked - 1 else 0)


def _distance(metres: int | None) -> Component:
    if metres is None:
        return Component(Part.DISTANCE, 0, known=False)
    return Component(Part.DISTANCE, max(0, FULL - FULL * metres // FAR_M))


def _recency(days: int) -> int:
    return next((points for limit, points in _RECENCY if days <= limit), 0)
