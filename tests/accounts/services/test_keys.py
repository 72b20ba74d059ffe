"""Keys of the API: what opens, for whom, how long; and that nobody can read one again."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from sportello.accounts.enums import KeyScope, Part, Role
from sportello.accounts.models import ApiKey
from sportello.accounts.scope import Scope
from sportello.accounts.services.keys import UnknownKey, make_key, open_with_key, revoke_key
from sportello.territory.enums import OrganisationKind
from tests.support.territory import make_organisation

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def made(**fields: object) -> tuple[ApiKey, str]:
    body = make_organisation(kind=OrganisationKind.COMPANY, name="Forno", **fields)
    return make_key(organisation=body, name="Gestionale", scopes=[KeyScope.READ], days=30, by=BY)


def opens(secret: str) -> bool:
    try:
        open_with_key(secret=secret, by=BY)
    except UnknownKey:
        return False
    return True


def test_a_key_acts_for_its_body_and_for_no_account() -> None:
    key, secret = made()
    found, scope = open_with_key(secret=secret, by=BY)
    assert found == key
    assert scope.roles == frozenset({Role.COMPANY})
    assert scope.organisation_ids(Role.COMPANY) == frozenset({key.organisation_id})
    assert scope.part_in(key.organisation_id) == Part.DECIDES
    assert scope.user_id is None
    assert scope.actor_label == f"company @ Forno, key {key.prefix}"
    assert scope.kept_organisation_ids == frozenset()


def test_the_secret_is_nowhere_in_the_row() -> None:
    key, secret = made()
    key.refresh_from_db()
    kept = " ".join(str(getattr(key, field.attname)) for field in ApiKey._meta.concrete_fields)
    assert secret.rpartition("_")[2] not in kept
    history = ApiKey.pgh_event_model._meta  # type: ignore[attr-defined]
    assert {"digest", "last_used_at"} & {field.name for field in history.get_fields()} == set()


@pytest.mark.parametrize("change", [lambda s: s + "x", lambda s: s[:-1], lambda s: s.upper(), lambda s: ""])
def test_another_word_opens_nothing(change: object) -> None:
    _key, secret = made()
    assert opens(secret)
    assert not opens(change(secret))  # type: ignore[operator]


def test_a_key_opens_until_its_end() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        _key, secret = made()
        clock.shift(timedelta(days=30, seconds=-1))
        assert opens(secret)
        clock.shift(timedelta(seconds=1))
        assert not opens(secret)


def test_a_revoked_key_is_closed_for_good() -> None:
    key, secret = made()
    first = revoke_key(key=key, by=BY).revoked_at
    assert not opens(secret)
    assert revoke_key(key=key, by=BY).revoked_at == first


def test_the_key_of_a_body_that_closed_opens_nothing() -> None:
    _key, secret = made(is_active=False)
    assert not opens(secret)


def test_the_last_use_is_noted_now_and_then() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        key, secret = made()
        noted: list[datetime | None] = [key.last_used_at]
        for minutes in (0, 5, 11):
            clock.shift(timedelta(minutes=minutes))
            open_with_key(secret=secret, by=BY)
            noted.append(ApiKey.objects.get().last_used_at)
        now = timezone.now()
    assert noted == [None, now - timedelta(minutes=16), now - timedelta(minutes=16), now]
