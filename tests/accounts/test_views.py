"""The people of a body, page by page."""

import pytest
from django.urls import reverse

from sportello.accounts.enums import Role
from sportello.accounts.models import Membership
from tests.support.personas import make_member, signed_in
from tests.support.queries import queries_of
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_a_large_body_shows_its_people_by_pages_of_equal_cost() -> None:
    desk = make_desk()
    keeper = make_member(Role.ADMINISTRATOR, desk.managed_by, last_name="Aa")
    Membership.objects.filter(user=keeper).update(is_admin=True)
    client, url = signed_in(keeper), reverse("team", kwargs={"organisation": desk.managed_by_id})
    make_member(Role.OPERATOR, desk.managed_by, desk, last_name="Bb")
    with queries_of() as few:
        client.get(url)
    for number in range(24):
        make_member(Role.OPERATOR, desk.managed_by, desk, last_name=f"Cc{number:02}")
    stranger = make_member(Role.OPERATOR, make_desk().managed_by, last_name="Dd")
    with queries_of() as many:
        first = client.get(url)
    second = client.get(url, {"pagina": "2"})
    assert len(many) == len(few) <= 10
    names = [m.user.last_name for page in (first, second) for m in page.context["page"]]
    assert names == ["Aa", "Bb", *(f"Cc{number:02}" for number in range(24))]
    assert stranger.email not in second.content.decode()
