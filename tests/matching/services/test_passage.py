"""Nothing of a company is left in a queue of a desk that does not serve it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from employers.models import Company
from employers.states import VacancyState
from matching.models import Placement
from matching.queries.placements import placements
from matching.services.passage import hand_on_company
from matching.services.placement import hire
from matching.states import ReferralState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from tests.support.employers import make_company, make_contract_type, make_target, make_vacancy
from tests.support.matching import make_placement, make_referral
from tests.support.personas import make_candidate, make_member, make_operator, scope
from tests.support.races import while_it_waits
from tests.support.territory import make_desk

BY = Scope.of_process("tests")
"""Of whom no desk knows the name, as who signed up in this minute."""


@pytest.mark.django_db
def test_a_hire_passes_where_the_desk_checks_it_for_the_vacancy_alone() -> None:
    company, desk = make_company(), make_desk()
    before = company.desk
    known = make_placement(make_vacancy(company), desk=before)
    alone = make_placement(make_vacancy(company), desk=before, candidate=make_candidate())
    elsewhere = make_placement(make_vacancy(company), candidate=make_candidate(), desk=make_desk())
    hand_on_company(company=company, desk=desk, reason="Vicina", by=BY)
    where = dict(Placement.objects.values_list("pk", "desk"))
    assert where == {known.pk: before.pk, alone.pk: desk.pk, elsewhere.pk: elsewhere.desk_id}
    assert list(placements(scope(make_operator(desk)))) == [alone]


class Walks(TestCase):
    @settings(max_examples=8, deadline=None)
    @given(
        st.lists(st.integers(0, 2), min_size=1, max_size=4),
        st.lists(st.sampled_from(list(VacancyState)), max_size=3),
        st.booleans(),
    )
    def test_after_any_walk_all_of_the_company_is_with_its_desk(
        self, walk: list[int], states: list[VacancyState], is_target: bool
    ) -> None:
        desks = [make_desk() for _ in range(3)]
        company = make_company(make_desk())
        desks.append(company.desk)
        keeper = make_member(Role.OPERATOR, company.desk.managed_by, *desks)
        for state in states:
            vacancy = make_vacancy(company, state=state)
            make_placement(vacancy, desk=company.desk, candidate=make_candidate())
        if is_target:
            make_target(keeper, company.desk, company=company)
        for step in walk:
            if desks[step].pk != Company.objects.get(pk=company.pk).desk_id:
                hand_on_company(company=company, desk=desks[step], reason="Vicina", by=BY)
        company.refresh_from_db()
        left = [desk for desk in desks if desk.pk != company.desk_id]
        assert not company.vacancies.filter(desk__in=left).exists()
        assert not company.placements.filter(desk__in=left).exists()
        assert not hasattr(company, "target") or company.target.desk_id == company.desk_id


@pytest.mark.django_db(transaction=True)
def test_a_hire_of_the_same_moment_is_found() -> None:
    company, desk = make_company(), make_desk()
    referral = make_referral(make_vacancy(company), make_candidate(), state=ReferralState.OFFER)
    contract = make_contract_type()
    while_it_waits(
        lambda: hire(referral=referral, contract_type=contract, starts_on=referral.created_at.date(), by=BY),
        lambda: hand_on_company(company=company, desk=desk, reason="Vicina", by=BY),
    )
    assert Placement.objects.get().desk == desk
