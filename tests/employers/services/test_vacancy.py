"""The life of a vacancy: every lawful step, and every other one refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from employers.enums import GIVEN_WITHDRAWALS
from employers.models import Vacancy
from employers.services import vacancy as services
from employers.states import EDITABLE, VACANCY_TRANSITIONS, CompanyState, VacancyState
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.employers import make_company, make_occupation, make_rule, make_skill, make_vacancy

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")
STEPS: dict[VacancyState, Callable[[Vacancy], Vacancy]] = {
    VacancyState.SUBMITTED: lambda v: services.submit_vacancy(vacancy=v, by=BY),
    VacancyState.RETURNED: lambda v: services.return_vacancy(vacancy=v, reason="Scrivi gli orari", by=BY),
    VacancyState.PAUSED: lambda v: services.pause_vacancy(vacancy=v, by=BY),
    VacancyState.FILLED: lambda v: services.fill_vacancy(vacancy=v, by=BY),
    VacancyState.WITHDRAWN: lambda v: services.withdraw_vacancy(vacancy=v, reason="no_need", by=BY),
}


@pytest.mark.parametrize("to", STEPS)
@pytest.mark.parametrize("state", VacancyState)
def test_only_lawful_steps_pass(state: VacancyState, to: VacancyState) -> None:
    vacancy = make_vacancy(state=state)
    if to in VACANCY_TRANSITIONS[state]:
        assert STEPS[to](vacancy).state == to
        change = vacancy.transitions.get()
        assert (change.from_state, change.to_state, change.actor_label) == (state, to, "tests")
        return
    with pytest.raises(services.NotAllowed):
        STEPS[to](vacancy)
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.transitions.count()) == (state, 0)


@pytest.mark.parametrize("reason", ["", "closed", "unicorns"])
def test_what_was_on_the_board_is_taken_back_for_a_reason_of_the_companys(reason: str) -> None:
    for state in (VacancyState.PUBLISHED, VacancyState.PAUSED, VacancyState.SUBMITTED):
        vacancy = make_vacancy(state=state)
        with pytest.raises(services.NotAllowed):
            services.withdraw_vacancy(vacancy=vacancy, reason=reason, by=BY)
        vacancy.refresh_from_db()
        assert (vacancy.state, vacancy.transitions.count()) == (state, 0)


@pytest.mark.parametrize("reason", GIVEN_WITHDRAWALS)
def test_the_log_keeps_why_it_was_taken_back(reason: str) -> None:
    vacancy = services.withdraw_vacancy(vacancy=make_vacancy(), reason=reason, by=BY)
    assert vacancy.transitions.values_list("to_state", "withdrawal_reason", "reason").get() == ("withdrawn", reason, "")


def test_nobody_asks_why_of_what_nobody_could_read() -> None:
    draft = make_vacancy(state=VacancyState.DRAFT, published_on=None, expires_on=None)
    withdrawn = services.withdraw_vacancy(vacancy=draft, by=BY)
    assert (withdrawn.state, withdrawn.transitions.get().withdrawal_reason) == ("withdrawn", "")
    other = make_vacancy(state=VacancyState.DRAFT, published_on=None, expires_on=None)
    with pytest.raises(services.NotAllowed):
        services.withdraw_vacancy(vacancy=other, reason="unicorns", by=BY)


@pytest.mark.parametrize("state", VacancyState)
def test_publishing_needs_the_desks_reading(state: VacancyState) -> None:
    make_rule(value=90)
    vacancy = make_vacancy(state=state)
    if state != VacancyState.SUBMITTED:
        with pytest.raises(services.NotAllowed):
            services.publish_vacancy(vacancy=vacancy, by=BY)
        return
    published = services.publish_vacancy(vacancy=vacancy, by=BY)
    today = timezone.localdate()
    assert (published.state, published.published_on) == (VacancyState.PUBLISHED, today)
    assert published.expires_on == today + timedelta(days=90)
    assert Message.objects.get().subject == f"Offerta {vacancy.reference} pubblicata"


def test_published_again_it_keeps_the_day_of_the_first_time() -> None:
    make_rule(value=90)
    today = timezone.localdate()
    first = today - timedelta(days=120)
    vacancy = make_vacancy(state=VacancyState.SUBMITTED, published_on=first, expires_on=first + timedelta(days=90))
    again = services.publish_vacancy(vacancy=vacancy, by=BY)
    assert (again.published_on, again.expires_on) == (first, today + timedelta(days=90))


def test_a_company_without_an_address_is_published_without_a_message() -> None:
    make_rule(value=90)
    vacancy = make_vacancy(make_company(contact_email=""), state=VacancyState.SUBMITTED)
    assert services.publish_vacancy(vacancy=vacancy, by=BY).state == VacancyState.PUBLISHED
    assert not Message.objects.exists()


def test_a_return_needs_its_reason_and_tells_it() -> None:
    vacancy = make_vacancy(state=VacancyState.SUBMITTED)
    with pytest.raises(services.NotAllowed):
        services.return_vacancy(vacancy=vacancy, reason="  ", by=BY)
    returned = services.return_vacancy(vacancy=vacancy, reason="Scrivi gli orari", by=BY)
    assert returned.moderation_reason == "Scrivi gli orari"
    assert "Scrivi gli orari" in Message.objects.get().body


def test_only_an_approved_company_submits() -> None:
    company = make_company(state=CompanyState.SUBMITTED)
    vacancy = make_vacancy(company, state=VacancyState.DRAFT)
    with pytest.raises(services.NotAllowed):
        services.submit_vacancy(vacancy=vacancy, by=BY)


@pytest.mark.parametrize("lacking", [{"pay_min": None, "pay_max": None}, {"contract_type": None}, {"description": ""}])
def test_an_incomplete_draft_is_not_submitted(lacking: dict[str, Any]) -> None:
    vacancy = make_vacancy(state=VacancyState.DRAFT, **lacking)
    with pytest.raises(services.Incomplete):
        services.submit_vacancy(vacancy=vacancy, by=BY)


def test_a_pause_ends_only_before_the_last_day() -> None:
    vacancy = make_vacancy()
    services.pause_vacancy(vacancy=vacancy, by=BY)
    assert services.resume_vacancy(vacancy=vacancy, by=BY).state == VacancyState.PUBLISHED
    past = timezone.localdate() - timedelta(days=1)
    late = make_vacancy(state=VacancyState.PAUSED, published_on=past - timedelta(days=9), expires_on=past)
    with pytest.raises(services.NotAllowed):
        services.resume_vacancy(vacancy=late, by=BY)


def test_expiry_closes_what_is_past_and_nothing_else() -> None:
    today = timezone.localdate()
    past: dict[str, Any] = {"published_on": today - timedelta(days=9), "expires_on": today - timedelta(days=1)}
    gone = [make_vacancy(**past), make_vacancy(state=VacancyState.PAUSED, **past)]
    kept = [make_vacancy(expires_on=today + timedelta(days=1)), make_vacancy(state=VacancyState.FILLED, **past)]
    assert services.expire_vacancies(by=BY) == 2
    assert {v.state for v in Vacancy.objects.filter(pk__in=[v.pk for v in gone])} == {VacancyState.EXPIRED}
    assert {v.state for v in Vacancy.objects.filter(pk__in=[v.pk for v in kept])} == {"published", "filled"}
    assert services.expire_vacancies(by=BY) == 0


def test_a_company_is_asked_once_for_each_end_and_confirms() -> None:
    make_rule(value=90)
    make_rule("vacancy_refresh_days", 60)
    company, today = make_company(), timezone.localdate()
    begun = today - timedelta(days=60)
    due = make_vacancy(company, published_on=begun, expires_on=today + timedelta(days=30))
    make_vacancy(company, published_on=begun, expires_on=today + timedelta(days=31))
    late = make_vacancy(company, published_on=begun, expires_on=today - timedelta(days=1))
    make_vacancy(company, published_on=begun, expires_on=today + timedelta(days=5), state=VacancyState.PAUSED)
    assert [services.ask_refresh(by=BY) for _ in range(2)] == [1, 1]
    assert Message.objects.get().subject == f"Offerta {due.reference}: vale ancora?"
    with pytest.raises(services.NotAllowed):
        services.confirm_vacancy(vacancy=late, by=BY)
    assert services.confirm_vacancy(vacancy=due, by=BY).expires_on == today + timedelta(days=90)
    assert services.ask_refresh(by=BY) == 0


@pytest.mark.parametrize("state", VacancyState)
def test_the_text_changes_only_in_the_companys_hands(state: VacancyState) -> None:
    vacancy = make_vacancy(state=state)
    if state in EDITABLE:
        assert services.edit_vacancy(vacancy=vacancy, title="Addetta o addetto", by=BY).title == "Addetta o addetto"
        return
    with pytest.raises(services.NotEditable):
        services.edit_vacancy(vacancy=vacancy, title="Addetta o addetto", by=BY)


def test_another_occupation_drops_the_skills_of_the_old_one() -> None:
    skill = make_skill()
    vacancy = make_vacancy(state=VacancyState.DRAFT, skills=[skill])
    services.edit_vacancy(vacancy=vacancy, occupation=vacancy.occupation, by=BY)
    assert vacancy.skill_requirements.count() == 1
    services.edit_vacancy(vacancy=vacancy, occupation=make_occupation("cuoca", isco08="5120"), by=BY)
    assert vacancy.skill_requirements.count() == 0


def test_requirements_are_replaced_whole() -> None:
    old, new = make_skill(), make_skill()
    vacancy = make_vacancy(state=VacancyState.DRAFT, skills=[old])
    services.set_requirements(
        vacancy=vacancy, skills={new.pk: "optional"}, languages={}, licences=[], years_experience=2, by=BY
    )
    vacancy.refresh_from_db()
    assert list(vacancy.skill_requirements.values_list("skill", "relation")) == [(new.pk, "optional")]
    assert vacancy.years_experience == 2


def test_a_company_is_told_once_that_its_vacancy_expired() -> None:
    company, today = make_company(), timezone.localdate()
    over = make_vacancy(company, published_on=today - timedelta(days=9), expires_on=today - timedelta(days=1))
    services.expire_vacancies(by=BY)
    services.expire_vacancies(by=BY)
    message = Message.objects.get()
    assert (message.recipient, message.subject) == (company.contact_email, f"Offerta {over.reference}: è scaduta")
    assert f"/impresa/offerte/{over.pk}/" in message.body
