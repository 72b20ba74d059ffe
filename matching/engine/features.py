"""What the engine knows of a person and of a job. Nothing else ever reaches it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class OccupationFeatures:
    """An occupation by id, its ISCO-08 code of four digits and the skills its vocabulary links to it."""

    id: UUID
    isco08: str
    essential: frozenset[UUID] = frozenset()
    optional: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class PersonFeatures:
    """A person for one vacancy. `distance_m` is None when a coordinate is unknown; language levels are 1 (A1) to 6 (C2).

    `contract_types` empty means that any contract is accepted; `hours_wanted` is "any" or an hours kind of vacancies.
    """

    id: UUID
    occupations: tuple[tuple[OccupationFeatures, int], ...]
    skills: frozenset[UUID]
    licences: frozenset[UUID]
    languages: dict[UUID, int]
    education_eqf: int | None
    hours_wanted: str
    contract_types: frozenset[UUID]
    distance_m: int | None
    max_travel_km: int
    may_work: bool
    days_since_confirmed: int
    waiting_since: date


@dataclass(frozen=True)
class VacancyFeatures:
    """A job: what it demands (licences, essentials) and what it would like."""

    id: UUID
    occupation: OccupationFeatures
    contract_type: UUID | None
    hours_kind: str
    essential: tuple[UUID, ...] = ()
    optional: tuple[UUID, ...] = ()
    licences: frozenset[UUID] = frozenset()
    languages: dict[UUID, int] = field(default_factory=dict)
    education_eqf: int | None = None
    years_experience: int = 0
