"""Computing the figures of an edition once, and keeping them so that nothing moves them any more."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone

from reports.indicators import ProtectedFigure, Window, figures
from reports.models import Figure, ReportIssue
from reports.queries.issues import municipalities_of
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
        rules = parameters("disclosure_threshold", "small_denominator", on=timezone.localdate())
        found = figures(
            Window(places, semester.first_day, issue.data_cut),
            threshold=int(rules["disclosure_threshold"].value),
            small_denominator=int(rules["small_denominator"].value),
        )
    return _keep_figures(issue=issue, found=found, by=by)


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
