"""Keys of the API: made once, shown once, revoked for good."""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from secrets import token_hex, token_urlsafe

from django.utils import timezone

from sportello.accounts.enums import Role
from sportello.accounts.models import ApiKey
from sportello.accounts.scope import Grant, Scope
from sportello.core import audit
from sportello.territory.models import Organisation

_MARK = "sportello"
"""First word of every secret, so that a scanner of source code can tell one that was published by mistake."""
_USE_NOTED_EVERY = timedelta(minutes=10)
"""Nobody needs the second of the last use, and a write for each request would cost more than the request."""


class UnknownKey(Exception):
    """The secret opens nothing: wrong, expired or revoked."""


@audit.service("api_key.make")
def make_key(
    *, organisation: Organisation, name: str, scopes: Iterable[str], days: int, by: Scope
) -> tuple[ApiKey, str]:
    """New key and its secret, which nobody can read again."""
    prefix = token_hex(4)
    secret = f"{_MARK}_{prefix}_{token_urlsafe(32)}"
    key = ApiKey.objects.create(
        organisation=organisation,
        name=name,
        prefix=prefix,
        digest=_digest(secret),
        scopes=sorted(scopes),
        created_by_id=by.user_id,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return key, secret


@audit.service("api_key.revoke")
def revoke_key(*, key: ApiKey, by: Scope) -> ApiKey:
    """Close it for good; one that is closed stays as it is."""
    key = ApiKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save()
    return key


@audit.service("api_key.use")
def open_with_key(*, secret: str, by: Scope) -> tuple[ApiKey, Scope]:
    """The key that the secret is of, and the scope it acts in: its body's alone, nobody's account. Raises UnknownKey."""
    key = ApiKey.objects.in_force().filter(digest=_digest(secret)).select_related("organisation").first()
    if key is None:
        raise UnknownKey
    now = timezone.now()
    if key.last_used_at is None or key.last_used_at < now - _USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    body = key.organisation
    grant = Grant(body.pk, body.name, Role.COMPANY, body.municipality_id, decides=True)
    return key, Scope(grants=(grant,), process=f"{Role.COMPANY.value} @ {body.name}, key {key.prefix}")


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
