"""Whose tenders an official reads."""

import pytest
from django.http import Http404

from employers.queries.tenders import tendering_body, tenders, visible_bidder, visible_tender
from sportello.territory.models import Organisation
from tests.support.employers import make_company
from tests.support.equality import make_tender
from tests.support.personas import make_official, make_operator, scope

pytestmark = pytest.mark.django_db


def test_own_tenders_with_their_bidders_and_no_other() -> None:
    mine, theirs = scope(make_official()), scope(make_official())
    body = tendering_body(mine)
    tender = make_tender(body, bidders=[make_company(), make_company()], confirmed=False)
    assert [(row, row.bidders) for row in tenders(mine)] == [(tender, 2)]  # type: ignore[attr-defined]
    assert list(tenders(theirs)) == []
    award = tender.awards.first()
    assert award is not None
    assert visible_tender(mine, tender.pk) == tender
    assert visible_bidder(mine, award.pk) == award
    for look, pk in ((visible_tender, tender.pk), (visible_bidder, award.pk)):
        with pytest.raises(Http404):
            look(theirs, pk)


def test_who_is_no_official_has_no_body() -> None:
    assert Organisation.objects.get(pk=tendering_body(scope(make_official())).pk)
    with pytest.raises(Http404):
        tendering_body(scope(make_operator()))
