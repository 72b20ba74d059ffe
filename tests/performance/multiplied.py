"""Ten times as many people on a database filled by `seed_demo`: each row about a person is copied, with new ids.

`python -m tests.performance.multiplied 9` writes nine copies. For measuring alone: the copies have no login and no tax code.
"""

import sys
import time
from collections.abc import Sequence

import django

django.setup()

# Models can be imported once Django is ready.
from django.db import connection, transaction  # noqa: E402

# What may stand only once says something else in a copy. Meetings that are still to come keep their hour for themselves.
OWN_VALUES = {
    ("candidates_candidate", "user_id"): "NULL",
    ("candidates_candidate", "tax_code"): "''",
    ("candidates_intake", "number"): "nextval('candidates_intake_number')",
    ("matching_placement", "notice_code"): "CASE notice_code WHEN '' THEN '' ELSE notice_code || '-' || copy END",
}
LEFT_OUT = {"candidates_appointment": "state <> 'booked'"}

ABOUT_PEOPLE = """
WITH RECURSIVE own(rel) AS (
    SELECT 'candidates_candidate'::regclass::oid
    UNION SELECT conrelid FROM pg_constraint JOIN own ON confrelid = own.rel WHERE contype = 'f'
)
SELECT rel::regclass::text FROM own ORDER BY 1
"""
COLUMNS = """
SELECT attname, attidentity <> '',
    attname = 'id' OR EXISTS (
        SELECT FROM pg_constraint WHERE contype = 'f' AND conrelid = attrelid AND conkey = ARRAY[attnum] AND confrelid = ANY (%s::regclass[])
    )
FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""


def multiply(copies: int) -> None:
    """Write `copies` more of everybody, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ABOUT_PEOPLE)
        tables = [name for (name,) in cursor.fetchall()]
        # No trigger looks at the copies: they have no history, and point at one another before both are there.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            began = time.perf_counter()
            cursor.execute(COLUMNS, [tables, table])
            columns = [(name, points) for name, is_identity, points in cursor.fetchall() if not is_identity]
            cursor.execute(_copying(table, columns), [copies])
            sys.stdout.write(f"{table}: {cursor.rowcount} more, {time.perf_counter() - began:.1f} s\n")
            sys.stdout.flush()


def _copying(table: str, columns: Sequence[tuple[str, bool]]) -> str:
    """The same rows under ids that are reckoned from the old ones, and so are the ids they point at."""
    values = [
        OWN_VALUES.get((table, name), f"md5({name}::text || '-' || copy)::uuid" if points else name)
        for name, points in columns
    ]
    names = ", ".join(name for name, _points in columns)
    kept = f" WHERE {LEFT_OUT[table]}" if table in LEFT_OUT else ""
    return (
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table}, generate_series(1, %s) AS copy{kept}"
    )


if __name__ == "__main__":
    multiply(int(sys.argv[1]))
