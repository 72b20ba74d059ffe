"""What the open feed says of each vacancy: on the board or off it, and since when."""

import pgtrigger
from django.db import models

from employers.models.company import COMPANY_SERVICES
from employers.models.vacancy import Vacancy
from employers.states import VacancyState
from sportello.core.catalogue import classified

# Kept by the database, so that no code path can change a vacancy unheard. The moment is that of the write, not of the beginning
# of its transaction: the feed's horizon rests on this (see `employers.queries.feed`).
_TELL = """
IF TG_OP = 'DELETE' THEN
    UPDATE employers_boardentry SET state = 'withdrawn', changed_at = clock_timestamp()
    WHERE vacancy_id = OLD.id AND state <> 'withdrawn';
    RETURN NULL;
END IF;
IF NEW.published_on IS NOT NULL THEN
    INSERT INTO employers_boardentry AS entry (vacancy_id, state, changed_at)
    VALUES (
        NEW.id,
        CASE WHEN NEW.state IN ('published', 'paused', 'filled', 'withdrawn') THEN NEW.state ELSE 'expired' END,
        clock_timestamp()
    )
    ON CONFLICT (vacancy_id) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at
    WHERE entry.state <> excluded.state OR excluded.state = 'published';
END IF;
RETURN NULL;
"""


@classified(COMPANY_SERVICES, public="vacancy state changed_at")
class BoardEntry(models.Model):
    """A vacancy that was on the board at least once; its line outlives it, so that readers learn that it is gone.

    `state` is the vacancy's, "expired" while it waits to be published again; `changed_at` is the last change of what anybody may
    read, or the moment in which it left the board.
    """

    vacancy = models.OneToOneField(
        Vacancy, on_delete=models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="board_entry"
    )
    state = models.CharField(max_length=10, choices=VacancyState.choices)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["changed_at", "vacancy"]
        indexes = [models.Index(fields=["changed_at", "vacancy"], name="board_entries_in_order")]


pgtrigger.register(
    pgtrigger.Trigger(
        name="tell_the_board",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_TELL,
    )
)(Vacancy)
