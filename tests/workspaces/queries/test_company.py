"""The vacancies of a company at a glance."""

import pytest

from employers.states import VacancyState
from matching.states import ReferralState
from sportello.workspaces.queries.company import vacancy_cards
from tests.support.employers import make_company, make_vacancy
from tests.support.matching import make_referral
from tests.support.personas import make_candidate
from tests.support.queries import queries_of
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_open_vacancies_come_first_with_the_people_at_each_point() -> None:
    desk = make_desk()
    company = make_company(desk)
    filled = make_vacancy(company, title="Coperta", state=VacancyState.FILLED)
    looked_for = make_vacancy(company, title="Cercata")
    make_vacancy(make_company(desk), title="D'altri")
    steps = (ReferralState.CONSENT_ASKED, ReferralState.SENT, ReferralState.VIEWED, ReferralState.INTERVIEW)
    for state in steps:
        make_referral(looked_for, make_candidate(desk), state=state)
    make_referral(filled, make_candidate(desk), state=ReferralState.HIRED)
    with queries_of() as queries:
        cards = vacancy_cards(company)
    assert [(card.title, card.waiting, card.interviews, card.hired) for card in cards] == [
        ("Cercata", 2, 1, 0),
        ("Coperta", 0, 0, 1),
    ]
    assert cards[0].reference == looked_for.reference
    assert len(queries) == 1
