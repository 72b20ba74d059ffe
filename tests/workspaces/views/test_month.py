"""The month of a desk as its people read it, on the screen and on paper."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from candidates.models import CaseAssignment
from sportello.accounts.enums import Role
from sportello.territory.enums import Sex
from sportello.territory.models import Desk
from tests.support.agenda import make_rules as make_rules_of_home
from tests.support.pdf import failures, text_of
from tests.support.personas import make_member, make_operator, make_user, signed_in
from tests.support.queries import queries_of
from tests.support.reports import Register, make_edition, make_rules
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db
PAGE, PRINT = "/operatore/mese/", "/operatore/mese/stampa.pdf"


@pytest.fixture(autouse=True)
def _in_august() -> Iterator[None]:
    with time_machine.travel("2026-08-03 10:00+02:00", tick=True):
        make_rules()
        yield


def worked(number: int = 12) -> Register:
    """A desk that received people in July, two more than in June."""
    register = Register()
    people = register.people(number, Sex.FEMALE)
    register.intakes(people, date(2026, 7, 6))
    register.intakes(people[2:], date(2026, 6, 6))
    for case in register.cases(people[:2], date(2026, 7, 8)):
        CaseAssignment.objects.create(
            case=case, operator=make_user(first_name="Lucia", last_name="Brambilla"), starts_on=date(2026, 7, 8)
        )
    return register


def browser(desk: Desk, role: Role = Role.OPERATOR) -> Client:
    return signed_in(make_member(role, desk.managed_by, desk))


def test_the_last_whole_month_is_shown_beside_the_others_in_words() -> None:
    register = worked()
    page = browser(register.desk).get(PAGE)
    rows = {row.label: row.cells for _title, group in page.context["groups"] for row in group}
    assert rows["Persone registrate"] == (
        ("luglio 2026", "12", ""),
        ("giugno 2026", "10", "2 in più"),
        ("luglio 2025", "0", "12 in più"),
    )
    assert rows["Patti di servizio firmati"][1] == ("giugno 2026", "0", "uguale")
    assert [(row.label, row.cells[0][1]) for row in page.context["people"]] == [("Lucia Brambilla", "1")] * 2
    text = page.content.decode()
    assert "non si pubblicano" in text
    assert "Persona Inventata" not in text


def test_fewer_is_said_and_a_month_that_runs_is_not_compared() -> None:
    register = worked()
    client = browser(register.desk)
    for month, cells in (
        ("2026-06", (("giugno 2026", "10", ""), ("maggio 2026", "0", "10 in più"), ("giugno 2025", "0", "10 in più"))),
        ("2026-08", (("agosto 2026", "0", ""), ("luglio 2026", "12", ""), ("agosto 2025", "0", ""))),
        ("2027-01", None),
        ("luglio", None),
    ):
        page = client.get(PAGE, {"mese": month})
        if cells is None:
            assert page.status_code == 404
        else:
            assert page.context["groups"][0][1][0].cells == cells
            assert ("Il mese è in corso" in page.content.decode()) == (month == "2026-08")
    june = client.get(PAGE, {"mese": "2026-06"}).content.decode()
    assert all(f"mese={month}" in june for month in ("2026-05", "2026-07"))
    assert "mese=2026-09" not in client.get(PAGE, {"mese": "2026-08"}).content.decode()


@pytest.mark.parametrize("url", [PAGE, PRINT])
def test_nobody_reads_the_month_of_another_desk(url: str) -> None:
    register, other = worked(), make_desk()
    client = browser(register.desk)
    assert client.get(url, {"sportello": register.desk.slug}).status_code == 200
    assert client.get(url, {"sportello": other.slug}).status_code == 404
    nowhere = signed_in(make_member(Role.OPERATOR, register.desk.managed_by))
    assert nowhere.get(url).status_code == 404
    control_room = signed_in(make_member(Role.CONTROL_ROOM, register.desk.managed_by))
    assert control_room.get(url, {"sportello": register.desk.slug}).status_code == 404


def test_who_serves_two_desks_chooses() -> None:
    register, other = worked(), make_desk(name="Altro sportello")
    client = signed_in(make_member(Role.COORDINATOR, register.desk.managed_by, register.desk, other))
    page = client.get(PAGE, {"sportello": other.slug})
    assert page.context["page"].desk == other
    assert f"sportello={register.desk.slug}" in page.content.decode()


def test_a_coordinator_finds_the_editions_of_the_desk() -> None:
    register = worked()
    issue = make_edition(register.desk, "2026-1", users=30)
    make_edition(make_desk(serves=[register.place]), "2026-1", users=30)
    page = browser(register.desk, Role.COORDINATOR).get(PAGE)
    assert list(page.context["issues"]) == [issue]
    assert reverse("report_detail", kwargs={"issue": issue.pk}) in page.content.decode()
    assert "issues" not in browser(register.desk).get(PAGE).context


def test_the_home_of_the_desk_opens_it() -> None:

    make_rules_of_home()
    desk = make_desk()
    assert f'href="{PAGE}"' in signed_in(make_operator(desk)).get(reverse("operator_home")).content.decode()


@pytest.mark.parametrize("number", [3, 9])
def test_the_page_takes_ten_queries_whatever_the_number(number: int) -> None:
    register = worked(number)
    client = browser(register.desk, Role.COORDINATOR)
    with queries_of() as asked:
        assert client.get(PAGE).status_code == 200
    assert len(asked) <= 10


def test_the_print_holds_the_same_numbers_and_both_profiles() -> None:
    register = worked()
    answer = browser(register.desk).get(PRINT, {"mese": "2026-07"})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="mese-{register.desk.slug}-2026-07.pdf"'
    text = text_of(answer.content)
    assert "Persone registrate 12 10 (2 in più) 0 (12 in più)" in text
    assert "non si pubblicano" in text
    assert failures(answer.content) == []
