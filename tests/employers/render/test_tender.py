"""The print of a tender's check: archivable, accessible, the same bytes each time, and no more of a company than it needs."""

import pytest

from employers.engine.certificate import Standing
from employers.models import Company, TenderCriterion
from employers.render.certificate import STANDINGS
from employers.render.tender import checks_of, print_check_page
from tests.support.employers import make_company
from tests.support.equality import make_certificate, make_rules, make_self_declaration, make_tender
from tests.support.pdf import failures, text_of
from tests.support.territory import make_organisation

pytestmark = pytest.mark.django_db


def confirmed() -> TenderCriterion:
    make_rules()
    good, word = make_certificate(), make_company(name="Parola Sola")
    make_self_declaration(word)
    return make_tender(make_organisation(name="Comune di Prova"), bidders=[good.company, word, make_company()])


def test_the_print_keeps_both_profiles_and_says_each_verdict() -> None:
    tender = confirmed()
    printed = print_check_page(tender)
    assert failures(printed.pdf) == []
    text = text_of(printed.pdf)
    for said in (
        "Comune di Prova",
        tender.cig,
        "ora italiana",
        "Parola Sola",
        *(str(STANDINGS[standing]) for standing in (Standing.VALID, Standing.SELF_DECLARED, Standing.NONE)),
    ):
        assert said in text
    assert printed.pages == 1


def test_it_says_nothing_of_a_company_that_the_check_does_not_need() -> None:
    tender = confirmed()
    text = text_of(print_check_page(tender).pdf)
    for company in Company.objects.select_related("sector"):
        assert company.contact_name not in text
        assert company.contact_email not in text
        assert company.sector.label not in text


def test_the_same_check_gives_the_same_bytes() -> None:
    tender = confirmed()
    Company.objects.update(description="Altro")
    again = TenderCriterion.objects.get(pk=tender.pk)
    assert print_check_page(again).pdf == print_check_page(tender).pdf
    with again.pdf.open("rb") as kept:
        assert kept.read() == print_check_page(again).pdf


def test_a_live_check_costs_the_same_for_one_and_three(django_assert_max_num_queries: object) -> None:
    make_rules()
    body = make_organisation()
    for number in (1, 3):
        bidders = [make_certificate().company for _ in range(number)]
        tender = make_tender(body, bidders=bidders, confirmed=False)
        with django_assert_max_num_queries(4):  # type: ignore[operator]
            assert [check.earns for check in checks_of(tender)] == [True] * number
