"""Interests and hand-overs as they are chosen."""

import pytest

from employers.forms.interest import HandOverForm, InterestForm
from sportello.accounts.models import User
from tests.support.personas import make_user

pytestmark = pytest.mark.django_db


def test_only_those_offered_may_be_named_and_a_tie_is_told() -> None:
    me, other = make_user(), make_user()
    people = User.objects.filter(pk=me.pk)
    assert InterestForm({"user": me.pk, "motive": "Parente"}, people=people, me=me.pk).is_valid()
    assert [*InterestForm({"user": other.pk, "motive": ""}, people=people, me=me.pk).errors] == ["user", "motive"]
    assert InterestForm(people=people, me=me.pk)["user"].value() == me.pk
    assert not HandOverForm({"colleague": other.pk}, colleagues=people).is_valid()
    assert HandOverForm({"colleague": me.pk}, colleagues=people).is_valid()
