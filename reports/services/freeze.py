"""Computing the figures of an edition once, and keeping them so that nothing moves them any more."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from reports.indicators import ProtectedFigure, Window, figures, hidden_of
from reports.models import Figure, ReportIssue
from reports.queries.issues import municipalities_of, territories_around
from reports.rules import Semester
from reports.services.issue import move
from reports.states import IssueState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.reference.rules import parameters


class EmptyTerritory(Exception):
    """The territory holds no municipality at the end of the period."""


def freeze_issue(*, issue: ReportIssue, by: Scope) -> ReportIssue:
    """Compute every figure in one read-only snapshot, protect them, keep them with their hash. A frozen edition is returned as it is.

    Raises EmptyTerritory, MissingParameterError, IllegalStep for an edition that has failed and was not retried.
    """
    if issue.frozen_at is not None:
        return issue
    semester = Semester(issue.year, issue.half)
    with _one_snapshot():
        places = frozenset(municipalities_of(issue.territory, issue.data_cut).values_list("pk", flat=True))
        if not places:
            raise EmptyTerritory
        # The rules in force today, whatever the semester: they say what may be made public now.
        around = _places_around(issue)
        rules = parameters("disclosure_threshold", "small_denominator", on=timezone.localdate())
        threshold = int(rules["disclosure_threshold"].value)
        found = figures(
            Window(places, semester.first_day, issue.data_cut),
            threshold=threshold,
            small_denominator=int(rules["small_denominator"].value),
            # What the edition of a pact or zone hides for this municipality, lest its own edition gives a neighbour's count back.
            hidden_totals={
                measure
                for code, wider in around
                for measure in hidden_of(Window(wider, semester.first_day, issue.data_cut), code, threshold=threshold)
            },
        )
    return _keep_figures(issue=issue, found=found, by=by)


def _places_around(issue: ReportIssue) -> list[tuple[str, frozenset[UUID]]]:
    """For an edition about one municipality: its ISTAT code with the municipalities of each pact and zone it is in."""
    if issue.municipality is None:
        return []
    code = issue.municipality.istat_code
    return [
        (code, frozenset(municipalities_of(territory, issue.data_cut).values_list("pk", flat=True)))
        for territory in territories_around(issue.municipality, issue.data_cut)
    ]


def figures_hash(code: str, found: Iterable[ProtectedFigure]) -> str:
    """SHA-256 of the canonical JSON of an edition's figures: sorted, without spaces, in UTF-8."""
    rows = sorted([f.indicator, f.dimension, f.member, f.numerator, f.denominator] for f in found)
    text = json.dumps({"code": code, "figures": rows}, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """One REPEATABLE READ READ ONLY transaction: all figures are of the same instant. Inside a caller's transaction its level stands."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if is_outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET TRANSACTION READ ONLY")
        yield


@audit.service("issue.freeze")
def _keep_figures(*, issue: ReportIssue, found: list[ProtectedFigure], by: Scope) -> ReportIssue:
    issue = ReportIssue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if issue.frozen_at is not None:
        return issue  # another worker was quicker
    Figure.objects.bulk_create(
        Figure(
            issue=issue,
            indicator=figure.indicator,
            dimension=figure.dimension,
            member=figure.member,
            numerator=figure.numerator,
            denominator=figure.denominator,
            suppressed=figure.suppressed,
            reference_from=Semester(issue.year, issue.half).first_day,
            reference_to=issue.data_cut,
        )
        for figure in found
    )
    move(issue, IssueState.FROZEN)
    issue.frozen_at = timezone.now()
    issue.figures_sha256 = figures_hash(issue.code, found)
    issue.save(update_fields=["state", "frozen_at", "figures_sha256"])
    return issue
