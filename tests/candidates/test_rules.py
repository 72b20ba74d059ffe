"""Judgements on cases and profiles, at their borders."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.models import Appointment, Case, PersonDocument, ServicePact
from candidates.rules import (
    Told,
    after_quiet_hours,
    age_on,
    appointment_steps,
    may_reassign,
    may_remove,
    missing_parts,
    pact_elements,
    pact_kinds,
    years_worked,
)
from candidates.states import AppointmentState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Grant, Scope
from sportello.territory.enums import DeskKind
from sportello.territory.models import Desk

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
DESK, OTHER_DESK, ME, COLLEAGUE = (uuid4() for _ in range(4))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 5, 4), date(2018, 5, 3), 17),
        (date(2000, 5, 4), date(2018, 5, 4), 18),
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2000, 2, 29), date(2020, 2, 29), 20),
    ],
)
def test_years_are_completed_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@given(st.dates(date(1900, 1, 1), date(2030, 1, 1)), st.integers(0, 40_000))
def test_age_grows_by_one_at_most_a_day(born: date, days: int) -> None:
    day = born + timedelta(days=days)
    assert 0 <= age_on(born, day + timedelta(days=1)) - age_on(born, day) <= 1


@pytest.mark.parametrize("kind", DeskKind)
def test_only_a_job_centre_signs_the_personalised_pact(kind: DeskKind) -> None:
    kinds = [str(k) for k in pact_kinds(Desk(kind=kind))]
    assert kinds == (["psp", "pip", "local"] if kind == DeskKind.JOB_CENTRE else ["pip", "local"])


@pytest.mark.parametrize(
    ("role", "desk", "is_admin", "responsible", "may"),
    [
        (Role.OPERATOR, DESK, False, ME, True),
        (Role.OPERATOR, DESK, False, COLLEAGUE, False),
        (Role.OPERATOR, DESK, False, None, False),
        (Role.OPERATOR, DESK, True, COLLEAGUE, True),
        (Role.COORDINATOR, DESK, False, COLLEAGUE, True),
        (Role.COORDINATOR, OTHER_DESK, True, COLLEAGUE, False),
        (Role.OPERATOR, OTHER_DESK, False, ME, False),
    ],
)
def test_a_case_is_handed_over_by_who_follows_it_or_leads_its_desk(
    role: Role, desk: UUID, is_admin: bool, responsible: UUID | None, may: bool
) -> None:
    grant = Grant(uuid4(), "AFOL", role, desk_ids=frozenset({desk}), is_admin=is_admin)
    scope = Scope(user_id=ME, grants=(grant,))
    assert may_reassign(scope, Case(desk_id=DESK, responsible_operator_id=responsible)) == may


@pytest.mark.parametrize(
    ("state", "starts_in", "steps"),
    [
        ("booked", 1, ["excused", "revoked"]),
        ("booked", 0, ["seen", "no_show", "excused", "revoked"]),
        ("booked", -1, ["seen", "no_show", "excused", "revoked"]),
        ("no_show", -1, ["excused"]),
        ("seen", -1, []),
        ("excused", -1, []),
        ("revoked", 1, []),
    ],
)
def test_how_a_meeting_went_is_said_once_it_has_begun(state: str, starts_in: int, steps: list[str]) -> None:
    meeting = Appointment(state=state, starts_at=NOW + timedelta(seconds=starts_in))
    assert appointment_steps(meeting, NOW) == [AppointmentState(step) for step in steps]


WHOLE = {
    "responsible_id": ME,
    "employability_profile": "Cerca",
    "search_acts": "Candidature",
    "contact_every_days": 30,
    "proof_of_search": "Elenco",
}


@pytest.mark.parametrize(
    ("hole", "missing"),
    [
        ({}, ""),
        ({"responsible_id": None}, "a"),
        ({"employability_profile": " \n"}, "b"),
        ({"search_acts": ""}, "c"),
        ({"contact_every_days": 0}, "d"),
        ({"proof_of_search": "\t"}, "e"),
    ],
)
def test_each_element_of_the_law_is_looked_for(hole: dict[str, object], missing: str) -> None:
    elements = pact_elements(ServicePact(**{**WHOLE, **hole}))
    assert [element.letter for element in elements] == list("abcde")
    assert "".join(element.letter for element in elements if not element.present) == missing


MIDNIGHT = datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Rome"))


@given(
    st.integers(0, 730 * 24 * 60).map(lambda minutes: MIDNIGHT + timedelta(minutes=minutes)),
    st.integers(0, 23),
    st.integers(0, 23),
)
def test_nothing_leaves_in_the_quiet_hours_and_nothing_waits_a_day(moment: datetime, first: int, last: int) -> None:
    quiet = {hour % 24 for hour in range(first, last if first <= last else last + 24)}
    leaves = after_quiet_hours(moment, (first, last))
    assert leaves.hour not in quiet
    assert timedelta(0) <= leaves - moment < timedelta(days=1)
    assert (leaves == moment) == (moment.hour not in quiet)


def test_the_evening_waits_for_the_morning_after() -> None:
    day = datetime(2026, 3, 2, 21, 30, tzinfo=ZoneInfo("Europe/Rome"))
    assert after_quiet_hours(day, (20, 8)) == datetime(2026, 3, 3, 8, tzinfo=ZoneInfo("Europe/Rome"))


DAYS = st.dates(date(1990, 1, 1), date(2025, 12, 31))
SPANS = st.lists(
    st.tuples(DAYS, st.none() | DAYS).map(lambda s: s if s[1] is None or s[0] <= s[1] else s[::-1]), max_size=6
)
TODAY = date(2026, 1, 1)


@given(SPANS)
def test_a_day_in_two_jobs_is_one_day(spans: list[tuple[date, date | None]]) -> None:
    days = {
        begins + timedelta(days=offset)
        for begins, ends in spans
        for offset in range(((ends or TODAY) - begins).days + 1)
    }
    assert years_worked(spans, TODAY) == int(len(days) / 365.25)
    assert years_worked(spans * 2, TODAY) == years_worked(spans, TODAY)


def test_a_job_to_come_counts_nothing() -> None:
    assert years_worked([(date(2030, 1, 1), None), (date(2031, 1, 1), date(2040, 1, 1))], TODAY) == 0


def test_what_is_missing_is_said_in_its_order() -> None:
    nothing = Told(*[False] * 8)
    assert [part for part, _ in missing_parts(nothing)] == [
        "contatti",
        "lavoro",
        "esperienza",
        "titolo",
        "capacita",
        "lingua",
        "orari",
        "chi-sono",
    ]
    assert [part for part, _ in missing_parts(replace(nothing, job_wanted=True, about=True))] == [
        "contatti",
        "esperienza",
        "titolo",
        "capacita",
        "lingua",
        "orari",
    ]
    assert missing_parts(Told(*[True] * 8)) == []


def test_a_file_is_removed_by_who_added_it_alone() -> None:
    added = PersonDocument(added_by_id=ME)
    assert may_remove(Scope(user_id=ME), added)
    assert not may_remove(Scope(user_id=COLLEAGUE), added)
    assert not may_remove(Scope(user_id=None), PersonDocument(added_by_id=None))
