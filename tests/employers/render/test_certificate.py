"""A certificate in words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.engine.certificate import Standing
from employers.render.certificate import STANDINGS, by_worth, shown
from tests.support.employers import make_company
from tests.support.equality import make_certificate, make_self_declaration, make_surveillance

pytestmark = pytest.mark.django_db


def test_every_standing_has_words_of_its_own() -> None:
    assert set(STANDINGS) == set(Standing)
    assert len({str(words) for words in STANDINGS.values()}) == len(Standing)


def test_a_missed_surveillance_is_told_from_the_next() -> None:
    today = timezone.localdate()
    certificate = make_certificate()
    make_surveillance(certificate, today - timedelta(days=400), done_on=today - timedelta(days=390))
    missed = make_surveillance(certificate, today - timedelta(days=1))
    following = make_surveillance(certificate, today)
    found = shown(certificate, on=today)
    assert (found.is_valid, found.missed, found.next_due) == (True, (missed,), following)
    assert found.words == "Certificato valido"


def test_what_is_worth_most_stands_first() -> None:
    today = timezone.localdate()
    company = make_company()
    word = make_self_declaration(company)
    older = make_certificate(company, issued_on=today - timedelta(days=900))
    refused, newer = make_certificate(company, state="refused"), make_certificate(company)
    found = by_worth(company.equality_certificates.all(), on=today)
    assert [one.paper for one in found] == [newer, older, refused, word]
