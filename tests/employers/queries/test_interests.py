"""Who may read which tie, and who may decide."""

import pytest

from employers.models import DeclaredInterest
from employers.queries.interests import has_part_in, impartial_colleagues, interests_of, people_kept_by
from sportello.accounts.enums import Role
from sportello.accounts.models import Membership
from tests.support.employers import make_company
from tests.support.personas import make_member, make_operator, scope
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def test_colleagues_without_a_part_may_decide() -> None:
    company = make_company()
    tied, member, free = (make_operator(company.desk) for _ in range(3))
    make_operator()  # of another desk
    DeclaredInterest.objects.create(user=tied, company=company, motive="Parente")
    Membership.objects.create(user=member, organisation=company.organisation, role=Role.COMPANY)
    assert list(impartial_colleagues(company)) == [free]
    with queries_of() as asked:
        assert [has_part_in(user.pk, company.pk) for user in (tied, member, free)] == [True, True, False]
    assert len(asked) == 3


def test_ties_are_read_by_who_has_them_and_by_who_coordinates_them() -> None:
    company = make_company()
    me, other, stranger = make_operator(company.desk), make_operator(company.desk), make_operator()
    leader = make_member(Role.COORDINATOR, company.desk.managed_by, company.desk)
    for user in (me, other, stranger):
        DeclaredInterest.objects.create(user=user, company=company, motive="Parente")
    read = {user: {row.user for row in interests_of(company, scope(user))} for user in (me, leader)}
    assert read == {me: {me}, leader: {me, other}}
    assert set(people_kept_by(scope(leader))) == {me, other, leader}
