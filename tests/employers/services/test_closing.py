"""A company that is closed is gone from the board at once, whoever acts in the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.enums import ClosingReason
from employers.models import BoardEntry, Company, Vacancy
from employers.queries.board import BoardSearch, board
from employers.services import company as companies
from employers.services import vacancy as vacancies
from employers.services.closing import close_company, reopen_company
from employers.states import CompanyState, VacancyState
from sportello.accounts.enums import KeyScope
from sportello.accounts.scope import Scope
from sportello.accounts.services.keys import make_key
from sportello.core.models import Message
from tests.support.employers import closing_of, make_company, make_rule, make_vacancy
from tests.support.races import while_it_waits
from tests.support.refusals import refused

BY = Scope.of_process("tests")
GONE = "L'impresa è chiusa: Ha cessato l'attività"


def close(company: Company) -> Company:
    return close_company(company=company, reason=ClosingReason.CEASED, closed_on=timezone.localdate(), by=BY)


@pytest.mark.django_db
def test_what_was_in_hand_or_on_the_board_is_withdrawn_and_the_log_says_why() -> None:
    company, other = make_company(), make_company()
    made = {state: make_vacancy(company, state=state) for state in VacancyState}
    stays = make_vacancy(other)
    close(company)
    over = {VacancyState.FILLED, VacancyState.EXPIRED, VacancyState.WITHDRAWN}
    for state, vacancy in made.items():
        vacancy.refresh_from_db()
        logged = [(t.from_state, t.to_state, t.reason, t.withdrawal_reason) for t in vacancy.transitions.all()]
        assert vacancy.state == (state if state in over else VacancyState.WITHDRAWN)
        assert logged == ([] if state in over else [(state, VacancyState.WITHDRAWN, GONE, "closed")])
    assert list(board(BoardSearch())) == [stays]
    assert BoardEntry.objects.get(pk=made[VacancyState.PUBLISHED].pk).state == VacancyState.WITHDRAWN


@pytest.mark.django_db
def test_its_keys_open_nothing_and_it_is_told_since_when_and_why() -> None:
    company, other = make_company(), make_company()
    mine, theirs = (
        make_key(organisation=c.organisation, name="p", scopes=[KeyScope.READ], days=9, by=BY)[0]
        for c in (company, other)
    )
    closed = close(company)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.is_open, theirs.is_open) == (False, True)
    assert (closed.state, closed.closed_on, closed.closing_reason) == ("closed", timezone.localdate(), "ceased")
    message = Message.objects.get()
    assert message.recipient == company.contact_email
    assert "Ha cessato l'attività" in message.body


@pytest.mark.django_db
@pytest.mark.parametrize("state", [s for s in CompanyState if s != CompanyState.APPROVED])
def test_only_an_approved_company_is_closed(state: CompanyState) -> None:
    reason = "Motivo" if state == CompanyState.REJECTED else ""
    company = make_company(state=state, decision_reason=reason, **closing_of(state))
    with pytest.raises(companies.NotAllowed):
        close(company)


@pytest.mark.django_db
def test_the_reason_is_coded_and_the_day_is_not_in_the_future() -> None:
    company, today = make_company(), timezone.localdate()
    for reason, day in (("because", today), (ClosingReason.CEASED, today + timedelta(days=1))):
        with pytest.raises(companies.NotAllowed):
            close_company(company=company, reason=reason, closed_on=day, by=BY)


@pytest.mark.django_db
def test_the_database_wants_day_and_reason_of_a_closed_company_and_of_no_other() -> None:
    company = make_company()
    for fields in ({"state": "closed"}, {"closed_on": timezone.localdate()}, {"closing_reason": "other"}):
        with refused("closed_company_knows_when_and_why"):
            Company.objects.filter(pk=company.pk).update(**fields)


@pytest.mark.django_db
def test_nothing_of_a_closed_company_begins_or_changes() -> None:
    make_rule()
    company = make_company()
    expired = make_vacancy(company, state=VacancyState.EXPIRED)
    filled = make_vacancy(company, state=VacancyState.FILLED)
    place = company.workplaces.get()
    close(company)
    with pytest.raises(vacancies.NotAllowed):
        vacancies.start_vacancy(company=company, title="Cuoca", workplace=place, occupation=expired.occupation, by=BY)
    with pytest.raises(vacancies.NotAllowed):
        vacancies.submit_vacancy(vacancy=expired, by=BY)
    with pytest.raises(companies.NotAllowed):
        companies.update_company(company=company, website="https://example.org", by=BY)
    with pytest.raises(companies.NotAllowed):
        companies.add_workplace(
            company=company, name="B", municipality=place.municipality, address="Via", point=None, by=BY
        )
    with pytest.raises(companies.NotAllowed):
        companies.edit_workplace(
            workplace=place, name="B", municipality=place.municipality, address="Via", point=None, by=BY
        )
    # The hire is not confirmed: its post is free, and nobody may apply for it.
    assert vacancies.reopen_vacancy(vacancy=filled, by=BY).state == VacancyState.EXPIRED


@pytest.mark.django_db
def test_reopened_it_writes_again_and_what_was_ended_stays_so() -> None:
    company = make_company()
    vacancy = make_vacancy(company)
    close(company)
    with pytest.raises(companies.NotAllowed):
        reopen_company(company=company, reason=" ", by=BY)
    company = reopen_company(company=company, reason="Ha ripreso", by=BY)
    assert (company.state, company.closed_on, company.closing_reason) == (CompanyState.APPROVED, None, "")
    assert [(t.to_state, t.reason) for t in company.transitions.all()] == [
        ("closed", "Ha cessato l'attività"),
        ("approved", "Ha ripreso"),
    ]
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.WITHDRAWN
    place, occupation = company.workplaces.get(), vacancy.occupation
    draft = vacancies.start_vacancy(company=company, title="A", workplace=place, occupation=occupation, by=BY)
    assert draft.state == VacancyState.DRAFT
    with pytest.raises(companies.NotAllowed):
        reopen_company(company=company, reason="Due volte", by=BY)


@pytest.mark.django_db(transaction=True)
def test_a_publication_that_was_first_is_withdrawn_with_the_others() -> None:
    make_rule()
    vacancy = make_vacancy(state=VacancyState.SUBMITTED, published_on=None, expires_on=None)
    while_it_waits(
        lambda: vacancies.publish_vacancy(vacancy=vacancy, by=BY),
        lambda: close(Company.objects.get(pk=vacancy.company_id)),
    )
    vacancy.refresh_from_db()
    steps = [t.to_state for t in vacancy.transitions.all()]
    assert (vacancy.state, steps) == (VacancyState.WITHDRAWN, [VacancyState.PUBLISHED, VacancyState.WITHDRAWN])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("state", "verb"),
    [
        (VacancyState.SUBMITTED, vacancies.publish_vacancy),
        (VacancyState.PAUSED, vacancies.resume_vacancy),
        (VacancyState.RETURNED, vacancies.submit_vacancy),
        # Those that the closing does not change: only a fresh look at the company tells.
        (VacancyState.EXPIRED, vacancies.submit_vacancy),
    ],
)
def test_what_comes_after_the_closing_finds_it_closed(state: VacancyState, verb: object) -> None:
    make_rule()
    vacancy = make_vacancy(state=state)

    def late() -> None:
        with pytest.raises(vacancies.NotAllowed):
            verb(vacancy=vacancy, by=BY)  # type: ignore[operator]

    while_it_waits(lambda: close(Company.objects.get(pk=vacancy.company_id)), late)
    assert not Vacancy.objects.published().exists()


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_waits_for_the_closing_is_refused_and_one_that_was_first_is_withdrawn() -> None:
    for closes_first in (True, False):
        company = make_company()
        model = make_vacancy(company, state=VacancyState.EXPIRED)

        def draft(company: Company = company, model: Vacancy = model) -> None:
            vacancies.start_vacancy(
                company=company, title="Nuova", workplace=model.workplace, occupation=model.occupation, by=BY
            )

        def refused_draft(draft: object = draft) -> None:
            with pytest.raises(vacancies.NotAllowed):
                draft()  # type: ignore[operator]

        if closes_first:
            while_it_waits(lambda c=company: close(c), refused_draft)  # type: ignore[misc]
        else:
            while_it_waits(draft, lambda c=company: close(c))  # type: ignore[misc]
        states = [v.state for v in company.vacancies.filter(title="Nuova")]
        assert states == ([] if closes_first else [VacancyState.WITHDRAWN])


@pytest.mark.django_db(transaction=True)
def test_a_post_that_is_free_again_does_not_bring_an_ad_back_after_the_closing() -> None:
    vacancy = make_vacancy(state=VacancyState.FILLED)
    while_it_waits(
        lambda: close(Company.objects.get(pk=vacancy.company_id)),
        lambda: vacancies.reopen_vacancy(vacancy=vacancy, by=BY),
    )
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.EXPIRED
