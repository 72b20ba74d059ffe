"""New rows on their way to the tables, many at once."""

from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models
from psycopg import sql

M = TypeVar("M", bound=models.Model)

_PLAIN = frozenset(
    {
        models.BooleanField,
        models.CharField,
        models.DateField,
        models.DateTimeField,
        models.DecimalField,
        models.EmailField,
        models.FloatField,
        models.ForeignKey,
        models.OneToOneField,
        models.PositiveIntegerField,
        models.PositiveSmallIntegerField,
        models.SlugField,
        models.TextField,
        models.TimeField,
        models.URLField,
        models.UUIDField,
    }
)
"""Fields whose value the driver takes as it is; asking each field to prepare it would take most of the time."""


class Rows:
    """Collects new rows by table, in the order in which tables first appear, and copies them into the tables.

    Written rows do not learn what the database fills in by itself (numbers).
    """

    def __init__(self) -> None:
        self._by_model: dict[type[models.Model], list[Any]] = {}

    def add(self, row: M) -> M:
        self._by_model.setdefault(type(row), []).append(row)
        return row

    def write(self) -> None:
        """Insert what was collected and forget it; inside a transaction, and inside `audit.acting` for tracked tables.

        Raises IntegrityError, at once, also when a row refers to one that is neither on file nor collected.
        """
        with connection.cursor() as cursor:
            # This statement, as any other than a SELECT, tells the database the audit context; COPY by itself would not.
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for model, rows in self._by_model.items():
                with connection.wrap_database_errors:
                    _copy(cursor, model, rows)
            # What waits is checked now: at the end of a long transaction millions of checks would wait in memory.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        self._by_model = {}

    def drop(self) -> None:
        """Forget what was collected without writing it."""
        self._by_model = {}


def _copy(cursor: Any, model: type[models.Model], rows: list[Any]) -> None:
    """COPY fires the same triggers as INSERT: the history is complete."""
    fields = [field for field in model._meta.local_concrete_fields if not _is_left_to_database(field, rows[0])]
    columns = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
    values_of = attrgetter(*(field.attname for field in fields))
    prepared = [(position, field) for position, field in enumerate(fields) if not _is_plain(field)]
    with cursor.copy(statement) as copy:
        for row in rows:
            values = list(values_of(row))
            for position, field in prepared:
                values[position] = field.get_db_prep_save(field.pre_save(row, add=True), connection)
            copy.write_row(values)


def _is_left_to_database(field: "models.Field[Any, Any]", row: models.Model) -> bool:
    value = getattr(row, field.attname)
    return isinstance(value, models.expressions.DatabaseDefault) or (
        value is None and isinstance(field, models.AutoField)
    )


def _is_plain(field: "models.Field[Any, Any]") -> bool:
    is_clock = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return type(field) in _PLAIN and not is_clock
