"""Shortcuts are one's own to turn off."""

import pytest

from sportello.accounts.models import User
from sportello.accounts.services.preferences import set_shortcuts
from tests.support.personas import make_operator, scope

pytestmark = pytest.mark.django_db


def test_shortcuts_are_turned_off_for_oneself_alone() -> None:
    me, other = make_operator(), make_operator()
    set_shortcuts(are_on=False, by=scope(me))
    assert dict(User.objects.filter(pk__in=(me.pk, other.pk)).values_list("pk", "uses_shortcuts")) == {
        me.pk: False,
        other.pk: True,
    }
    set_shortcuts(are_on=True, by=scope(me))
    assert User.objects.get(pk=me.pk).uses_shortcuts
