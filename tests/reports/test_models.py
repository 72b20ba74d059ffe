"""Editions and figures: about one territory, once published once, and frozen for good."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from reports.models import Figure, FrozenArea, ReportIssue, SemesterFreeze
from reports.states import IssueState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.territory.models import Zone
from tests.support.personas import make_member, make_official, scope
from tests.support.refusals import refused
from tests.support.reports import make_edition, make_pact
from tests.support.territory import make_desk, make_municipality, make_organisation

pytestmark = pytest.mark.django_db


def open_edition(**fields: Any) -> ReportIssue:
    number = ReportIssue.objects.count()
    values = {"year": 2026, "half": 1, "version": number + 1, "code": f"C-{number}", "data_cut": date(2026, 6, 30)}
    return ReportIssue.objects.create(**{**values, **fields})


def test_an_edition_is_about_one_territory_of_its_kind() -> None:
    place, zone = make_municipality(), Zone.objects.create(slug="zona", name="Zona")
    pact, desk = make_pact([place]), make_desk()
    for kind, named in (("municipality", place), ("zone", zone), ("desk", desk), ("pact", pact)):
        issue = open_edition(kind=kind, **{kind: named})
        assert (issue.territory, issue.territory_name) == (named, str(named))
    for fields in (
        {"kind": "pact"},
        {"kind": "zone", "municipality": place},
        {"kind": "zone", "desk": desk},
        {"kind": "desk"},
        {"kind": "pact", "pact": pact, "zone": zone},
    ):
        with refused("issue_is_about_one_territory"):
            open_edition(**fields)
    with pytest.raises(LookupError):
        _ = ReportIssue().territory


def test_a_half_is_one_or_two_and_a_version_stands_once() -> None:
    place = make_municipality()
    open_edition(kind="municipality", municipality=place, version=1)
    with refused("issue_half_is_one_or_two"):
        open_edition(kind="municipality", municipality=place, half=3)
    with refused("issue_version_unique"):
        open_edition(kind="municipality", municipality=place, version=1)


def test_one_edition_of_a_semester_is_published() -> None:
    place = make_municipality()
    make_edition(place, "2026-1", users=10)
    with refused("one_published_issue"):
        open_edition(kind="municipality", municipality=place, version=9, state=IssueState.PUBLISHED)
    newer = make_edition(place, "2026-1", users=11)
    assert ReportIssue.objects.get(state=IssueState.PUBLISHED) == newer


@pytest.mark.parametrize("change", [{"code": "X"}, {"data_cut": date(2026, 7, 1)}, {"figures_sha256": "0" * 64}])
def test_a_frozen_edition_stays(change: dict[str, Any]) -> None:
    issue = make_edition(make_municipality(), "2026-1", users=10)
    with refused("is frozen"):
        ReportIssue.objects.filter(pk=issue.pk).update(**change)


def test_a_frozen_figure_stays() -> None:
    make_edition(make_municipality(), "2026-1", users=10)
    area = FrozenArea.objects.get()
    for write in (
        lambda: Figure.objects.update(numerator=11),
        lambda: Figure.objects.all().delete(),
        lambda: Figure.objects.create(area=area, indicator="posts", numerator=1),
    ):
        with refused("the figures of a frozen semester do not change"):
            write()
    assert Figure.objects.get().numerator == 10


@pytest.mark.parametrize(
    "numbers",
    [
        {"suppressed": False},
        {"suppressed": True, "numerator": 3},
        {"suppressed": True, "denominator": 30},
    ],
)
def test_a_suppressed_figure_keeps_no_number(numbers: dict[str, Any]) -> None:
    area = make_area()
    with refused("suppressed_figure_keeps_no_number"):
        Figure.objects.create(area=area, indicator="users", **numbers)


def make_area(**fields: Any) -> FrozenArea:
    """The whole territory of a semester that is not frozen yet."""
    freeze = SemesterFreeze.objects.create(year=2026, half=1, version=1, data_cut=date(2026, 6, 30))
    return FrozenArea.objects.create(**{"freeze": freeze, "kind": "whole", "istat_codes": ["015001"], **fields})


def test_an_area_is_one_territory_and_stands_once() -> None:
    place = make_municipality()
    with refused("frozen_area_is_one_territory"):
        make_area(municipality=place)
    area = make_area()
    with refused("area_frozen_once"):
        FrozenArea.objects.create(freeze=area.freeze, kind="whole", istat_codes=[])


def test_a_frozen_semester_stays_with_its_areas() -> None:
    area = make_area()
    SemesterFreeze.objects.update(frozen_at=timezone.now())
    for write, said in (
        (lambda: SemesterFreeze.objects.update(version=2), "a frozen semester does not change"),
        (lambda: SemesterFreeze.objects.all().delete(), "the areas of a frozen semester do not change"),
        (lambda: FrozenArea.objects.filter(pk=area.pk).update(istat_codes=[]), "the areas of a frozen semester"),
    ):
        with refused(said):
            write()


def test_a_frozen_edition_names_its_figures() -> None:
    issue = open_edition(kind="municipality", municipality=make_municipality())
    with refused("frozen_issue_has_its_figures"):
        ReportIssue.objects.filter(pk=issue.pk).update(frozen_at=timezone.now())


def test_an_edition_is_of_a_whole_semester_when_its_last_day_is_counted() -> None:
    found = [
        ReportIssue(half=half, data_cut=date(2026, *day)) for half, day in ((1, (6, 30)), (2, (12, 31)), (1, (6, 29)))
    ]
    assert [issue.is_of_whole_semester for issue in found] == [True, True, False]


def test_everybody_reads_what_was_published_and_officials_and_coordinators_their_own() -> None:
    here, elsewhere = make_municipality(), make_municipality()
    public = make_edition(elsewhere, "2026-1", users=10)
    own = open_edition(kind="municipality", municipality=here)
    other = open_edition(kind="municipality", municipality=elsewhere, half=2)
    desk, other_desk = make_desk(), make_desk()
    of_desk, of_other_desk = (open_edition(kind="desk", desk=each) for each in (desk, other_desk))
    control_room = make_member(Role.CONTROL_ROOM, make_organisation())
    coordinator, operator = (make_member(role, desk.managed_by, desk) for role in (Role.COORDINATOR, Role.OPERATOR))
    for actor, seen in (
        (scope(coordinator), {public, of_desk}),
        (scope(operator), {public}),
        (Scope(), {public}),
        (scope(make_official(here)), {public, own}),
        (scope(control_room), {public, own, other, of_desk, of_other_desk}),
    ):
        assert set(ReportIssue.objects.visible_to(actor)) == seen
