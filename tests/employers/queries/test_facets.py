"""The chips beside the board count what the board would show."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from employers.queries.board import BoardSearch, board
from employers.queries.facets import counts, job_groups
from sportello.reference.models import IscoGroup
from tests.support.employers import make_company, make_contract_type, make_occupation, make_vacancy
from tests.support.queries import queries_of
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db

PAYS, RADII = (1200, 1500, 1800), (5, 10, 20, 40)


def a_board() -> list[BoardSearch]:
    """Vacancies of every kind around a town; the searches that the tests ask."""
    town = make_municipality(name="Centro", latitude=45.48, longitude=9.28)
    yesterday = timezone.localdate() - timedelta(days=1)
    cook = make_occupation("cuoco", isco08="5120")
    for longitude, contract, hours, pay, fields in (
        (9.28, "PERMANENT", "full_time", 1900, {}),
        (9.30, "FIXED_TERM", "part_time", 1300, {"occupation": cook}),
        (9.40, "PERMANENT", "part_time", 1500, {"occupation": cook, "published_on": yesterday}),
        (9.60, "FIXED_TERM", "full_time", 1100, {"published_on": yesterday}),
        (11.0, "PERMANENT", "full_time", 1850, {}),
    ):
        desk = make_desk(municipality=make_municipality(latitude=45.48, longitude=longitude))
        make_vacancy(
            make_company(desk),
            contract_type=make_contract_type(contract),
            hours_kind=hours,
            pay_min=pay,
            pay_max=pay,
            **fields,
        )
    return [
        BoardSearch(),
        BoardSearch(place=town, km=10),
        BoardSearch(words="cuoco"),
        BoardSearch(contract="PERMANENT", pay_from=1500),
        BoardSearch(place=town, km=40, only_today=True),
    ]


def test_every_count_is_what_the_board_then_shows() -> None:
    """Each chip, asked of the board itself."""
    for search in a_board():
        found = counts(search, pays=PAYS, radii=RADII)

        def left(asked: BoardSearch = search, **more: Any) -> int:
            return board(BoardSearch(**{**asked.__dict__, **more})).count()

        assert found.total == left()
        assert found.today == left(only_today=True)
        if not search.contract:
            assert dict(found.contracts) == {c: n for c in ("PERMANENT", "FIXED_TERM") if (n := left(contract=c))}
        assert dict(found.hours) == {h: n for h in ("full_time", "part_time") if (n := left(hours_kind=h))}
        assert dict(found.groups) == {g: n for g in ("4", "5") if (n := left(group=g))}
        if not search.pay_from:
            assert dict(found.pays) == {pay: left(pay_from=pay) for pay in PAYS}
        expected = {km: left(km=km) for km in RADII} if search.place else {}
        assert dict(found.radii) == expected


def test_counting_is_one_query() -> None:
    a_board()
    with queries_of() as queries:
        counts(BoardSearch(hours_kind="full_time"), pays=PAYS, radii=RADII)
    assert len(queries) == 1


def test_an_empty_board_counts_nothing() -> None:
    found = counts(BoardSearch(), pays=PAYS, radii=RADII)
    assert (found.total, found.today, dict(found.contracts), set(found.pays.values())) == (0, 0, {}, {0})


def test_groups_are_the_first_digit() -> None:
    for code, label in (("5", "Commercio e servizi"), ("51", "Servizi"), ("2", "Scienze")):
        IscoGroup.objects.create(code=code, label=label)
    assert job_groups() == [("2", "Scienze"), ("5", "Commercio e servizi")]
