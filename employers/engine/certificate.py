"""How a company stands with its gender-equality certificate on a day: dated papers in, one verdict out. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dateutil.relativedelta import relativedelta


class Standing(StrEnum):
    """What a paper is worth on a day, the best first; NONE where there is no paper."""

    VALID = "valid"
    NOT_VERIFIED = "not_verified"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    REFUSED = "refused"
    SELF_DECLARED = "self_declared"
    NONE = "none"


_RANK = {standing: rank for rank, standing in enumerate(Standing)}


@dataclass(frozen=True)
class Paper:
    """A certificate or a company's own word. It holds from `first_day` to `last_day`, both included, and if revoked, only
    before `revoked_on`; `is_verified` also of one that was verified before it was revoked."""

    key: str
    is_certificate: bool
    first_day: date
    last_day: date
    is_verified: bool
    is_refused: bool = False
    revoked_on: date | None = None


def standing_of(paper: Paper, day: date) -> Standing:
    """What one paper is worth on the day."""
    if not paper.is_certificate:
        return Standing.SELF_DECLARED
    if paper.is_refused:
        return Standing.REFUSED
    if day < paper.first_day:
        return Standing.NOT_YET
    if day > paper.last_day:
        return Standing.EXPIRED
    if not paper.is_verified:
        return Standing.NOT_VERIFIED
    if paper.revoked_on is not None and day >= paper.revoked_on:
        return Standing.REVOKED
    return Standing.VALID


def best_of(papers: Iterable[Paper], day: date) -> tuple[Standing, Paper | None]:
    """The best standing among the papers of one company, and its paper; of two alike the one that lasts longer."""
    judged = [(standing_of(paper, day), paper) for paper in papers]
    if not judged:
        return Standing.NONE, None
    return min(judged, key=lambda found: (_RANK[found[0]], -found[1].last_day.toordinal(), found[1].key))


def premium(standing: Standing, points: Decimal, *, self_declared_percent: int) -> Decimal:
    """Points of a bidder: all for a valid certificate, the part that the law gives for a bare word, none otherwise."""
    if standing is Standing.VALID:
        return points
    if standing is Standing.SELF_DECLARED:
        return points * self_declared_percent / 100
    return Decimal(0)


def surveillance_days(issued_on: date, expires_on: date, *, months: int) -> list[date]:
    """When the body watches over the company, every `months` from the issue; the end itself wants a new certificate."""
    days = []
    for turn in range(1, 1 + (expires_on.year - issued_on.year + 1) * 12 // months):
        day = issued_on + relativedelta(months=turn * months)
        if day >= expires_on:
            break
        days.append(day)
    return days
