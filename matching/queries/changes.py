"""What the database says of its own moment, and who changed since another."""

from uuid import UUID

from django.db import connection


def database_moment() -> tuple[str, str, int]:
    """Which database this is, the snapshot of what it has committed, and the running transaction's id (0 for none).

    A restored or promoted server counts transactions again: its timeline makes it another database.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier || ':' || timeline_id || ':' || pg_database.oid, "
            "pg_current_snapshot()::text, coalesce(pg_current_xact_id_if_assigned()::text, '0') "
            "FROM pg_control_system(), pg_control_checkpoint(), pg_database WHERE datname = current_database()"
        )
        database, snapshot, transaction = cursor.fetchone()
    return database, snapshot, int(transaction)


def changed_since(snapshot: str, transaction: int) -> list[UUID]:
    """The people written by transactions that `snapshot` does not see, or by `transaction`, which took it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT candidate_id FROM matching_changed WHERE transaction = %(own)s::text::xid8 "
            "OR (transaction >= pg_snapshot_xmin(%(snapshot)s::pg_snapshot) "
            "AND NOT pg_visible_in_snapshot(transaction, %(snapshot)s::pg_snapshot)) ORDER BY candidate_id",
            {"snapshot": snapshot, "own": str(transaction)},
        )
        return [pk for (pk,) in cursor.fetchall()]
