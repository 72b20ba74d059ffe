"""The pages of the restricted files: no name without a grant, and every reading noted."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidates.models import Candidate, Restriction, RestrictionGrant
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.core.models import AccessLogEntry
from tests.support.personas import make_case, make_member, make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.usefixtures("vocabulary")


def leader_and_person() -> tuple[Client, User, User, Candidate]:
    desk = make_desk()
    operator = make_operator(desk)
    leader = make_member(Role.COORDINATOR, desk.managed_by, desk)
    person = make_case(desk, operator=operator).candidate
    client = signed_in(leader)
    client.post(reverse("reading_reason", kwargs={"candidate": person.pk}), {"purpose": "check"})
    return client, leader, operator, person


def until(days: int) -> dict[str, int]:
    day = timezone.localdate() + timedelta(days=days)
    return {"ends_on_day": day.day, "ends_on_month": day.month, "ends_on_year": day.year}


def test_a_file_is_restricted_granted_and_lifted() -> None:
    client, leader, operator, person = leader_and_person()
    file = reverse("case_file", kwargs={"candidate": person.pk})
    address = reverse("restrict_file", kwargs={"candidate": person.pk})
    assert address in client.get(file).content.decode()
    assert client.post(address, {"motive": "M", **until(91)}).status_code == 422
    assert client.post(address, {"motive": "M", **until(30)}).url == file  # type: ignore[attr-defined]
    restriction = Restriction.objects.get()
    assert {grant.user for grant in restriction.grants.all()} == {leader}
    page = client.get(file).content.decode()
    assert "Scheda riservata" in page
    assert address not in page
    other = signed_in(operator)
    assert other.get(file).status_code == 404
    grants = reverse("restricted_file", kwargs={"restriction": restriction.pk})
    assert person.last_name not in client.get(grants).content.decode()
    assert client.post(grants, {"user": operator.pk, "motive": "Segue", **until(10)}).status_code == 302
    assert not AccessLogEntry.objects.filter(actor_id=operator.pk).exists()
    assert other.get(file).status_code == 200
    assert AccessLogEntry.objects.get(actor_id=operator.pk).subject_id == person.pk
    grant = RestrictionGrant.objects.get(user=operator)
    client.post(reverse("revoke_grant", kwargs={"restriction": restriction.pk, "grant": grant.pk}))
    assert other.get(file).status_code == 404
    lift = reverse("lift_restriction", kwargs={"restriction": restriction.pk})
    assert client.post(lift, {}).status_code == 422
    client.post(lift, {"lift_motive": "Finita"})
    assert other.get(file).status_code == 200


def test_an_operator_neither_restricts_nor_keeps() -> None:
    client, _leader, operator, person = leader_and_person()
    client.post(reverse("restrict_file", kwargs={"candidate": person.pk}), {"motive": "M", **until(30)})
    restriction = Restriction.objects.get()
    other = signed_in(operator)
    visible = make_case(make_desk(), operator=operator)
    assert visible
    for url in (
        reverse("restricted_files"),
        reverse("restricted_file", kwargs={"restriction": restriction.pk}),
        reverse("restrict_file", kwargs={"candidate": person.pk}),
    ):
        assert other.get(url).status_code == 404


def test_the_list_costs_the_same_for_one_and_three() -> None:
    client, leader, _operator, person = leader_and_person()
    desk = person.cases.get().desk
    costs = []
    for more in (1, 2):
        for _ in range(more):
            Restriction.objects.create(candidate=make_case(desk).candidate, motive="M", set_by=leader)
        costs.append(asked(client, reverse("restricted_files"))[1])
    assert costs[0] == costs[1]
    assert costs[0] <= 10
