"""Members count only with their deed, once, from a day to a day."""

from datetime import date

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sportello.accounts.scope import Scope
from sportello.pacts.enums import MembershipState, PactKind
from sportello.pacts.models import PactMembership, TerritorialPact
from sportello.pacts.queries import action_by_code, members_on
from sportello.pacts.services import pact as service
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")
START, END = date(2018, 1, 1), date(2020, 12, 31)


def found(slug: str = "sud-est", kind: PactKind = PactKind.PACT, **fields: object) -> TerritorialPact:
    values = {"lead": make_municipality(name="Segrate"), **fields}
    return service.found_pact(
        slug=slug,
        kind=kind,
        name=slug,
        starts_on=START,
        ends_on=END,
        deed_no="12",
        deed_date=date(2017, 12, 15),
        by=BY,
        **values,  # type: ignore[arg-type]
    )


def join(pact: TerritorialPact, name: str, day: date = START) -> PactMembership:
    membership = service.invite_municipality(pact=pact, municipality=make_municipality(name=name), by=BY)
    return service.sign_membership(
        membership=membership, deed_no="3", deed_date=date(2017, 12, 1), joined_on=day, by=BY
    )


def names(*pacts: TerritorialPact, on: date = date(2019, 5, 1)) -> list[str]:
    return [m.name for m in members_on(pacts, on)]


def test_pact_counts_only_signed_members() -> None:
    pact = found()
    for number in range(60):
        join(pact, f"Comune {number:02d}")
    service.invite_municipality(pact=pact, municipality=make_municipality(name="Senza atto"), by=BY)
    assert members_on([pact], date(2019, 5, 1)).count() == 61
    assert "Senza atto" not in names(pact)


def test_nobody_joins_without_a_deed() -> None:
    pact = found()
    with pytest.raises(IntegrityError, match="nobody_joins_without_a_deed"):
        PactMembership.objects.create(
            pact=pact, municipality=make_municipality(), state=MembershipState.SIGNED, joined_on=START
        )


def test_segrate_sits_in_two_areas_and_counts_once_in_the_union() -> None:
    segrate = make_municipality(name="Segrate")
    pact = found(lead=segrate)
    protocol = found("silam", PactKind.PROTOCOL, lead=make_municipality(name="Cassano d'Adda"))
    membership = service.invite_municipality(pact=protocol, municipality=segrate, by=BY)
    service.sign_membership(
        membership=membership, deed_no="9", deed_date=date(2018, 3, 1), joined_on=date(2018, 3, 10), by=BY
    )
    assert names(pact) == ["Segrate"]
    assert names(protocol) == ["Cassano d'Adda", "Segrate"]
    assert names(pact, protocol) == ["Cassano d'Adda", "Segrate"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    day=st.dates(date(2017, 6, 1), date(2021, 6, 30)),
    joined=st.dates(START, date(2019, 6, 1)),
    stay=st.integers(0, 500),
)
def test_a_member_counts_from_joining_to_the_day_before_leaving(day: date, joined: date, stay: int) -> None:
    from datetime import timedelta

    PactMembership.objects.all().delete()
    TerritorialPact.objects.all().delete()
    pact = found()
    member = join(pact, "Vimodrone", joined)
    left = joined + timedelta(days=stay)
    service.withdraw_membership(membership=member, left_on=left, reason="scelta del consiglio", by=BY)
    expected = joined <= day < left and START <= day <= END
    assert ("Vimodrone" in names(pact, on=day)) is expected


def test_the_lead_cannot_leave() -> None:
    pact = found()
    with pytest.raises(service.NotAMember):
        service.withdraw_membership(membership=pact.memberships.get(), left_on=date(2019, 1, 1), reason="prova", by=BY)


def test_overlapping_days_of_one_municipality_are_refused() -> None:
    pact = found()
    member = join(pact, "Peschiera")
    service.withdraw_membership(membership=member, left_on=date(2019, 1, 1), reason="prova", by=BY)
    again = service.invite_municipality(pact=pact, municipality=member.municipality, by=BY)
    with pytest.raises(service.AlreadyMember):
        service.sign_membership(
            membership=again, deed_no="4", deed_date=date(2018, 5, 1), joined_on=date(2018, 6, 1), by=BY
        )


@pytest.mark.parametrize("typed", ["AlmavivA", "almaviva", " ALMAVIVA ", "Almavíva", "«AlmavivA»"])
def test_intake_code_matches_however_it_is_typed(typed: str) -> None:
    action = service.agree_action(pact=found(), code="AlmavivA", title="Crisi", starts_on=START, by=BY)
    assert action_by_code(typed, on=date(2019, 1, 1)) == action


def test_two_actions_cannot_share_a_code() -> None:
    pact = found()
    service.agree_action(pact=pact, code="AlmavivA", title="Crisi", starts_on=START, by=BY)
    with pytest.raises(service.CodeTaken):
        service.agree_action(pact=pact, code="almaviva", title="Altra", starts_on=START, by=BY)


def test_a_pact_cannot_begin_before_its_deed() -> None:
    with pytest.raises(service.OutsidePact):
        service.found_pact(
            slug="prima",
            kind=PactKind.PACT,
            name="Prima",
            lead=make_municipality(),
            starts_on=START,
            ends_on=END,
            deed_no="1",
            deed_date=date(2018, 1, 2),
            by=BY,
        )


@pytest.mark.parametrize("day", [date(2017, 12, 31), date(2021, 1, 1)])
def test_nobody_joins_outside_the_period_of_the_pact(day: date) -> None:
    with pytest.raises(service.OutsidePact):
        join(found(), "Pioltello", day)


def test_nobody_leaves_before_joining() -> None:
    member = join(found(), "Pioltello", date(2018, 5, 1))
    with pytest.raises(service.LeavesBeforeJoining):
        service.withdraw_membership(membership=member, left_on=date(2018, 4, 30), reason="Delibera", by=BY)
