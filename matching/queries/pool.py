"""Everybody to weigh: the segment's columns, and those who changed since as they are now."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from matching.engine.scoring import Pool, make_pool
from matching.engine.segment import NoSegmentError, open_segment
from matching.engine.vocabulary import Vocabulary
from matching.queries.changes import changed_since, database_moment
from matching.queries.features import read_people, taxonomy

WORN_SHARE = 20
"""One changed person in so many, and the segment is worth making anew."""

NEVER_WORN = 500
"""Changed people that cost less than a new segment, however small this one is."""


@dataclass(frozen=True)
class CurrentPool:
    """The pool, the segment it stands on, and how many people changed since that was made."""

    pool: Pool
    segment: str
    changed: int

    @property
    def is_worn(self) -> bool:
        return self.changed > max(NEVER_WORN, len(self.pool.gone) // WORN_SHARE)


def current_pool() -> CurrentPool:
    """Everybody with an open case; four queries.

    Raises NoSegmentError when a segment has to be made first, UnknownWordError when somebody names a word that is newer than it.
    """
    segment = open_segment(settings.MATCHING_DIR)
    origin = segment.origin
    database, _, _ = database_moment()
    if (origin.database, origin.day, origin.taxonomy) != (database, timezone.localdate().isoformat(), taxonomy()):
        raise NoSegmentError("of another day, taxonomy or database")
    changed = changed_since(origin.snapshot, origin.transaction)
    fresh = read_people(changed) if changed else []
    return CurrentPool(make_pool(segment.vocabulary, segment.people, changed, fresh), segment.name, len(changed))


def vocabulary_of(editions: str) -> Vocabulary:
    """The words of a taxonomy in use, of which `told_taxonomy` says the editions. Raises NoSegmentError when a segment has to be made
    first."""
    segment = open_segment(settings.MATCHING_DIR)
    if segment.origin.taxonomy != editions:
        raise NoSegmentError("of another taxonomy")
    return segment.vocabulary
