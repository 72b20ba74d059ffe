"""What a new version of an edition changes, and why: everybody can compare it with what they read before."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.protect import Cell
from reports.queries.issues import Reading
from reports.render.keys import text_of
from reports.rules import Indicator


@dataclass(frozen=True)
class Changed:
    """A figure of the whole territory that says something else now."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Revision:
    """Against the version it replaces; `others` are the changed figures by sex, age and the like, whose totals may be the same."""

    code: str
    reason: str
    changed: tuple[Changed, ...]
    others: int


def revision_of(reading: Reading, indicators: Sequence[Indicator]) -> Revision | None:
    """What changed since the version that this one takes the place of; None for the first of its semester.

    A figure that only one of the two versions has is not compared: the catalogue grew, the register did not change.
    """
    if reading.replaced_issue is None:
        return None
    changed, others = [], 0
    for indicator in indicators:
        for cell, then in reading.replaced.items():
            if cell.measure != indicator.key or cell not in reading.figures:
                continue
            before, now = text_of(indicator, then), text_of(indicator, reading.figures[cell])
            if before == now:
                continue
            if cell == Cell(indicator.key):
                changed.append(Changed(str(indicator.label), before, now))
            else:
                others += 1
    return Revision(reading.replaced_issue.code, reading.issue.revision_reason, tuple(changed), others)
