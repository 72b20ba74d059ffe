"""What the engine was asked, as JSON that is kept and read back to ask it again."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from matching.engine.features import PersonFeatures, VacancyFeatures


def written(features: PersonFeatures | VacancyFeatures) -> dict[str, Any]:
    """The features in values that JSON has; sets in order."""
    return {name: _plain(value) for name, value in asdict(features).items()}


def read_person(kept: dict[str, Any]) -> PersonFeatures:
    """The person of `written`. Raises KeyError, ValueError for anything else."""
    return PersonFeatures(
        id=UUID(kept["id"]),
        occupations=tuple((UUID(pk), years) for pk, years in kept["occupations"]),
        skills=frozenset(map(UUID, kept["skills"])),
        licences=frozenset(map(UUID, kept["licences"])),
        languages=_levels(kept),
        education_eqf=kept["education_eqf"],
        hours_wanted=kept["hours_wanted"],
        contract_types=frozenset(map(UUID, kept["contract_types"])),
        windows=frozenset(kept["windows"]),
        point=tuple(kept["point"]) if kept["point"] else None,
        max_travel_km=kept["max_travel_km"],
        may_work=kept["may_work"],
        confirmed_on=date.fromisoformat(kept["confirmed_on"]),
        waiting_since=date.fromisoformat(kept["waiting_since"]),
    )


def read_vacancy(kept: dict[str, Any]) -> VacancyFeatures:
    """The vacancy of `written`. Raises KeyError, ValueError for anything else."""
    return VacancyFeatures(
        id=UUID(kept["id"]),
        occupation=UUID(kept["occupation"]),
        contract_type=UUID(kept["contract_type"]) if kept["contract_type"] else None,
        hours_kind=kept["hours_kind"],
        bands=frozenset(kept["bands"]),
        essential=tuple(map(UUID, kept["essential"])),
        optional=tuple(map(UUID, kept["optional"])),
        licences=frozenset(map(UUID, kept["licences"])),
        languages=_levels(kept),
        education_eqf=kept["education_eqf"],
        years_experience=kept["years_experience"],
        point=tuple(kept["point"]) if kept["point"] else None,
    )


def _levels(kept: dict[str, Any]) -> dict[UUID, int]:
    return {UUID(pk): level for pk, level in kept["languages"].items()}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): level for key, level in value.items()}
    return value
