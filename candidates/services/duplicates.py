"""Records that look alike: noted when a person is registered, decided by an operator."""

from django.utils import timezone

from candidates.models import Candidate, DuplicatePair
from candidates.queries.duplicates import Traits, lookalikes
from candidates.states import DuplicateState
from sportello.accounts.scope import Scope
from sportello.core import audit


class AlreadyDecided(Exception):
    """Somebody has said of this pair that it is one person."""


@audit.service("duplicates.note")
def note_duplicates(*, candidate: Candidate, by: Scope) -> int:
    """Put the record beside each one that it resembles, for the desks to decide; asked again, or the other way round, it adds nothing.

    Returns how many pairs were asked for.
    """
    found = [(other, ground) for other, ground in lookalikes(Traits.of(candidate)) if other.pk != candidate.pk]
    DuplicatePair.objects.bulk_create(
        (DuplicatePair(first=other, second=candidate, ground=ground) for other, ground in found), ignore_conflicts=True
    )
    return len(found)


@audit.service("duplicates.part")
def say_two_people(*, pair: DuplicatePair, by: Scope, motive: str = "") -> DuplicatePair:
    """The records are of two people: kept, and never asked again. Raises AlreadyDecided."""
    locked = DuplicatePair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if locked.state == DuplicateState.SAME:
        raise AlreadyDecided
    if locked.state == DuplicateState.OPEN:
        locked.state, locked.motive = DuplicateState.DIFFERENT, motive
        locked.decided_at, locked.decided_by_id = timezone.now(), by.user_id
        locked.save()
    return locked
