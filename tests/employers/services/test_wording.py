"""What the wording check found lives with the vacancy: kept, explained by the company, accepted by the desk."""

from typing import Any

import pytest
from django.db import IntegrityError

from employers.models import Vacancy
from employers.services import vacancy as vacancies
from employers.services import wording
from employers.states import VacancyState
from sportello.accounts.scope import Scope
from tests.support.employers import make_company, make_occupation, make_rule, make_vacancy

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def draft(**fields: Any) -> Vacancy:
    vacancy = make_vacancy(state=VacancyState.DRAFT, **fields)
    wording.check_vacancy(vacancy=vacancy, by=BY)
    return vacancy


def remarks(vacancy: Vacancy) -> list[tuple[str, str, str]]:
    return [(r.field, r.level, r.words) for r in vacancy.remarks.all()]


def test_a_new_draft_is_read_and_each_change_reads_it_again() -> None:
    company = make_company()
    vacancy = vacancies.start_vacancy(
        company=company,
        title="Commesso",
        description="Max 30 anni",
        occupation=make_occupation(),
        workplace=company.workplaces.get(),
        by=BY,
    )
    assert remarks(vacancy) == [("description", "hard", "Max 30 anni"), ("title", "soft", "Commesso")]
    vacancies.edit_vacancy(vacancy=vacancy, description="Servi i clienti", by=BY)
    assert remarks(vacancy) == [("title", "soft", "Commesso")]


def test_forbidden_words_are_not_submitted_whatever_the_motive() -> None:
    vacancy = draft(description="Solo donne")
    wording.explain_remarks(vacancy=vacancy, motives={vacancy.remarks.get().pk: "Così preferiamo"}, by=BY)
    assert vacancy.remarks.get().motive == ""
    with pytest.raises(wording.Unlawful):
        vacancies.submit_vacancy(vacancy=vacancy, by=BY)
    assert Vacancy.objects.get().state == VacancyState.DRAFT


def test_a_text_written_before_the_check_existed_is_read_when_it_is_sent() -> None:
    with pytest.raises(wording.Unlawful):
        vacancies.submit_vacancy(vacancy=make_vacancy(state=VacancyState.EXPIRED, description="Solo donne"), by=BY)


def test_soft_words_need_the_companys_motive_and_the_desks_word() -> None:
    make_rule()
    vacancy = draft(title="Commesso")
    with pytest.raises(wording.Unexplained):
        vacancies.submit_vacancy(vacancy=vacancy, by=BY)
    wording.explain_remarks(vacancy=vacancy, motives={vacancy.remarks.get().pk: " Scena in costume "}, by=BY)
    vacancies.submit_vacancy(vacancy=vacancy, by=BY)
    assert vacancy.remarks.get().motive == "Scena in costume"
    with pytest.raises(wording.Unconfirmed):
        vacancies.publish_vacancy(vacancy=vacancy, by=BY)
    vacancies.publish_vacancy(vacancy=vacancy, word="È un ruolo di scena", by=BY)
    signed = vacancy.remarks.get()
    assert (signed.confirmation, signed.confirmed_by_label) == ("È un ruolo di scena", "tests")
    assert vacancy.transitions.get(to_state=VacancyState.PUBLISHED).reason == "È un ruolo di scena"


def test_a_motive_outlives_a_change_elsewhere_and_a_signature_does_not() -> None:
    make_rule()
    vacancy = draft(title="Commesso")
    wording.explain_remarks(vacancy=vacancy, motives={vacancy.remarks.get().pk: "Scena"}, by=BY)
    vacancies.submit_vacancy(vacancy=vacancy, by=BY)
    wording.confirm_remarks(vacancy=vacancy, word="Va bene", by=BY)
    vacancies.return_vacancy(vacancy=vacancy, reason="Scrivi gli orari", by=BY)
    vacancies.edit_vacancy(vacancy=vacancy, schedule="8-17", by=BY)
    remark = vacancy.remarks.get()
    assert (remark.motive, remark.confirmation, remark.confirmed_at) == ("Scena", "", None)


@pytest.mark.parametrize("state", [VacancyState.SUBMITTED, VacancyState.PUBLISHED])
def test_motives_are_written_only_while_the_company_holds_the_text(state: VacancyState) -> None:
    with pytest.raises(wording.NotExplainable):
        wording.explain_remarks(vacancy=make_vacancy(state=state), motives={}, by=BY)


def test_a_passage_of_any_length_is_kept() -> None:
    vacancy = draft(description="Solo " + "x" * 900 + " donne")
    assert [len(words) for _, _, words in remarks(vacancy)] == [300]


def test_no_signature_without_a_motive() -> None:
    vacancy = draft(title="Commesso")
    with pytest.raises(IntegrityError, match="confirmed_remark_has_motive_and_word"):
        wording.confirm_remarks(vacancy=vacancy, word="Va bene", by=BY)
