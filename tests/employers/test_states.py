"""Every state can be reached, and what is over stays over."""

from employers.states import (
    COMPANY_TRANSITIONS,
    EDITABLE,
    TARGET_TRANSITIONS,
    VACANCY_TRANSITIONS,
    WITH_COMPANY,
    CompanyState,
    TargetState,
    VacancyState,
)
from tests.support.transitions import ends, reached_from


def test_every_state_is_reached_from_the_first() -> None:
    assert reached_from(CompanyState.SUBMITTED, COMPANY_TRANSITIONS) == set(CompanyState)
    assert reached_from(VacancyState.DRAFT, VACANCY_TRANSITIONS) == set(VacancyState)


def test_only_a_withdrawn_vacancy_is_at_the_end() -> None:
    assert ends(COMPANY_TRANSITIONS) == set()
    assert ends(VACANCY_TRANSITIONS) == {VacancyState.WITHDRAWN}


def test_every_way_to_win_a_company_begins_with_its_name_and_none_is_shut() -> None:
    assert reached_from(TargetState.IDENTIFIED, TARGET_TRANSITIONS) == set(TargetState)
    assert ends(TARGET_TRANSITIONS) == set()
    without_interest = {s: f - {TargetState.INTERESTED} for s, f in TARGET_TRANSITIONS.items()}
    assert not reached_from(TargetState.IDENTIFIED, without_interest) & WITH_COMPANY


def test_nothing_is_published_that_the_desk_has_not_read() -> None:
    unread = {state: following - {VacancyState.SUBMITTED} for state, following in VACANCY_TRANSITIONS.items()}
    assert VacancyState.PUBLISHED not in reached_from(VacancyState.DRAFT, unread)
    for state in EDITABLE:
        assert VacancyState.PUBLISHED not in VACANCY_TRANSITIONS[state]
