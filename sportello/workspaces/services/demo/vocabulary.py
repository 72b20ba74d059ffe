"""The vocabularies that the demonstration draws from, read once, by their codes."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from sportello.reference.enums import SkillRelation
from sportello.reference.models import (
    ContractType,
    DrivingLicence,
    EducationLevel,
    Language,
    Occupation,
    OccupationSkill,
    Sector,
    Skill,
)
from sportello.workspaces.services.demo.draw import Draw, Weighted, table
from sportello.workspaces.services.demo.territory import TerritoryMissing

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Trade:
    """A kind of business: its ATECO sector, words of its companies' names, the occupations it hires."""

    sector: Sector
    words: tuple[str, ...]
    occupations: Weighted[Occupation]


@dataclass(frozen=True)
class Vocabulary:
    """Rows by code; `skills` by identifier of the occupation, the essential ones first."""

    trades: Weighted[Trade]
    skills: dict[Any, list[Skill]]
    education: dict[str, EducationLevel]
    languages: dict[str, Language]
    licences: dict[str, DrivingLicence]
    contracts: dict[str, ContractType]


def read_vocabulary(draw: Draw) -> Vocabulary:
    """Raises TerritoryMissing when the vocabularies are not loaded."""
    rows = list(table("trades"))
    sectors = _by_code(Sector)
    occupations = _by_code(Occupation)
    skills: dict[Any, list[Skill]] = defaultdict(list)
    links = OccupationSkill.objects.select_related("skill").order_by("occupation__code", "skill__code")
    for link in sorted(links, key=lambda link: link.relation != SkillRelation.ESSENTIAL):
        skills[link.occupation_id].append(link.skill)
    trades: dict[Trade, int] = {}
    try:
        for row in rows:
            weights = (entry.split(":") for entry in row["occupations"].split())
            hired = {occupations[code]: int(weight) for code, weight in weights}
            trade = Trade(sectors[row["sector"]], tuple(row["words"].split("|")), Weighted(draw, hired))
            trades[trade] = int(row["weight"])
    except KeyError as error:
        raise TerritoryMissing(str(error)) from error
    return Vocabulary(
        trades=Weighted(draw, trades),
        skills=skills,
        education=_by_code(EducationLevel),
        languages=_by_code(Language),
        licences=_by_code(DrivingLicence),
        contracts=_by_code(ContractType),
    )


def _by_code(model: type[M]) -> dict[str, M]:
    return {row.code: row for row in model._default_manager.order_by("code")}  # type: ignore[attr-defined]
