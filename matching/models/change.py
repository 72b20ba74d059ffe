"""Who changed since the columns of the matching were written."""

from typing import Any

from django.db import models
from django.utils import timezone

from matching.models.run import MATCHING
from sportello.core.catalogue import classified
from sportello.core.db import Model


class TransactionField(models.Field[int, int]):
    """A full transaction id (`xid8`), which a snapshot can be asked about."""

    def db_type(self, connection: Any) -> str:
        return "xid8"


@classified(MATCHING, identity="candidate_id", technical="transaction at")
class ChangedPerson(Model):
    """One transaction wrote something of one person that the matching reads; written by triggers, read by snapshot.

    Not by time nor by number: transactions commit in another order than they begin.
    """

    candidate_id = models.UUIDField()
    transaction = TransactionField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "matching_changed"
        constraints = [
            models.UniqueConstraint(fields=["transaction", "candidate_id"], name="person_changed_once_a_transaction")
        ]
        indexes = [models.Index(fields=["at"], name="changes_to_forget")]
