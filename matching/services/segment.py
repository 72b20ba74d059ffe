"""Make the columns of the matching, and see that there are some."""

from datetime import timedelta

import structlog
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.engine.columns import people_columns, vacancy_columns
from matching.engine.features import VacancyFeatures
from matching.engine.segment import NoSegmentError, Origin, building, write_segment
from matching.engine.vocabulary import UnknownWordError
from matching.models import ChangedPerson
from matching.queries.changes import database_moment
from matching.queries.features import read_people, read_vocabulary, taxonomy
from matching.queries.matches import BUILD
from matching.queries.pool import CurrentPool, current_pool
from sportello.core import jobs

logger = structlog.get_logger(__name__)

KEPT_CHANGES = timedelta(days=2)
"""No segment is used after its day, on whatever machine."""


def build_segment() -> str:
    """Read everybody with an open case and make the segment of this machine; returns its name."""
    with building(settings.MATCHING_DIR):
        return _write()


def ready_pool(*, wanted: VacancyFeatures | None = None) -> CurrentPool:
    """The pool, with every word of `wanted`; the segment is made first when there is none that will do."""
    try:
        return _pool_for(wanted)
    except (NoSegmentError, UnknownWordError) as error:
        logger.info("matching_segment_needed", error=type(error).__name__, reason=str(error))
    jobs.progress(
        20, _("Preparo l'archivio delle persone: alla prima ricerca del giorno serve qualche secondo in più.")
    )
    with building(settings.MATCHING_DIR):
        try:
            return _pool_for(wanted)  # another process has made it while this one waited
        except (NoSegmentError, UnknownWordError):
            _write()
    return _pool_for(wanted)


def request_segment() -> None:
    """Have a worker make the segment; asked again while one is being made, nothing more is."""
    jobs.enqueue(BUILD, key="segment")


def forget_changes() -> int:
    """Delete the changes that every segment in use has in it; returns how many."""
    return ChangedPerson.objects.filter(at__lt=timezone.now() - KEPT_CHANGES).delete()[0]


def _pool_for(wanted: VacancyFeatures | None) -> CurrentPool:
    current = current_pool()
    if wanted is not None:
        vacancy_columns([wanted], current.pool.vocabulary)
    return current


def _write() -> str:
    # The moment first: who is written between it and the reading is in both, and read again.
    database, snapshot, transaction = database_moment()
    origin = Origin(database, snapshot, transaction, timezone.localdate().isoformat(), taxonomy())
    vocabulary = read_vocabulary()
    people = people_columns(read_people(), vocabulary)
    name = write_segment(settings.MATCHING_DIR, origin, vocabulary, people)
    logger.info("matching_segment_written", segment=name, people=people.size)
    return name
