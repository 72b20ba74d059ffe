"""Filters narrow, travel in an address, and are taken away one by one."""

import uuid
from urllib.parse import parse_qsl

import pytest

from candidates.models import CaseTag, SavedView
from candidates.queries.caseload import (
    NOBODY,
    Filters,
    chips_of,
    colleagues,
    filtered_cases,
    read_filters,
    saved_views,
    tags_in_use,
)
from sportello.accounts.enums import Role
from tests.support.agenda import make_rules
from tests.support.personas import make_case, make_member, make_operator, make_user, scope
from tests.support.territory import make_desk, make_organisation

pytestmark = pytest.mark.django_db


def test_each_filter_narrows_and_together_they_narrow_more() -> None:
    make_rules()
    agency, first, second = make_organisation(), make_desk(), make_desk()
    operator = make_member(Role.OPERATOR, agency, first, second)
    mine = make_case(first, operator=operator, target_area="youth")
    nobodys = make_case(second)
    make_case(make_desk())
    CaseTag.objects.create(case=nobodys, name="marzo")
    actor = scope(operator)

    def found(**fields: str) -> set[object]:
        return set(filtered_cases(actor, Filters(**fields)))

    assert found() == {mine, nobodys}
    assert found(desk=str(first.pk)) == found(operator=str(operator.pk)) == found(area="youth") == {mine}
    assert found(operator=NOBODY) == found(tag="marzo") == found(view="unassigned") == {nobodys}
    assert found(tag="marzo", desk=str(first.pk)) == set()
    assert tags_in_use(actor) == ["marzo"]
    assert list(colleagues(actor)) == [operator]


def test_filters_travel_in_an_address_and_chips_take_one_away() -> None:
    desk = make_desk(name="Segrate")
    operator = make_operator(desk)
    filters = Filters(view="mine", desk=str(desk.pk), operator=str(operator.pk), area="youth", tag="marzo")
    assert read_filters(dict(parse_qsl(filters.query))) == filters
    chips = chips_of(scope(operator), filters, {desk.pk: desk})
    assert [str(chip.label) for chip in chips] == ["Segrate", str(operator), "Giovani senza lavoro", "marzo"]
    assert read_filters(dict(parse_qsl(chips[1].without))) == Filters(
        view="mine", desk=str(desk.pk), area="youth", tag="marzo"
    )
    for stranger in (uuid.uuid4(), make_operator().pk, make_user().pk):
        strange = Filters(desk=str(uuid.uuid4()), operator=str(stranger))
        told = [str(chip.label) for chip in chips_of(scope(operator), strange, {})]
        assert told == ["Uno sportello non tuo", "Persona sconosciuta"]
    gone = make_user()
    make_case(desk, operator=gone)
    assert [str(chip.label) for chip in chips_of(scope(operator), Filters(operator=str(gone.pk)), {})] == [str(gone)]


def test_what_nobody_could_choose_narrows_nothing() -> None:
    typed = {"vista": "altro", "sportello": "x", "responsabile": "io", "area": "y", "etichetta": " "}
    assert read_filters(typed) == Filters()


def test_views_are_ones_own() -> None:
    mine, other = make_operator(), make_operator()
    rows = [SavedView.objects.create(owner=owner, name="Marzo", query="area=youth") for owner in (mine, other)]
    assert saved_views(scope(mine)) == rows[:1]
