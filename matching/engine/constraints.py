"""Hard rules: each passes or fails with its code and its ground. None of them looks at who the person is.

They are applied by the kernels; an unknown coordinate, contract, week or choice never excludes.
"""

from enum import StrEnum

ANY_HOURS = "any"
HOURS = {"full_time": 1, "part_time": 2}
"""Kinds of hours of a vacancy, as bits of what a person accepts."""

WEEK = tuple(f"{day}-{band}" for day in range(1, 8) for band in ("morning", "afternoon", "evening", "night"))
"""The parts of a week, from Monday morning on: one bit each of when a person can work and of when a job is done."""


class Rule(StrEnum):
    """In the order in which they are tried; the first that fails is the reason given."""

    MAY_WORK = "may_work"
    LICENCES = "licences"
    CONTRACT = "contract"
    HOURS = "hours"
    WEEK = "week"
    DISTANCE = "distance"


RULES = tuple(Rule)
"""By the numbers that the kernels give."""

LEGAL_BASIS: dict[Rule, str] = {
    Rule.MAY_WORK: "D.Lgs. 286/1998, art. 22, comma 12",
    Rule.LICENCES: "D.Lgs. 276/2003, art. 10, comma 1: requisito essenziale dichiarato nell'offerta",
    Rule.CONTRACT: "Scelta della persona",
    Rule.HOURS: "Scelta della persona",
    Rule.WEEK: "Scelta della persona",
    Rule.DISTANCE: "Scelta della persona",
}


LIFTABLE = frozenset({Rule.CONTRACT, Rule.HOURS, Rule.WEEK, Rule.DISTANCE})
"""Rules that repeat what a person chose: who asks them again may find that they chose otherwise. The others stand by law."""


def accepted_hours(wanted: str) -> int:
    """The bits of the hours that a person accepts."""
    return sum(HOURS.values()) if wanted == ANY_HOURS else HOURS[wanted]
