"""The rules of the areas in force on a day, and the verdicts about a person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from candidates.engine.target_area import NEEDED, AreaRule, AreaVerdict, Facts, judge_areas, proposed_area
from candidates.enums import EmploymentSituation, TargetArea
from candidates.models import Candidate
from candidates.rules import age_on
from sportello.reference.render import shown_value
from sportello.reference.rules import RULE_KINDS, parameters

WITHOUT_WORK = frozenset({EmploymentSituation.JOBLESS, EmploymentSituation.NEVER_EMPLOYED})


@dataclass(frozen=True)
class AreaCheck:
    """The four verdicts of a day, and the area that follows from them, if any."""

    on: date
    verdicts: list[AreaVerdict]

    @property
    def proposed(self) -> str:
        return proposed_area(self.verdicts) or ""

    @property
    def rows(self) -> list[tuple[str, bool | None, list[str]]]:
        """For a page: name of the area, whether it is met, each rule with its number and where it is written."""
        return [
            (str(TargetArea(verdict.area).label), verdict.met, [_told(rule) for rule in verdict.rules])
            for verdict in self.verdicts
        ]

    @property
    def evidence(self) -> dict[str, Any]:
        """As JSON data, to be kept with the case."""
        return {
            "on": self.on.isoformat(),
            "proposed": self.proposed,
            "verdicts": [
                {
                    "area": verdict.area.value,
                    "met": verdict.met,
                    "inputs": dict(verdict.inputs),
                    "rules": [
                        {"key": rule.key, "value": rule.value, "citation": rule.citation} for rule in verdict.rules
                    ],
                }
                for verdict in self.verdicts
            ],
        }


def _told(rule: AreaRule) -> str:
    kind = RULE_KINDS[rule.key]
    value = list(rule.value) if isinstance(rule.value, tuple) else rule.value
    return f"{kind.label} {shown_value(kind.unit, value)}. {rule.citation}"


def check_areas(person: Candidate, day: date, **declared: int | None) -> AreaCheck:
    """The verdicts on a day, with what the person declared (`isee`, `civil_percent`, `work_percent`). One query.

    Raises MissingParameterError.
    """
    rows = parameters(*NEEDED, on=day)
    rules = {
        key: AreaRule(key, tuple(row.value) if isinstance(row.value, list) else int(row.value), row.citation)
        for key, row in rows.items()
    }
    situation = EmploymentSituation(person.employment_situation)
    facts = Facts(age=age_on(person.birth_date, day), is_jobless=situation in WITHOUT_WORK, **declared)
    return AreaCheck(day, judge_areas(facts, rules))
