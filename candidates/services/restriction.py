"""Making a person's file restricted, naming who may see it, lifting the restriction."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.models import Candidate, Restriction, RestrictionGrant
from sportello.accounts.scope import Scope
from sportello.core import audit


class AlreadyRestricted(Exception):
    """A restriction stands on this person."""


class Lifted(Exception):
    """The restriction does not stand any more."""


@audit.service("restriction.set")
def restrict(*, candidate: Candidate, motive: str, ends_on: date, users: Iterable[UUID], by: Scope) -> Restriction:
    """From now on only `users`, and who sets it, see the person, until the day `ends_on`. Raises AlreadyRestricted."""
    try:
        with transaction.atomic():
            restriction = Restriction.objects.create(candidate=candidate, motive=motive, set_by_id=by.account_id)
    except IntegrityError as error:
        raise AlreadyRestricted from error
    for user_id in {*users, by.account_id}:
        grant_reading(restriction=restriction, user_id=user_id, ends_on=ends_on, motive=motive, by=by)
    return restriction


@audit.service("restriction.grant")
def grant_reading(
    *, restriction: Restriction, user_id: UUID, ends_on: date, motive: str, by: Scope
) -> RestrictionGrant:
    """Let one more account see the person until a day. Raises Lifted."""
    restriction = _standing(restriction)
    return RestrictionGrant.objects.create(
        restriction=restriction,
        user_id=user_id,
        granted_by_id=by.account_id,
        starts_on=timezone.localdate(),
        ends_on=ends_on,
        motive=motive,
    )


@audit.service("restriction.revoke")
def revoke_reading(*, grant: RestrictionGrant, by: Scope) -> RestrictionGrant:
    """End a grant before its day."""
    grant = RestrictionGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if grant.revoked_at is None:
        grant.revoked_at = timezone.now()
        grant.save(update_fields=["revoked_at"])
    return grant


@audit.service("restriction.lift")
def lift(*, restriction: Restriction, motive: str, by: Scope) -> Restriction:
    """The file is again that of anybody at the desk. Raises Lifted."""
    restriction = _standing(restriction)
    restriction.lifted_at = timezone.now()
    restriction.lifted_by_id = by.account_id
    restriction.lift_motive = motive
    restriction.save(update_fields=["lifted_at", "lifted_by", "lift_motive"])
    return restriction


def _standing(restriction: Restriction) -> Restriction:
    locked = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
    if locked.lifted_at is not None:
        raise Lifted
    return locked
