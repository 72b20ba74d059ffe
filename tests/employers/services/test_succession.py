"""One company takes the place of another: what passes, what stays, what refuses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.enums import SuccessionKind
from employers.models import Company, CompanySuccession, CompanyVisit, DeclaredInterest, QuotaReckoning, VacancyDelivery
from employers.queries.board import BoardSearch, board
from employers.queries.companies import visits_of
from employers.queries.feed import change_of
from employers.render.posting import job_posting
from employers.services.closing import close_company, reopen_company
from employers.services.company import NotAllowed
from employers.services.interest import ConflictOfInterest, declare_interest
from employers.services.succession import SuccessionRefused, succeed_company
from employers.services.vacancy import NotAllowed as VacancyNotAllowed
from employers.services.vacancy import publish_vacancy, start_vacancy
from employers.states import AdvisoryState, CompanyState, TargetState, VacancyState
from sportello.accounts.enums import KeyScope, Role
from sportello.accounts.models import Membership
from sportello.accounts.scope import Scope
from sportello.accounts.services.keys import make_key
from sportello.accounts.services.membership import invite_member
from sportello.core.models import Message
from tests.support.employers import (
    make_company,
    make_company_user,
    make_rule,
    make_settlement,
    make_target,
    make_vacancy,
)
from tests.support.equality import make_advice, make_certificate
from tests.support.personas import make_operator, make_user, scope
from tests.support.races import while_it_waits
from tests.support.territory import make_desk

BY = Scope.of_process("tests")
TAKEOVER, DUPLICATE = SuccessionKind.TAKEOVER, SuccessionKind.DUPLICATE
both_kinds = pytest.mark.parametrize("kind", SuccessionKind)


def succeed(company: Company, successor: Company, kind: str = TAKEOVER, by: Scope = BY) -> CompanySuccession:
    return succeed_company(
        company=company, successor=successor, kind=kind, since=timezone.localdate(), motive=" Atto ", by=by
    )


@pytest.mark.django_db
@both_kinds
def test_the_old_one_closes_for_good_and_both_are_told(kind: SuccessionKind) -> None:
    company, successor = make_company(name="Forno Rossi"), make_company(name="Pane Spa")
    operator = make_operator()
    done = succeed(company, successor, kind, by=scope(operator))
    company.refresh_from_db()
    assert (company.state, company.closed_on, company.closing_reason) == ("closed", timezone.localdate(), kind.value)
    assert (done.company, done.successor, done.motive, done.actor_id) == (company, successor, "Atto", operator.pk)
    assert {m.recipient for m in Message.objects.all()} == {company.contact_email, successor.contact_email}
    assert {m.subject for m in Message.objects.all()} == {"Pane Spa al posto di Forno Rossi"}
    with pytest.raises(NotAllowed):
        reopen_company(company=company, reason="Per errore", by=BY)


@pytest.mark.django_db
def test_a_number_that_was_wrong_is_free_again_and_one_that_ended_is_not() -> None:
    wrong, ended, kept = make_company(vat_number="01234567897"), make_company(), make_company()
    succeed(wrong, kept, DUPLICATE)
    succeed(ended, kept, TAKEOVER)
    assert make_company(vat_number="01234567897").state == CompanyState.APPROVED
    assert Company.objects.filter(vat_number=ended.vat_number).get() == ended


@pytest.mark.django_db
@both_kinds
def test_vacancies_go_on_with_their_places_at_the_desk_of_the_successor(kind: SuccessionKind) -> None:
    company, successor = make_company(), make_company(make_desk(), name="Pane Spa")
    made = {make_vacancy(company, state=state) for state in VacancyState}
    site = make_settlement(company=company)
    states = {v.pk: v.state for v in made}
    place = company.workplaces.get()
    succeed(company, successor, kind)
    assert {v.pk: v.state for v in successor.vacancies.all()} == states
    assert {v.desk_id for v in successor.vacancies.all()} == {successor.desk_id}
    site.refresh_from_db()
    assert (site.company, place in successor.workplaces.all()) == (successor, True)


@pytest.mark.django_db
def test_board_feed_and_search_engines_tell_the_new_employer() -> None:
    company, successor = make_company(name="Forno Rossi"), make_company(name="Pane Spa")
    vacancy = make_vacancy(company)
    before = change_of(vacancy.pk)
    succeed(company, successor)
    after = change_of(vacancy.pk)
    assert before
    assert after
    assert after.vacancy
    assert after.changed_at > before.changed_at
    assert str(after.vacancy.company) == "Pane Spa"
    assert [str(v.company) for v in board(BoardSearch())] == ["Pane Spa"]
    assert job_posting(after.vacancy, url="https://esempio.it")["hiringOrganization"]["name"] == "Pane Spa"


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "passes"), [(TAKEOVER, False), (DUPLICATE, True)])
def test_what_is_of_a_legal_person_passes_only_where_it_is_the_same(kind: SuccessionKind, passes: bool) -> None:
    company, successor = make_company(), make_company()
    paper = make_certificate(company)
    QuotaReckoning.objects.create(company=company, told={}, verdict={})
    visit = CompanyVisit.objects.create(
        company=company,
        visited_on=timezone.localdate(),
        kind="desk",
        desk=company.desk,
        municipality=company.desk.municipality,
    )
    delivery = VacancyDelivery.objects.create(company=company, key="7", digest="x", vacancy=make_vacancy(company))
    succeed(company, successor, kind)
    holder = successor if passes else company
    for row in (paper, visit, delivery):
        row.refresh_from_db()
        assert row.company == holder
    assert QuotaReckoning.objects.get().company == holder


@pytest.mark.django_db
def test_what_the_kept_record_says_already_stays_where_it_was_written() -> None:
    company, successor = make_company(), make_company()
    for one in (company, successor):
        QuotaReckoning.objects.create(company=one, told={}, verdict={})
        VacancyDelivery.objects.create(company=one, key="7", digest=str(one.pk), vacancy=make_vacancy(one))
    succeed(company, successor, DUPLICATE)
    assert {d.company.pk: d.digest for d in VacancyDelivery.objects.all()} == {
        one.pk: str(one.pk) for one in (company, successor)
    }
    assert QuotaReckoning.objects.count() == 2


@pytest.mark.django_db
@both_kinds
def test_an_open_request_goes_on_and_two_of_them_refuse(kind: SuccessionKind) -> None:
    company, successor, third = (make_company() for _ in range(3))
    asked = make_advice(company)
    make_advice(successor)
    with pytest.raises(SuccessionRefused, match="Punto Parità"):
        succeed(company, successor, kind)
    company.refresh_from_db()
    assert company.state == CompanyState.APPROVED
    succeed(company, third, kind)
    asked.refresh_from_db()
    assert (asked.company, asked.state) == (third, AdvisoryState.ASKED)


@pytest.mark.django_db
@both_kinds
def test_who_could_not_decide_for_the_one_does_not_for_the_other(kind: SuccessionKind) -> None:
    company, successor = make_company(), make_company()
    tied, twice = make_operator(company.desk), make_operator(company.desk)
    for user, one in ((tied, company), (twice, company), (twice, successor)):
        declare_interest(user=user, company=one, motive="Parente", by=BY)
    for user in (tied, twice):
        with pytest.raises(ConflictOfInterest):
            succeed(company, successor, kind, by=scope(user))
    succeed(company, successor, kind)
    ties = DeclaredInterest.objects.values_list("user", "company", "motive")
    assert set(ties) == {(u.pk, c.pk, "Parente") for u in (tied, twice) for c in (company, successor)}
    assert len(ties) == 4
    with pytest.raises(ConflictOfInterest):
        close_company(company=successor, reason="ceased", closed_on=timezone.localdate(), by=scope(tied))


@pytest.mark.django_db
@both_kinds
def test_nobody_new_enters_the_old_company_by_key_or_invitation(kind: SuccessionKind) -> None:
    company, successor = make_company(), make_company()
    keys = [
        make_key(organisation=c.organisation, name="p", scopes=[KeyScope.READ], days=9, by=BY)[0]
        for c in (company, successor)
    ]
    invited = invite_member(organisation=company.organisation, email="x@example.org", role=Role.COMPANY, by=BY)
    succeed(company, successor, kind)
    for key in keys:
        key.refresh_from_db()
    invited.refresh_from_db()
    assert ([key.is_open for key in keys], invited.is_open) == ([False, True], False)


@pytest.mark.django_db
def test_the_people_of_a_company_taken_over_are_not_the_successors() -> None:
    company, successor = make_company(), make_company()
    user = make_company_user(company)
    succeed(company, successor)
    assert [m.organisation for m in Membership.objects.filter(user=user)] == [company.organisation]


@pytest.mark.django_db
def test_the_people_of_one_company_go_on_and_its_administrators_stay_those_of_the_kept_record() -> None:
    company, successor = make_company(), make_company()
    alone, shared, keeper = make_company_user(company), make_company_user(company), make_company_user(successor)
    Membership.objects.filter(user__in=(alone, keeper)).update(is_admin=True)
    Membership.objects.create(user=shared, organisation=successor.organisation, role=Role.COMPANY)
    succeed(company, successor, DUPLICATE)
    people = successor.organisation.memberships.values_list("user", "is_admin")
    assert set(people) == {(alone.pk, False), (shared.pk, False), (keeper.pk, True)}


@pytest.mark.django_db
def test_one_that_was_to_be_won_is_so_no_more() -> None:
    company, successor = make_company(), make_company()
    card = make_target(make_operator(company.desk), company.desk, company=company, state=TargetState.INTERESTED)
    succeed(company, successor)
    card.refresh_from_db()
    assert (card.state, card.transitions.get().note) == (TargetState.DROPPED, f"Ora è {successor}")


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "passes"), [(TAKEOVER, False), (DUPLICATE, True)])
def test_the_visits_of_before_it_registered_have_the_fate_of_the_others(kind: SuccessionKind, passes: bool) -> None:
    company, successor = make_company(), make_company()
    desk = company.desk
    card = make_target(make_operator(desk), desk, company=company)
    visit = CompanyVisit.objects.create(
        target=card, visited_on=timezone.localdate(), kind="desk", desk=desk, municipality=desk.municipality
    )
    succeed(company, successor, kind)
    assert [list(visits_of(one)) for one in (company, successor)] == ([[], [visit]] if passes else [[visit], []])


@pytest.mark.django_db
def test_both_are_approved_and_different_the_day_has_come_and_there_is_a_motive() -> None:
    company, successor, waits = make_company(), make_company(), make_company(state=CompanyState.SUBMITTED)
    today = timezone.localdate()
    for one, other in ((company, company), (company, waits), (waits, company)):
        with pytest.raises(NotAllowed):
            succeed(one, other)
    for kind, since, motive in (
        ("merger", today, "Atto"),
        (TAKEOVER, today + timedelta(days=1), "Atto"),
        (TAKEOVER, today, " "),
    ):
        with pytest.raises(NotAllowed):
            succeed_company(company=company, successor=successor, kind=kind, since=since, motive=motive, by=BY)


@pytest.mark.django_db(transaction=True)
def test_two_that_swallow_each_other_are_one_in_the_end() -> None:
    one, other = make_company(), make_company()

    def late() -> None:
        with pytest.raises(NotAllowed):
            succeed(other, one)

    while_it_waits(lambda: succeed(one, other), late)
    assert [c.state for c in (Company.objects.get(pk=one.pk), Company.objects.get(pk=other.pk))] == [
        "closed",
        "approved",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_successor_that_passes_on_in_the_same_moment_takes_all_along() -> None:
    first, second, third = (make_company() for _ in range(3))
    vacancy = make_vacancy(first)
    while_it_waits(lambda: succeed(first, second), lambda: succeed(second, third))
    vacancy.refresh_from_db()
    assert vacancy.company == third


@pytest.mark.django_db(transaction=True)
def test_a_successor_that_closes_in_the_same_moment_refuses_or_takes_all_along() -> None:
    make_rule()
    for closes_first in (True, False):
        company, successor = make_company(), make_company()
        vacancy = make_vacancy(company)

        def close(successor: Company = successor) -> None:
            close_company(company=successor, reason="ceased", closed_on=timezone.localdate(), by=BY)

        def late(company: Company = company, successor: Company = successor) -> None:
            with pytest.raises(NotAllowed):
                succeed(company, successor)

        if closes_first:
            while_it_waits(close, late)
        else:
            while_it_waits(lambda a=company, b=successor: succeed(a, b), close)  # type: ignore[misc]
        vacancy.refresh_from_db()
        assert (vacancy.company, vacancy.state) == (
            (company, VacancyState.PUBLISHED) if closes_first else (successor, VacancyState.WITHDRAWN)
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("publishes_first", [True, False])
def test_a_publication_of_the_same_moment_is_the_successors(publishes_first: bool) -> None:
    make_rule()
    company, successor = make_company(), make_company()
    vacancy = make_vacancy(company, state=VacancyState.SUBMITTED, published_on=None, expires_on=None)
    acts = (lambda: publish_vacancy(vacancy=vacancy, by=BY), lambda: succeed(company, successor))
    while_it_waits(*(acts if publishes_first else reversed(acts)))
    vacancy.refresh_from_db()
    assert (vacancy.company, vacancy.state) == (successor, VacancyState.PUBLISHED)


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_comes_after_is_refused() -> None:
    company, successor = make_company(), make_company()
    model = make_vacancy(company)

    def late() -> None:
        with pytest.raises(VacancyNotAllowed):
            start_vacancy(company=company, title="Nuova", workplace=model.workplace, occupation=model.occupation, by=BY)

    while_it_waits(lambda: succeed(company, successor), late)
    assert list(successor.vacancies.all()) == [model]


@pytest.mark.django_db
def test_who_works_for_either_does_not_decide_it() -> None:
    company, successor = make_company(), make_company()
    for one in (company, successor):
        user = make_user()
        Membership.objects.create(user=user, organisation=one.organisation, role=Role.COMPANY)
        with pytest.raises(ConflictOfInterest):
            succeed(company, successor, by=scope(user))
