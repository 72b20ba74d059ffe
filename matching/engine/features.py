"""What the engine knows of a person and of a job. Nothing else ever reaches it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True)
class OccupationFeatures:
    """An occupation by id, its ISCO-08 code of four digits and the skills its vocabulary links to it."""

    id: UUID
    isco08: str
    essential: frozenset[UUID] = frozenset()
    optional: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class PersonFeatures:
    """A person; `point` is None when the coordinates are unknown; language levels are 1 (A1) to 6 (C2).

    `contract_types` empty means that any contract is accepted; `hours_wanted` is "any" or an hours kind of vacancies.
    `windows` are the parts of the week (`constraints.WEEK`) in which they can work, empty when they have not said.
    """

    id: UUID
    occupations: tuple[tuple[UUID, int], ...]
    skills: frozenset[UUID]
    licences: frozenset[UUID]
    languages: dict[UUID, int]
    education_eqf: int | None
    hours_wanted: str
    contract_types: frozenset[UUID]
    windows: frozenset[str]
    point: Point | None
    max_travel_km: int
    may_work: bool
    confirmed_on: date
    waiting_since: date


@dataclass(frozen=True)
class VacancyFeatures:
    """A job: what it demands (licences, essentials) and what it would like; no skill is in both tuples.

    `bands` are the parts of the week (`constraints.WEEK`) in which one works, empty when the ad does not say.
    """

    id: UUID
    occupation: UUID
    contract_type: UUID | None
    hours_kind: str
    bands: frozenset[str] = frozenset()
    essential: tuple[UUID, ...] = ()
    optional: tuple[UUID, ...] = ()
    licences: frozenset[UUID] = frozenset()
    languages: dict[UUID, int] = field(default_factory=dict)
    education_eqf: int | None = None
    years_experience: int = 0
    point: Point | None = None
