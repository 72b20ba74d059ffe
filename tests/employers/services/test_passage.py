"""A company passes to another desk, and what the old one had of it goes along."""

import pytest
from django.db.models import ForeignKey
from django.db.models.fields.reverse_related import ForeignObjectRel

from employers.models import Company, Vacancy
from employers.services.company import NotAllowed
from employers.services.passage import NotYours, OwnerNeeded, may_pass, pass_company
from employers.services.vacancy import start_vacancy
from employers.states import VacancyState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from sportello.territory.enums import DeskState
from sportello.territory.models import Desk
from tests.support.employers import make_company, make_target, make_vacancy
from tests.support.personas import make_member, make_operator, scope
from tests.support.races import while_it_waits
from tests.support.territory import make_desk

BY = Scope.of_process("tests")
FOLLOWS = {"employers.Vacancy", "employers.TargetCompany", "matching.Placement"}
STAYS = {"employers.CompanyVisit"}
"""Where a meeting took place is history: the desk that went there counts it."""


def test_whatever_names_a_company_and_a_desk_is_known_to_follow_or_to_stay() -> None:
    """Who adds one says here which: `Placement` is told in the tests of `matching.services.passage`."""
    both = {
        relation.related_model._meta.label
        for relation in Company._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel)
        and not hasattr(relation.related_model, "pgh_tracked_model")
        and any(
            isinstance(field, ForeignKey) and field.related_model is Desk and field.name == "desk"
            for field in relation.related_model._meta.get_fields()
        )
    }
    assert both == FOLLOWS | STAYS


@pytest.mark.django_db
def test_the_passage_is_written_down_and_the_company_reads_where_and_why() -> None:
    company, desk = make_company(), make_desk()
    before, operator = company.desk, make_operator(company.desk)
    passage = pass_company(company=company, desk=desk, reason=" Ha aperto lì ", by=scope(operator))
    company.refresh_from_db()
    assert (company.desk, company.passages.get()) == (desk, passage)
    assert (passage.from_desk, passage.to_desk, passage.reason, passage.actor_id) == (
        before,
        desk,
        "Ha aperto lì",
        operator.pk,
    )
    message = Message.objects.get()
    assert message.recipient == company.contact_email
    assert desk.name in message.subject
    assert all(word in message.body for word in ("Ha aperto lì", desk.name, before.name, desk.address))


@pytest.mark.django_db
def test_vacancies_in_every_state_follow_and_those_of_others_stay() -> None:
    company, desk = make_company(), make_desk()
    made = [make_vacancy(company, state=state) for state in VacancyState]
    stays = make_vacancy(make_company(company.desk))
    before = company.desk
    pass_company(company=company, desk=desk, reason="Vicina", by=BY)
    assert {v.desk for v in Vacancy.objects.filter(pk__in=[v.pk for v in made])} == {desk}
    stays.refresh_from_db()
    assert stays.desk == before


@pytest.mark.django_db
def test_the_card_of_one_to_be_won_goes_to_somebody_of_the_new_desk() -> None:
    company, desk = make_company(), make_desk()
    old, new = make_operator(company.desk), make_operator(desk)
    card = make_target(old, company.desk, company=company)
    for owner in (None, old):
        with pytest.raises(OwnerNeeded):
            pass_company(company=company, desk=desk, reason="Vicina", owner=owner, by=BY)
    company.refresh_from_db()
    assert (company.desk, Message.objects.count()) == (card.desk, 0)
    pass_company(company=company, desk=desk, reason="Vicina", owner=new, by=BY)
    card.refresh_from_db()
    assert (card.desk, card.owner) == (desk, new)


@pytest.mark.django_db
def test_who_follows_it_goes_on_where_they_serve_both_desks() -> None:
    company, desk = make_company(), make_desk()
    owner = make_member(Role.OPERATOR, desk.managed_by, company.desk, desk)
    card = make_target(owner, company.desk, company=company)
    pass_company(company=company, desk=desk, reason="Vicina", by=BY)
    card.refresh_from_db()
    assert (card.desk, card.owner) == (desk, owner)


@pytest.mark.django_db
def test_only_who_serves_it_or_coordinates_lets_it_go() -> None:
    company, desk = make_company(), make_desk()
    stranger, leader = make_operator(desk), make_member(Role.COORDINATOR, desk.managed_by, desk)
    with pytest.raises(NotYours):
        pass_company(company=company, desk=desk, reason="Vicina", by=scope(stranger))
    assert [may_pass(company, scope(user)) for user in (make_operator(company.desk), stranger, leader)] == [
        True,
        False,
        True,
    ]
    assert pass_company(company=company, desk=desk, reason="Vicina", by=scope(leader)).to_desk == desk


@pytest.mark.django_db
def test_a_passage_wants_another_open_desk_and_a_reason() -> None:
    company = make_company()
    closed = make_desk(state=DeskState.CLOSED)
    for desk, reason in ((company.desk, "Vicina"), (closed, "Vicina"), (make_desk(), " ")):
        with pytest.raises(NotAllowed):
            pass_company(company=company, desk=desk, reason=reason, by=BY)
    assert not company.passages.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("passes_first", [True, False])
def test_a_draft_of_the_same_moment_is_read_by_the_new_desk(passes_first: bool) -> None:
    company, desk = make_company(), make_desk()
    model = make_vacancy(company)

    def draft() -> None:
        start_vacancy(company=company, title="Nuova", workplace=model.workplace, occupation=model.occupation, by=BY)

    def passage() -> None:
        pass_company(company=company, desk=desk, reason="Vicina", by=BY)

    while_it_waits(*((passage, draft) if passes_first else (draft, passage)))
    assert set(company.vacancies.values_list("desk", flat=True)) == {desk.pk}
