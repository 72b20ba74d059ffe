"""The totals of a territory through its editions, as far as the reader may see them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.models import ReportIssue
from reports.protect import Cell
from reports.queries.issues import reading_of
from reports.queries.series import series_of
from reports.states import IssueState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from tests.support.personas import make_member, make_official, scope
from tests.support.queries import queries_of
from tests.support.reports import make_edition, make_pact
from tests.support.territory import make_municipality, make_organisation

pytestmark = pytest.mark.django_db
VISITOR = Scope()


def test_each_semester_counts_once_with_its_newest_version() -> None:
    place = make_municipality()
    make_edition(place, "2025-2", users=10)
    make_edition(place, "2025-2", users=11)
    make_edition(place, "2026-1", users=20)
    series = series_of(scope=VISITOR, municipality=place)[place.pk]
    assert [(e.semester.half, e.issue.version, e.totals["users"].numerator) for e in series.editions] == [
        (2, 2, 11),
        (1, 1, 20),
    ]


def test_the_newest_is_compared_as_on_its_own_page() -> None:
    place = make_municipality()
    old = make_edition(place, "2025-2", users=10)
    new = make_edition(place, "2026-1", users=20)
    # A version that became public after the freeze must not move the comparison.
    late = make_edition(place, "2025-2", users=99)
    ReportIssue.objects.filter(pk=late.pk).update(published_at=timezone.now() + timedelta(days=1))
    old.refresh_from_db()
    newest = series_of(scope=VISITOR, municipality=place)[place.pk].newest
    page = reading_of(new)
    assert newest is not None
    assert (newest.issue, newest.before_issue, newest.before) == (page.issue, old, page.before)
    assert newest.before[Cell("users")].numerator == 10


def test_who_sees_an_edition_that_is_not_public() -> None:
    place, elsewhere = make_municipality(), make_municipality()
    issue = make_edition(place, "2026-1", users=20)
    ReportIssue.objects.filter(pk=issue.pk).update(state=IssueState.BUILT, published_at=None)
    readers = {
        "visitor": VISITOR,
        "own": scope(make_official(place)),
        "other": scope(make_official(elsewhere)),
        "room": scope(make_member(Role.CONTROL_ROOM, make_organisation())),
    }
    assert {name: bool(series_of(scope=reader, municipality=place)) for name, reader in readers.items()} == {
        "visitor": False,
        "own": True,
        "other": False,
        "room": True,
    }


def test_a_failed_edition_is_left_out() -> None:
    place = make_municipality()
    issue = make_edition(place, "2026-1", users=20)
    ReportIssue.objects.filter(pk=issue.pk).update(state=IssueState.FAILED)
    assert series_of(scope=scope(make_official(place)), municipality=place) == {}


@pytest.mark.parametrize("editions", [1, 3])
def test_one_query_for_all_territories(editions: int) -> None:
    place = make_municipality()
    pacts = [make_pact([place]), make_pact([place])]
    for semester in ["2025-1", "2025-2", "2026-1"][:editions]:
        make_edition(place, semester, users=20, posts=3)
        for pact in pacts:
            make_edition(pact, semester, users=20, posts=3)
    with queries_of() as queries:
        found = series_of(scope=VISITOR, pacts=pacts, municipality=place)
    assert len(queries) == 1
    assert {pk: len(series.editions) for pk, series in found.items()} == dict.fromkeys(
        (place.pk, *(pact.pk for pact in pacts)), editions
    )
