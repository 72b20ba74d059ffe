"""The map of a pact."""

from datetime import date

import pytest

from sportello.pacts.queries import pact_page
from sportello.pacts.render import member_map
from tests.support.reports import make_pact
from tests.support.territory import make_municipality

pytestmark = pytest.mark.django_db


def test_members_and_lead_are_told_apart_and_counted() -> None:
    lead, member, _other = (
        make_municipality(name=name, istat_code=code)
        for name, code in (("Segrate", "015205"), ("Pioltello", "015175"), ("Rodano", "015189"))
    )
    pact = make_pact([lead, member], ends_on=date(2050, 12, 31))
    svg = member_map(pact_page(pact))
    assert "2 comuni aderenti; il capofila è Segrate." in svg
    for name in ("Segrate", "Pioltello", "Rodano"):
        assert name in svg
    for entry in ("Capofila", "Aderente", "Non aderente"):
        assert entry in svg


def test_without_boundaries_there_is_no_map() -> None:
    assert member_map(pact_page(make_pact([make_municipality()]))) == ""
